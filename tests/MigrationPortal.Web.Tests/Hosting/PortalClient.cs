using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace MigrationPortal.Web.Tests.Hosting;

/// <summary>The API as a script has it. Relative paths are below <c>/api/v1</c>.</summary>
/// <param name="token">Null: none is sent.</param>
public sealed class PortalClient(Uri portal, string? token)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(90) };

    public Task<PortalAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<PortalAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<PortalAnswer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, Json(body), headers);

    public Task<PortalAnswer> PutAsync(string path, object? body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, Json(body), headers);

    /// <summary>A body as it stands, valid or not.</summary>
    public Task<PortalAnswer> RawAsync(HttpMethod method, string path, string body, string type = "application/json") =>
        SendAsync(method, path, new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } });

    public async Task<PortalAnswer> SendAsync(HttpMethod method, string path, HttpContent? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? new Uri(portal, path) : new Uri(portal, "/api/v1/" + path)) { Content = body };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new PortalAnswer(
            answer.StatusCode,
            answer.Content.Headers.ContentType?.MediaType,
            answer.Headers.Concat(answer.Content.Headers).ToDictionary(one => one.Key, one => string.Join(",", one.Value), StringComparer.OrdinalIgnoreCase),
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static JsonContent? Json(object? body) => body is null ? null : JsonContent.Create(body, body.GetType());
}

/// <param name="Type">The media type alone.</param>
public sealed record PortalAnswer(HttpStatusCode Status, string? Type, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public JsonArray Items => Json["items"]?.AsArray() ?? throw new InvalidOperationException($"{Status} is no list: {Text}");

    public string? Code => (Type is "application/json" or "application/problem+json") && Json is JsonObject body ? body["code"]?.GetValue<string>() : null;

    /// <summary>Field and all its sentences, as validation problems list them.</summary>
    public IReadOnlyDictionary<string, string> Errors =>
        Json["errors"]!.AsObject().ToDictionary(one => one.Key, one => string.Join(" ", one.Value!.AsArray().Select(sentence => sentence!.GetValue<string>())));

    /// <summary>Fails with the whole answer when the status is another.</summary>
    public PortalAnswer ShouldBe(int status)
    {
        ((int)Status).ShouldBe(status, Text);
        return this;
    }

    /// <summary>A refusal: problem details with this code and words for people.</summary>
    public PortalAnswer ShouldRefuse(int status, string code)
    {
        ShouldBe(status);
        Type.ShouldBe("application/problem+json");
        Code.ShouldBe(code, Text);
        Json["detail"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        Json["status"]!.GetValue<int>().ShouldBe(status);
        return this;
    }

    /// <summary>A validation problem that names this field.</summary>
    public PortalAnswer ShouldNameField(string field)
    {
        ShouldRefuse(400, "invalid-request");
        Errors.Keys.ShouldContain(field, Text);
        return this;
    }
}
