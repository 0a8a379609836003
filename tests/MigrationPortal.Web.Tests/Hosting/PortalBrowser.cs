using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace MigrationPortal.Web.Tests.Hosting;

/// <summary>A browser without scripts: keeps cookies, follows redirects, signs in on the simulated GitLab's own page.</summary>
public sealed partial class PortalBrowser : IDisposable
{
    private readonly HttpClient _http;

    public PortalBrowser(Uri portal) => _http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = portal, Timeout = TimeSpan.FromSeconds(60) };

    public static async Task<PortalBrowser> SignedInAsync(Uri portal, string username)
    {
        var browser = new PortalBrowser(portal);
        (await browser.SignInAsync(username)).ShouldNotContain("/account/sign-in");
        return browser;
    }

    /// <returns>The address where the way ends.</returns>
    public async Task<string> SignInAsync(string username)
    {
        using var page = await _http.GetAsync("/account/sign-in/gitlab?returnUrl=/my-projects", TestContext.Current.CancellationToken);
        return await SubmitAsync(page, ("username", username));
    }

    /// <summary>Asks for consent, as <paramref name="username"/> (null: whoever GitLab knows this browser as) and with this decision.</summary>
    /// <param name="path">Where the click leads, such as <c>/account/consent?returnUrl=/my-projects</c>.</param>
    /// <returns>The address where the way ends.</returns>
    public async Task<string> ConsentAsync(string path, string decision, string? username = null)
    {
        using var page = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        return await SubmitAsync(page, username is null ? [("decision", decision)] : [("decision", decision), ("username", username)]);
    }

    /// <summary>Signs out by the form of the page that asks.</summary>
    public async Task<string> SignOutAsync()
    {
        using var page = await _http.GetAsync("/account/sign-out", TestContext.Current.CancellationToken);
        return await SubmitAsync(page);
    }

    private async Task<string> SubmitAsync(HttpResponseMessage page, params (string Name, string Value)[] chosen)
    {
        var fields = HiddenField().Matches(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ToDictionary(one => one.Groups[1].Value, one => WebUtility.HtmlDecode(one.Groups[2].Value));
        foreach (var (name, value) in chosen) fields[name] = value;
        using var form = new FormUrlEncodedContent(fields);
        using var back = await _http.PostAsync(page.RequestMessage!.RequestUri, form, TestContext.Current.CancellationToken);
        return back.RequestMessage!.RequestUri!.PathAndQuery;
    }

    public Task<PortalAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null);

    /// <param name="antiforgery">Null: the header is not sent.</param>
    /// <param name="from">Where the browser says that the request comes from (<c>Sec-Fetch-Site</c>).</param>
    public async Task<PortalAnswer> SendAsync(HttpMethod method, string path, object? body, string? antiforgery, string? from = null)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : "/api/v1/" + path);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType());
        if (from is not null) request.Headers.Add("Sec-Fetch-Site", from);
        if (antiforgery is not null) request.Headers.Add("X-CSRF-TOKEN", antiforgery);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new PortalAnswer(
            answer.StatusCode,
            answer.Content.Headers.ContentType?.MediaType,
            new Dictionary<string, string> { ["Address"] = answer.RequestMessage!.RequestUri!.PathAndQuery },
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>What the session's writes must send.</summary>
    public async Task<string> AntiforgeryAsync() => (await GetAsync("session")).ShouldBe(200).Json["antiforgeryToken"]!.GetValue<string>();

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("""type="hidden" name="([^"]+)" value="([^"]*)"\s*/?>""")]
    private static partial Regex HiddenField();
}
