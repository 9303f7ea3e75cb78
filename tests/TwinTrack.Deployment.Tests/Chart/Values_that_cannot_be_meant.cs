using TwinTrack.Deployment.Tests.Tools;

namespace TwinTrack.Deployment.Tests.Chart;

public sealed class Values_that_cannot_be_meant
{
    [Theory]
    [InlineData("services.payments.replicas=0", "services.payments.replicas: Must be greater than or equal to 1")]
    [InlineData("services.payments.replica=2", "services.payments: Additional property replica is not allowed")]
    [InlineData("services.payments.keys={everything}",
        "services.payments.keys.0 must be one of the following: \"payee\", \"connections\", \"subscribers\", "
            + "\"token\"")]
    [InlineData("services.payments.autoscaling.kind=luck",
        "services.payments.autoscaling.kind must be one of the following: \"none\", \"cpu\", \"queue\"")]
    [InlineData("services.payments.secret=",
        "services.payments.secret: String length must be greater than or equal to 1")]
    [InlineData("services.providers.replicas=2",
        "services.providers: 2 copies share one folder, so storage.accessMode must be ReadWriteMany (or one copy)")]
    [InlineData("services.gateway.autoscaling.kind=queue",
        "services.gateway: autoscaling by queue needs queues, and this service has none; use cpu")]
    [InlineData("services.gateway.calls={payroll}", "services.gateway.calls names payroll, which is not a service")]
    [InlineData("services.payments.env.Database__Password=hunter2",
        "services.payments.env.Database__Password would be a secret among the values; put it into an existing Secret")]
    [InlineData("services.payments.env.ConnectionStrings__bus=x",
        "services.payments.env.ConnectionStrings__bus would be a secret among the values")]
    [InlineData("ingress.enabled=true", "ingress.host: String length must be greater than or equal to 1")]
    [InlineData("image.registry=", "image.registry: String length must be greater than or equal to 1")]
    [InlineData("auth.authority=http://login.example.org", "auth.authority: Does not match pattern")]
    [InlineData("network.postgres.port=70000", "network.postgres.port: Must be less than or equal to 65535")]
    [InlineData("shutdown.stopSeconds=1", "shutdown.stopSeconds: Must be greater than or equal to 5")]
    [InlineData("passwords.payments=x", "Additional property passwords is not allowed")]
    [InlineData("dapr.secretStore.type=secretstores.kubernetes", "dapr.secretStore.type: Does not match pattern")]
    public async Task Are_refused_with_the_reason(string setting, string reason)
    {
        var outcome = await Helm.RunAsync("template", "tt", ".", "-f", "values/minimal.yaml", "--set", setting);

        outcome.Code.Should().NotBe(0);
        outcome.Errors.Should().Contain(reason);
    }

    [Fact]
    public async Task Are_refused_when_a_store_is_given_its_token_as_text()
    {
        var outcome =
            await Helm.RunAsync("template", "tt", ".", "-f", "values/dapr.yaml", "--set",
                "dapr.secretStore.metadata[0].name=vaultToken", "--set", "dapr.secretStore.metadata[0].value=s.123");

        outcome.Code.Should().NotBe(0);
        outcome.Errors.Should()
            .Contain("dapr.secretStore.metadata.vaultToken is a secret: give secretKeyRef, not value");
    }
}
