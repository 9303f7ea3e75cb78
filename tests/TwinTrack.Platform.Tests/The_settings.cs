using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TwinTrack.Platform.Settings;
using TwinTrack.Platform.Tests.Bakery;

namespace TwinTrack.Platform.Tests;

public sealed class The_settings
{
    [Theory]
    [InlineData("ConnectionStrings:bakery", "mongodb://db/hidden-value", "PostgreSQL")]
    [InlineData("ConnectionStrings:bakery", "Password=hidden-value", "PostgreSQL")]
    [InlineData("ConnectionStrings:bus", "http://broker/hidden-value", "amqp")]
    [InlineData("auth:authority", "hidden-value", "http")]
    [InlineData("urls", "localhost hidden-value", "http")]
    [InlineData("keys:payee", "hidden-value", "base64 of 32 bytes")]
    [InlineData("keys:create", "hidden-value", "true or false")]
    [InlineData("health:stuckAfterSeconds", "0", "1 to 3600")]
    [InlineData("shutdown:drainSeconds", "hidden-value", "0 to 300")]
    [InlineData("shutdown:timeoutSeconds", "100000", "1 to 600")]
    [InlineData("telemetry:observeSeconds", "0", "0.1 to 600")]
    [InlineData("log:format", "hidden-value", "text, json")]
    [InlineData("OTEL_TRACES_EXPORTER", "hidden-value", "otlp")]
    [InlineData("OTEL_METRICS_EXPORTER", "otlp,hidden-value", "prometheus")]
    [InlineData("OTEL_EXPORTER_PROMETHEUS_PORT", "70000", "65535")]
    [InlineData("gateway:services:payments", "hidden-value", "http")]
    public void That_cannot_be_meant_are_refused_by_their_key_without_saying_the_value(
        string key, string value, string must)
    {
        var start = () => Build([$"--{key}", value]);

        var message = start.Should().Throw<InvalidOperationException>().Which.Message;
        message.Should().Contain($"{key}:").And.Contain(must).And.NotContain("hidden-value");
    }

    [Fact]
    public void That_are_wrong_are_all_named_at_once()
    {
        var start = () => Build(["--keys:create", "perhaps", "--log:format", "xml", "--country", "Niger"]);

        start.Should().Throw<InvalidOperationException>().WithMessage("*keys:create:*").WithMessage("*log:format:*")
            .WithMessage("*country:*");
    }

    [Theory]
    [InlineData("auth:demoUsers: must be false", "--auth:demoUsers", "true")]
    [InlineData("keys:create: must be false")]
    [InlineData("ConnectionStrings:bakery: is required")]
    [InlineData("ConnectionStrings:bus: is required")]
    [InlineData("auth:publicKey: must be a file that is there")]
    public void That_are_only_for_trying_out_are_refused_in_production(string problem, params string[] settings)
    {
        var start = () => Build(["--production", "true", .. settings]);

        start.Should().Throw<InvalidOperationException>().WithMessage($"*{problem}*");
    }

    [Fact]
    public async Task Are_logged_once_at_start_and_no_secret_with_them()
    {
        var lines = new Lines();
        var data = Directory.CreateTempSubdirectory("bakery-").FullName;
        await using var app = TwinTrackHost.Build(
            [
                "--data", data, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Information",
                "--ConnectionStrings:other", "Host=db.example;Username=baker;Password=open-sesame", "--keys:payee",
                Convert.ToBase64String(new byte[32]),
                "--auth:admin:password", "open-sesame", "--auth:authority",
                "https://user:open-sesame@issuer.example/realm",
            ],
            BakeryModule.Arrows,
            [new BakeryModule(new Faults())],
            services => services.AddSingleton<ILoggerProvider>(lines));
        await app.StartAsync();

        var settings = lines.Heard.Where(line => line.StartsWith("Setting ", StringComparison.Ordinal)).ToList();
        settings.Should().Contain("Setting ConnectionStrings:other is Host=db.example;Username=baker;Password=***");
        settings.Should().Contain("Setting keys:payee is ***").And.Contain("Setting auth:admin:password is ***");
        settings.Should().Contain("Setting auth:authority is https://user:***@issuer.example/realm");
        settings.Should().Contain($"Setting data is {data}").And.OnlyHaveUniqueItems();
        lines.Heard.Should()
            .NotContain(
            line => line.Contains("open-sesame", StringComparison.Ordinal)
                || line.Contains(Convert.ToBase64String(new byte[32]), StringComparison.Ordinal));
    }

    [Fact]
    public void Stand_all_in_the_page_where_a_person_looks_them_up()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "operating", "running.md"));

        Keys().Select(key => key.Replace(":*", ":", StringComparison.Ordinal))
            .Where(key => !page.Contains($"`{key}", StringComparison.Ordinal)).Should().BeEmpty();
    }

    private static List<string> Keys()
    {
        var table = typeof(TwinTrackHost).Assembly.GetType(
            "TwinTrack.Platform.Settings.SettingsTable", throwOnError: true)!;
        var settings = (Array)table.GetField("All", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
        return [.. settings.Cast<object>().Select(
            setting => (string)setting.GetType().GetProperty("Key")!.GetValue(setting)!)];
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TwinTrack.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No TwinTrack.sln above the tests.");
    }

    private static Microsoft.AspNetCore.Builder.WebApplication Build(string[] settings) => TwinTrackHost.Build(
        ["--data", Directory.CreateTempSubdirectory("bakery-").FullName, "--Logging:LogLevel:Default", "None",
            .. settings], BakeryModule.Arrows, [new BakeryModule(new Faults())], static _ => { });

    private sealed class Lines : ILoggerProvider
    {
        public ConcurrentQueue<string> Heard { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Logger(Heard);

        public void Dispose()
        {
            // It owns nothing.
        }

        private sealed class Logger(ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
                Func<TState, Exception?, string> formatter) =>
                lines.Enqueue(formatter(state, exception));
        }
    }
}
