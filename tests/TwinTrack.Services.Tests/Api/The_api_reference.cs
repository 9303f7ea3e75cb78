using System.Net;
using System.Text.RegularExpressions;

namespace TwinTrack.Services.Tests.Api;

/// <summary>GET /docs: a page to read the API and to try it, without a request to anybody else.</summary>
public sealed partial class The_api_reference(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Is_a_page_of_this_host_alone()
    {
        using var http = new HttpClient { BaseAddress = host.Address };

        using var answer = await http.GetAsync("/docs");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        var page = await answer.Content.ReadAsStringAsync();
        Addresses().Matches(page).Should().BeEmpty("nothing may come from another origin");
        foreach (var service in host.Documents.Keys)
        {
            page.Should().Contain($"openapi/{service}.json");
        }
    }

    [Fact]
    public async Task Lets_the_browser_ask_this_host_only()
    {
        using var http = new HttpClient { BaseAddress = host.Address };

        using var answer = await http.GetAsync("/docs");

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single().Split("; ");
        policy.Should().Contain("default-src 'self'").And.NotContain(
            rule => rule.Contains("http", StringComparison.Ordinal) || rule.Contains('*'));
        var script = policy.Single(rule => rule.StartsWith("script-src", StringComparison.Ordinal));
        script.Should().MatchRegex("^script-src 'self' 'nonce-[A-Za-z0-9_-]+'$");
        (await answer.Content.ReadAsStringAsync()).Should()
            .Contain($"nonce=\"{script[(script.IndexOf("nonce-", StringComparison.Ordinal) + 6)..^1]}\"");
    }

    [Fact]
    public async Task Brings_its_own_assets()
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        var page = await http.GetStringAsync("/docs/");
        var assets = Assets().Matches(page).Select(match => match.Groups[1].Value).Distinct().ToList();

        assets.Should().NotBeEmpty();
        foreach (var asset in assets)
        {
            using var answer = await http.GetAsync($"/docs/{asset}");
            answer.StatusCode.Should().Be(HttpStatusCode.OK, asset);
        }
    }

    /// <summary>Everything else keeps the stricter policy.</summary>
    [Fact]
    public async Task Alone_may_run_a_script_in_the_page()
    {
        using var http = new HttpClient { BaseAddress = host.Address };

        using var answer = await http.GetAsync("/health/live");

        answer.Headers.GetValues("Content-Security-Policy").Single().Should()
            .NotContain("nonce").And.NotContain("unsafe-inline");
    }

    [GeneratedRegex("(https?:)?//[a-z0-9.-]+")]
    private static partial Regex Addresses();

    [GeneratedRegex("src=[\"]([^\"]+)[\"]")]
    private static partial Regex Assets();
}
