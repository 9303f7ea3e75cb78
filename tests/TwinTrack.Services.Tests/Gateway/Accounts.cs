using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace TwinTrack.Services.Tests.Gateway;

public class Accounts
{
    private static readonly object Fresh = new
    {
        user = "approver3",
        password = "a long enough word",
        party = "government",
        roles = new[] { "approver" }
    };

    [Fact]
    public async Task Are_made_once_however_often_they_are_asked_for()
    {
        await using var host = await GatewayHost.StartAsync();
        using var admin = await host.LoggedInAsync("admin");

        using var first = await admin.PostAsJsonAsync("/auth/users", Fresh);
        using var second = await admin.PostAsJsonAsync("/auth/users", Fresh);
        using var other = await admin.PostAsJsonAsync(
            "/auth/users", new
            {
                user = "approver3",
                password = "another word altogether",
                party = "government",
                roles = new[] { "approver" }
            });
        using var approver = await host.LoggedInAsync("approver3", "a long enough word");

        first.StatusCode.Should().Be(HttpStatusCode.Created);
        second.StatusCode.Should().Be(HttpStatusCode.Created);
        other.StatusCode.Should().Be(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("Bad Name", "a long enough word", "government", "approver", "user.bad_name")]
    [InlineData("x", "a long enough word", "system", "approver", "user.bad_party")]
    [InlineData("x", "a long enough word", "government", "emperor", "user.bad_role")]
    [InlineData("x", "too short", "government", "approver", "user.bad_password")]
    public async Task Are_refused_by_name_when_they_break_a_rule(
        string user, string password, string party, string role, string code)
    {
        await using var host = await GatewayHost.StartAsync();
        using var admin = await host.LoggedInAsync("admin");

        using var answer = await admin.PostAsJsonAsync(
            "/auth/users", new { user, password, party, roles = new[] { role } });

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(code);
    }

    [Fact]
    public async Task That_are_disabled_get_no_token()
    {
        await using var host = await GatewayHost.StartAsync();
        using var admin = await host.LoggedInAsync("admin");
        using var disabled = await admin.PutAsJsonAsync(
            "/auth/users/operator", new { party = "government", roles = new[] { "operator" }, disabled = true });

        using var answer = await host.TryAsync("operator", GatewayHost.Password);

        disabled.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Cannot_raise_themselves()
    {
        await using var host = await GatewayHost.StartAsync();
        using var admin = await host.LoggedInAsync("admin");

        using var answer = await admin.PutAsJsonAsync(
            "/auth/users/admin", new { party = "government", roles = new[] { "admin", "finance" }, disabled = false });

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Change_their_own_password_given_the_old_one()
    {
        await using var host = await GatewayHost.StartAsync();
        using var manager = await host.LoggedInAsync("manager");

        using var wrong = await manager.PostAsJsonAsync(
            "/auth/password", new { current = "not this one", @new = "the next long word" });
        using var right = await manager.PostAsJsonAsync(
            "/auth/password", new { current = GatewayHost.Password, @new = "the next long word" });
        using var old = await host.TryAsync("manager", GatewayHost.Password);
        using var next = await host.TryAsync("manager", "the next long word");

        wrong.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        right.StatusCode.Should().Be(HttpStatusCode.NoContent);
        old.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        next.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Are_listed_by_name_page_by_page()
    {
        await using var host = await GatewayHost.StartAsync();
        using var auditor = await host.LoggedInAsync("auditor");

        var first = await auditor.GetFromJsonAsync<JsonElement>("/auth/users?limit=5");
        var rest = await auditor.GetFromJsonAsync<JsonElement>(
            $"/auth/users?limit=100&after={first.GetProperty("next").GetString()}");

        first.GetProperty("items").GetArrayLength().Should().Be(5);
        rest.GetProperty("items").GetArrayLength().Should().Be(7);
        rest.GetProperty("next").ValueKind.Should().Be(JsonValueKind.Null);
        rest.ToString().Should().NotContain("hash");
    }
}
