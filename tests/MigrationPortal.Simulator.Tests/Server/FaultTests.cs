using System.Net;
using System.Net.Http.Json;

namespace MigrationPortal.Tests.Simulated;

public sealed class FaultTests(Simulated sim) : IClassFixture<Simulated>
{
    [Fact]
    public async Task RateLimit_HasTheRackShape_AndEndsAfterItsCount()
    {
        await AddAsync(new { kind = "rate-limit", path = "/api/v4/version", count = 1, retryAfter = 7 });
        using var hit = await sim.GetAsync("/api/v4/version");
        using var after = await sim.GetAsync("/api/v4/version");

        hit.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        hit.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await hit.Content.ReadAsStringAsync()).ShouldBe("Retry later\n");
        hit.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        Simulated.Header(hit, "RateLimit-Remaining").ShouldBe("0");
        after.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task RateLimitApp_HasTheJsonShapeWithoutRetryAfter()
    {
        await AddAsync(new { kind = "rate-limit-app", path = "/api/v4/metadata", count = 1 });
        using var hit = await sim.GetAsync("/api/v4/metadata");

        hit.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        hit.Headers.RetryAfter.ShouldBeNull();
        (await hit.Content.ReadAsStringAsync()).ShouldBe(
            """{"message":{"error":"This endpoint has been requested too many times. Try again later."}}""");
    }

    [Fact]
    public async Task Drop_EndsTheConnectionWithoutAnAnswer()
    {
        await AddAsync(new { kind = "drop", path = "/api/v4/user", count = 1 });

        await Should.ThrowAsync<HttpRequestException>(() => sim.GetAsync("/api/v4/user"));
        (await sim.GetAsync("/api/v4/user")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Html_ComesAs200InsteadOfJson()
    {
        await AddAsync(new { kind = "html", path = "/api/v4/groups", count = 1 });
        using var hit = await sim.GetAsync("/api/v4/groups");

        hit.StatusCode.ShouldBe(HttpStatusCode.OK);
        hit.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task StatusAfter_TheChangeIsDoneAndTheAnswerIsLost()
    {
        await AddAsync(new { kind = "status", status = 502, method = "PUT", path = "/api/v4/runners/*", count = 1, after = true });
        using var hit = await sim.SendAsync(HttpMethod.Put, "/api/v4/runners/1", new { description = "done all the same" });

        hit.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        ((string)(await sim.JsonAsync("/api/v4/runners/1"))["description"]!).ShouldBe("done all the same");
    }

    [Fact]
    public async Task Rate_HitsThatShare_TheSameOnEachRun()
    {
        await AddAsync(new { kind = "status", status = 503, path = "/qa/api/v4/version", rate = 0.3 });
        var hits = 0;
        for (var i = 0; i < 200; i++)
        {
            using var answer = await sim.GetAsync("/qa/api/v4/version");
            hits += answer.StatusCode == HttpStatusCode.ServiceUnavailable ? 1 : 0;
        }

        hits.ShouldBeInRange(35, 85);
        (await sim.Http.DeleteAsync("/_sim/faults")).EnsureSuccessStatusCode();
        (await sim.GetAsync("/qa/api/v4/version")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task BadRule_IsRefusedWithEachProblem()
    {
        using var answer = await sim.Http.PostAsJsonAsync("/_sim/faults", new { kind = "status", rate = 2, status = 200 });

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)(await Simulated.BodyAsync(answer))["error"]!).ShouldBe("rate is 0 to 1; status is 400 to 599");
    }

    [Theory]
    [InlineData("""{}""", "kind")]
    [InlineData("""{"kind":"slow"}""", "rate-limit-app")]
    [InlineData("""{"kind":"latency","milliseconds":400}""", "milliseconds")]
    [InlineData("""{"kind":"latency","latencyMs":"long"}""", "latencyMs")]
    [InlineData("not json", "Fields: kind")]
    public async Task RuleThatCannotBeMeant_IsRefused_NamingWhatIsKnown(string body, string named)
    {
        using var answer = await sim.Http.PostAsync("/_sim/faults", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)(await Simulated.BodyAsync(answer))["error"]!).ShouldContain(named);
        (await sim.JsonAsync("/_sim/faults")).AsArray().Select(rule => rule!.ToJsonString()).ShouldAllBe(rule => !rule.Contains("latency\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BadGateway_IsTheProxysPage_AlsoOnGraphQLWithATrailingSlash()
    {
        await AddAsync(new { kind = "status", status = 502, path = "/api/graphql", count = 1 });
        using var hit = await sim.SendAsync(HttpMethod.Post, "/api/graphql/", new { query = "{ currentUser { username } }" });

        hit.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        hit.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await hit.Content.ReadAsStringAsync()).ShouldContain("<h1>502 Bad Gateway</h1>");
        ((string)(await sim.GraphAsync("{ currentUser { username } }"))["data"]!["currentUser"]!["username"]!).ShouldNotBeEmpty();
    }

    private async Task AddAsync(object rule) => (await sim.Http.PostAsJsonAsync("/_sim/faults", rule)).EnsureSuccessStatusCode();
}
