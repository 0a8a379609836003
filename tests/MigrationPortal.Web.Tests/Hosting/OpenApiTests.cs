using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MigrationPortal.Web.Tests.Hosting;

[Collection(PortalCollection.Name)]
public sealed partial class OpenApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Document_HoldsEveryRoute_WithSummaryAnswersAndSecurity()
    {
        var document = (await portal.Stranger().GetAsync("/openapi/v1.json")).ShouldBe(200).Json;
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(one => (Name: $"{one.Key.ToUpperInvariant()} {path.Key}", Is: one.Value!))).ToList();

        operations.Select(one => one.Name).Where(name => name.Contains("/api/v1/", StringComparison.Ordinal)).Select(name => name.Replace("/api/v1/", "", StringComparison.Ordinal)).Order()
            .ShouldBe(ApiRoutes.All.Select(route => route.ToString()).Order());
        operations.Select(one => one.Is["operationId"]!.GetValue<string>()).ShouldBeUnique();
        foreach (var (name, operation) in operations)
        {
            operation["summary"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace(name);
            operation["tags"]!.AsArray().ShouldNotBeEmpty(name);
            var answers = operation["responses"]!.AsObject();
            answers.Select(one => one.Key).ShouldContain(status => status.StartsWith('2'), name);
            if (!name.Contains(" /hooks/", StringComparison.Ordinal)) Schemes(operation).ShouldBe(["bearer", "session"], name);
            foreach (var (status, answer) in answers.Where(one => !one.Key.StartsWith('2')))
                answer!["content"]!["application/problem+json"]!["schema"]!["$ref"]!.GetValue<string>().ShouldBe("#/components/schemas/Problem", $"{name} {status}");
            answers.Select(one => one.Key).ShouldContain("401", name);
            foreach (var (status, answer) in answers.Where(one => one.Key is "200" or "201" or "202" && !name.EndsWith("/hooks/gitlab", StringComparison.Ordinal)))
                answer!["content"].ShouldNotBeNull($"{name} {status} says what it holds");
        }

        document["components"]!["securitySchemes"]!.AsObject().Select(one => one.Key).ShouldBe(["bearer", "session"]);
        document["components"]!["schemas"]!["Problem"]!["properties"]!.AsObject().Select(one => one.Key).ShouldBe(["type", "title", "status", "detail", "code", "reasons", "errors", "missingScope", "traceId"]);
    }

    [Theory]
    [InlineData("/api/v1/runners/{id}/role", "put", "If-Match")]
    [InlineData("/api/v1/tags/{tag}/decision", "put", "If-Match")]
    [InlineData("/api/v1/operations/{id}/rollback", "post", "If-Match")]
    [InlineData("/api/v1/plans", "post", "Idempotency-Key")]
    [InlineData("/api/v1/insights/failure-rates", "get", "executor")]
    [InlineData("/api/v1/insights/failure-rates", "get", "runnerVersion")]
    [InlineData("/api/v1/insights/shares", "get", "project")]
    [InlineData("/api/v1/insights/durations", "get", "format")]
    [InlineData("/hooks/gitlab", "post", "X-Gitlab-Token")]
    [InlineData("/hooks/gates/{name}", "post", "webhook-signature")]
    public async Task Document_NamesWhatARouteTakes(string path, string method, string parameter)
    {
        var document = (await portal.Stranger().GetAsync("/openapi/v1.json")).Json;

        document["paths"]![path]![method]!["parameters"]!.AsArray().Select(one => one!["name"]!.GetValue<string>()).ShouldContain(parameter);
    }

    [Fact]
    public async Task Document_IsWholeInItself()
    {
        var document = (await portal.Stranger().GetAsync("/openapi/v1.json")).Json;

        foreach (var reference in References(document))
        {
            reference.ShouldStartWith("#/");
            JsonNode? at = document;
            foreach (var part in reference[2..].Split('/')) at = at?[part];
            at.ShouldNotBeNull(reference);
        }
    }

    [Fact]
    public async Task Document_SaysHowAnAnswerTellsWhatIsRead()
    {
        var document = (await portal.Stranger().GetAsync("/openapi/v1.json")).ShouldBe(200).Json;
        var answer = document["paths"]!["/api/v1/insights/failure-rates"]!["get"]!["responses"]!["200"]!;

        answer["headers"]!.AsObject().Select(one => one.Key).ShouldBe(["X-Complete-Since", "X-Unread"]);
        var reference = References(answer["content"]!["application/json"]).First();
        document["components"]!["schemas"]![reference.Split('/')[^1]]!["properties"]!.AsObject().Select(one => one.Key).ShouldBe(["points", "completeSince", "unread"]);
        document["paths"]!["/api/v1/insights/pending"]!["get"]!["responses"]!["200"]!["headers"].ShouldBeNull();
    }

    [Fact]
    public async Task Docs_LoadNothingFromElsewhere()
    {
        var page = (await portal.Stranger().GetAsync("/docs/")).ShouldBe(200);
        page.Type.ShouldBe("text/html");

        ForeignAddress().Matches(page.Text).Select(one => one.Value).ShouldBeEmpty();
        foreach (var script in Script().Matches(page.Text).Select(one => one.Groups[1].Value))
            (await portal.Stranger().GetAsync(new Uri(new Uri(portal.Address, "/docs/"), script).AbsolutePath)).ShouldBe(200);
        Script().Count(page.Text).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Metrics_AreForScrapers()
    {
        var metrics = (await portal.Stranger().GetAsync("/metrics")).ShouldBe(200);

        metrics.Text.ShouldContain("http_server_request_duration_seconds_count");
        foreach (var lane in (string[])["monitoring", "operations"])
        {
            metrics.Text.ShouldMatch($"portal_gitlab_budget_rate[a-z_]*\\{{[^}}]*instance=\"production\"[^}}]*lane=\"{lane}\"[^}}]*\\}} [1-9]");
            metrics.Text.ShouldMatch($"portal_gitlab_budget_burst[a-z_]*\\{{[^}}]*instance=\"production\"[^}}]*lane=\"{lane}\"[^}}]*\\}} [1-9]");
        }

        metrics.Text.ShouldNotContain("mp_");
        metrics.Text.ShouldNotContain("glpat-");
    }

    private static IEnumerable<string> Schemes(JsonNode operation) =>
        operation["security"]?.AsArray().SelectMany(one => one!.AsObject().Select(scheme => scheme.Key)) ?? [];

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject one => one.SelectMany(field => field.Key == "$ref" && field.Value is JsonValue value ? [value.GetValue<string>()] : References(field.Value)),
        JsonArray many => many.SelectMany(References),
        _ => [],
    };

    [GeneratedRegex("""(src|href)\s*=\s*"(https?:)?//[^"]+""")]
    private static partial Regex ForeignAddress();

    [GeneratedRegex("""<script[^>]*\ssrc="([^"]+)""")]
    private static partial Regex Script();
}
