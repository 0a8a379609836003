using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MigrationPortal.Web.Tests.Hosting;

/// <summary>Whatever a caller sends, the answer is never our fault and says what to mend.</summary>
[Collection(PortalCollection.Name)]
public sealed class BadInputTests(PortalFixture portal)
{
    private static readonly string[] NotBodies = ["", "null", "[]", "\"text\"", "7", "{", "{\"reason\":", "\u0000", "{}{}", "{\"noSuchField\":1}", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["];

    private static readonly string[] OddValues =
    [
        "null", "true", "-1", "0", "1.5", "1e400", "99999999999999999999999999", "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\uD83D\\uDE80\"",
        "\"\\u202e\\u200bx\"", "\"" + new string('x', 3000) + "\"", "[]", "[null]", "[1]", "[\"\\u0000\"]", "[\"\\ud800\"]", "[[\"x\"]]", "{}", "{\"phase\":null}", "{\"\\u0000\":1}", "{\"\\ud800\":1}",
        "{\"phase\":\"\\u0000\"}", "{\"phase\":\"\\ud800\"}", "{\"tag\":\"\\u0000\",\"decision\":\"adopt\"}", "{\"runners\":[{\"id\":1,\"tagList\":[\"a\\u0000\"]}]}", "{\"runners\":[null]}",
        "{\"runners\":[{\"id\":1,\"tagList\":[\"\\ud800\"]}]}", "{\"deleteRunners\":[9223372036854775807]}", "{\"phase\":\"prepare\",\"phase\":\"opt-in\"}", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"",
    ];

    private static readonly string[] OddQueries =
    [
        "limit=0", "limit=501", "limit=-1", "limit=abc", "limit=99999999999", "limit=", "limit=1&limit=2", "cursor=%00", "cursor=!!", "cursor=AA", "cursor=LTE", "cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
        "instance=", "instance=nowhere", "instance=%00", "instance=%F0%9F%9A%80", "instance=%ff", "q=%00", "q=%25%5F%27", "tag=%00", "executor=%00", "role=chief", "status=odd", "managed=perhaps", "drift=2",
        "by=weather", "bucket=year", "kind=bad", "from=yesterday", "to=0001-01-01T00:00:00Z", "from=0001-01-01T00:00:00Z", "from=9999-12-31T23:59:59Z", "to=9999-12-31T23:59:59Z", "from=9999-12-31T23:59:59Z&to=0001-01-01",
        "from=2026-11-23T00:00:00%2B99:00", "project=abc", "project=%00", "project=99999999999999999999", "runner=x", "tag=", "cluster=%F0%9F%9A%80", "reason=%00", "runnerVersion=%00", "waitSeconds=-1", "waitSeconds=61", "waitSeconds=x",
    ];

    [Theory]
    [MemberData(nameof(ApiRoutes.TakingBodies), MemberType = typeof(ApiRoutes))]
    public async Task Body_ThatIsNone_IsRefusedWithTheRemedy(ApiRoute route)
    {
        foreach (var body in NotBodies) Judge($"{route} {body}", await portal.Api.RawAsync(new HttpMethod(route.Method), Existing(route), body));
    }

    [Theory]
    [MemberData(nameof(ApiRoutes.TakingBodies), MemberType = typeof(ApiRoutes))]
    public async Task Field_WithAnOddValue_IsNeverOurFault(ApiRoute route)
    {
        foreach (var field in JsonNode.Parse(route.Body!)!.AsObject().Select(one => one.Key))
        {
            foreach (var value in OddValues)
            {
                var others = JsonNode.Parse(route.Body!)!.AsObject().Where(one => one.Key != field).Select(one => $",\"{one.Key}\":{one.Value?.ToJsonString() ?? "null"}");
                Judge($"{route} {field}={value}", await portal.Api.RawAsync(new HttpMethod(route.Method), route.Nowhere, $"{{\"{field}\":{value}{string.Concat(others)}}}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(ApiRoutes.Reading), MemberType = typeof(ApiRoutes))]
    public async Task Query_WithAnOddValue_IsNeverOurFault(ApiRoute route)
    {
        foreach (var query in OddQueries) Judge($"{route}?{query}", await portal.Api.GetAsync($"{Existing(route)}?{query}"));
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json; charset=klingon", 415)]
    public async Task Body_OfAnotherKind_IsRefused(string type, int status) =>
        Judge(type, (await portal.Api.RawAsync(HttpMethod.Post, "plans", """{"target":{"phase":"prepare"}}""", type)).ShouldBe(status));

    [Fact]
    public async Task Body_ThatIsNoUtf8_IsRefused()
    {
        byte[] body = [.. "{\"reason\":\""u8, 0xff, 0xfe, .. "\"}"u8];
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        Judge("no utf-8", (await portal.Api.SendAsync(HttpMethod.Post, "automation/start", content)).ShouldBe(400));
    }

    [Theory]
    [InlineData(2_000_000, false)]
    [InlineData(9_000_000, true)]
    [InlineData(40_000_000, false)]
    public async Task Body_ThatIsTooLong_IsRefusedAs413(int length, bool idempotent)
    {
        var body = new StringContent($"{{\"reason\":\"{new string('x', length)}\"}}", Encoding.UTF8, "application/json");
        // As curl does: a long body is sent only after the server said that it may come.
        (string, string)[] headers = [("Expect", "100-continue"), .. idempotent ? [("Idempotency-Key", "too-long")] : Array.Empty<(string, string)>()];

        Judge("too long", (await portal.Api.SendAsync(HttpMethod.Post, "automation/start", body, headers)).ShouldBe(413));
    }

    [Theory]
    [InlineData("plans/99999999999999999999")]
    [InlineData("plans/-1")]
    [InlineData("plans/abc")]
    [InlineData("runners/-9223372036854775808")]
    [InlineData("projects/9223372036854775807")]
    [InlineData("operations/0")]
    [InlineData("phases/%F0%9F%9A%80/policy")]
    public async Task Address_OfNothing_IsNotFound(string path) => Judge(path, (await portal.Api.GetAsync(path)).ShouldBe(404));

    private static string Existing(ApiRoute route) => route.Nowhere.Replace("no-such-phase", "prepare", StringComparison.Ordinal);

    private static void Judge(string what, PortalAnswer answer)
    {
        ((int)answer.Status).ShouldBeLessThan(500, $"{what}: {answer.Text}");
        if ((int)answer.Status < 400) return;
        answer.Type.ShouldBe("application/problem+json", what);
        answer.Code.ShouldNotBeNullOrEmpty($"{what}: {answer.Text}");
        answer.Json["detail"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace(what);
        if (answer.Code != "invalid-request") return;
        answer.Errors.ShouldNotBeEmpty($"{what}: {answer.Text}");
        foreach (var (field, sentence) in answer.Errors)
        {
            field.ShouldNotBeNullOrWhiteSpace(what);
            sentence.ShouldNotBeNullOrWhiteSpace(what);
        }
    }
}
