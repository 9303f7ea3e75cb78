# One image a program: docker build --build-arg PROJECT=services/Payments/TwinTrack.Payments -t payments .
# PROJECT is any folder with a runnable project: the six services, gateway/TwinTrack.Gateway, services/Embedded/TwinTrack.Embedded, services/Providers/TwinTrack.Simulators.
ARG DOTNET=10.0

# Only what decides a restore, whatever projects there are: while that does not change, the layers below it are found in the cache.
FROM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS projects
WORKDIR /source
COPY . .
RUN find . -type f ! -name '*.csproj' ! -name '*.props' ! -name global.json -delete

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS build
ARG PROJECT
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source
COPY --from=projects /source .
RUN dotnet restore "$PROJECT"
COPY . .
RUN dotnet publish "$PROJECT" -c Release --no-restore -o /app
# The same name in every image, so that the entry point below fits them all; there is no shell in the image that could look one up.
RUN ln -s "$(basename "$PROJECT")" /app/run && mkdir -p /volumes/data /volumes/exchange/bank /volumes/exchange/agency

# Chiseled: no shell, no package manager, user 1654. The root may be read-only; /data and /tmp are for volumes.
# Extra: with ICU, without which the gateway and Embedded do not start. One base for all is one layer on each node.
FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET}-noble-chiseled-extra AS final
ENV ASPNETCORE_HTTP_PORTS=8080 DOTNET_EnableDiagnostics=0 DOTNET_GCgen0size=0x4000000 data=/data
WORKDIR /app
COPY --from=build /app /app
# A volume takes its owner from the folder it is mounted on.
COPY --from=build --chown=1654:1654 /volumes /
USER 1654:1654
EXPOSE 8080
ENTRYPOINT ["/app/run"]
