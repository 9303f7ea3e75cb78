using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace TwinTrack.Services.Tests.Gateway;

public class Logging_in
{
    [Fact]
    public async Task Gives_a_token_that_names_user_party_and_roles()
    {
        await using var host = await GatewayHost.StartAsync();
        using var http = await host.LoggedInAsync("cochair.un");

        var me = await http.GetFromJsonAsync<JsonElement>("/auth/me");

        me.GetProperty("user").GetString().Should().Be("cochair.un");
        me.GetProperty("party").GetString().Should().Be("partner");
        me.GetProperty("roles")[0].GetString().Should().Be("cochair");
    }

    [Theory]
    [InlineData("admin", "wrong-password")]
    [InlineData("nobody", GatewayHost.Password)]
    [InlineData("ADMIN", GatewayHost.Password)]
    public async Task Is_refused_alike_for_a_wrong_password_and_an_unknown_name(string user, string password)
    {
        await using var host = await GatewayHost.StartAsync();

        using var answer = await host.TryAsync(user, password);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("urn:twintrack:refusal:auth.refused");
    }

    [Fact]
    public async Task Stops_working_after_ten_wrong_passwords_until_an_administrator_lifts_the_lock()
    {
        await using var host = await GatewayHost.StartAsync();
        for (var guess = 1; guess <= 10; guess++)
        {
            using var wrong = await host.TryAsync("finance", Invariant($"guess number {guess}"));
        }

        using var locked = await host.TryAsync("finance", GatewayHost.Password);
        using var admin = await host.LoggedInAsync("admin");
        using var lifted = await admin.PutAsJsonAsync(
            "/auth/users/finance", new { party = "government", roles = new[] { "finance" }, disabled = false });
        using var again = await host.TryAsync("finance", GatewayHost.Password);

        locked.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        lifted.StatusCode.Should().Be(HttpStatusCode.OK);
        again.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Is_slowed_down_for_one_address_that_tries_too_often()
    {
        await using var host = await GatewayHost.StartAsync(null, "--auth:triesPerSecond", "2");

        var answers =
            await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => host.TryAsync("nobody", "nothing at all")));

        answers.Should().Contain(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Leaves_a_record_of_every_try_that_never_holds_what_was_typed()
    {
        await using var host = await GatewayHost.StartAsync();
        using var slip = await host.TryAsync("my-secret-in-the-wrong-box", "x");
        using var auditor = await host.LoggedInAsync("auditor");

        var chain = await auditor.GetStringAsync("/auth/audit");

        chain.Should().Contain("refuse-log-in").And.Contain("log-in").And.NotContain("my-secret");
        chain.Should().NotContain(GatewayHost.Password);
    }

    [Fact]
    public async Task Works_with_the_same_key_after_a_restart()
    {
        HttpClient before;
        string data;
        await using (var host = await GatewayHost.StartAsync())
        {
            data = host.Data;
            before = await host.LoggedInAsync("admin");
        }

        await using var restarted = await GatewayHost.StartAsync(data);
        using var after = restarted.Anonymous();
        after.DefaultRequestHeaders.Authorization = before.DefaultRequestHeaders.Authorization;
        using var answer = await after.GetAsync("/auth/me");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        before.Dispose();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(data, "keys", "token.pem")).Should()
                .Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
