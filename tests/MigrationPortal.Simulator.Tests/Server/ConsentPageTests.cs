using System.Net;

namespace MigrationPortal.Tests.Simulated;

/// <summary>The question that stands before scope <c>api</c>.</summary>
public sealed class ConsentPageTests(Simulated sim) : IClassFixture<Simulated>
{
    private const string Path = "/oauth/authorize?client_id=migration-portal&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fcb&response_type=code&state=s-1&code_challenge=abc&code_challenge_method=S256&scope=";

    [Fact]
    public async Task Api_IsAskedFor_AndDecided()
    {
        using var page = await PostAsync("openid api", ("username", "elena"));
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = await page.Content.ReadAsStringAsync();
        text.ShouldContain("<li>api</li>");
        text.ShouldContain("@elena");

        using var allowed = await PostAsync("openid api", ("username", "elena"), ("decision", "allow"));
        allowed.Headers.Location!.Query.ShouldContain("code=");
        using var denied = await PostAsync("openid api", ("username", "elena"), ("decision", "deny"));
        denied.Headers.Location!.Query.ShouldBe("?error=access_denied&state=s-1");
    }

    [Fact]
    public async Task WhoSignedIn_IsAskedAtOnce_UnlessAnotherAccountIsWanted()
    {
        using var signedIn = await PostAsync("openid read_api", ("username", "elena"));
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        (await GetAsync("openid%20api", cookie)).ShouldContain("Authorize migration-portal");
        (await GetAsync("openid%20api&others=true", cookie)).ShouldContain("value=\"mara\"");
        (await GetAsync("openid%20api", "_simulated_production=olga")).ShouldContain("value=\"mara\"", Case.Sensitive, "she is blocked");
    }

    [Fact]
    public async Task UnknownScope_IsAPageOfGitLabs_NotARedirect()
    {
        using var answer = await sim.GetAsync(Path + "openid%20everything", "");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("The requested scope is invalid, unknown, or malformed.");
    }

    private async Task<HttpResponseMessage> PostAsync(string scope, params (string Name, string Value)[] fields)
    {
        var query = Path.Split('?')[1].Split('&').Select(one => one.Split('=')).ToDictionary(one => one[0], one => Uri.UnescapeDataString(one[1]));
        query["scope"] = scope;
        foreach (var (name, value) in fields) query[name] = value;
        using var form = new FormUrlEncodedContent(query);
        return await sim.Http.PostAsync("/oauth/authorize", form);
    }

    private async Task<string> GetAsync(string scope, string cookie)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = sim.Host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, Path + scope);
        request.Headers.Add("Cookie", cookie);
        using var answer = await http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
