using System.Text.Json.Nodes;
using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Jobs;

[Collection(PortalCollection.Name)]
public sealed class JobApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Pages_FollowEachOther_LatestFirst_WithoutOverlap()
    {
        var first = (await portal.Api.GetAsync("jobs?limit=5")).ShouldBe(200);
        first.Items.Count.ShouldBe(5);
        var second = (await portal.Api.GetAsync($"jobs?limit=5&cursor={first.Json["nextCursor"]!.GetValue<string>()}")).ShouldBe(200);

        var both = first.Items.Concat(second.Items).ToList();
        both.Select(Id).Distinct().Count().ShouldBe(both.Count);
        var times = both.Select(job => job!["finishedAt"]!.GetValue<DateTimeOffset>()).ToList();
        times.ShouldBe(times.OrderDescending());
        both[0]!.AsObject().Select(one => one.Key).ShouldBe(
            "id,projectId,projectPath,name,stage,ref,pipelineSource,tags,executor,runnerId,status,failureKind,failureReason,queuedAt,startedAt,finishedAt,queuedSeconds,ranSeconds,url".Split(','));
    }

    [Fact]
    public async Task JobsBehindARate_AreAsManyAsItSays()
    {
        var point = (await portal.Api.GetAsync("insights/failure-rates?bucket=day&by=project")).ShouldBe(200).Json["points"]!.AsArray()
            .First(one => one!["failed"]!.GetValue<long>() is > 0 and < 400)!;
        var from = point["at"]!.GetValue<DateTimeOffset>();

        var jobs = (await portal.Api.GetAsync($"jobs?limit=500&status=failed&project={point["project"]!.GetValue<string>()}&from={from:yyyy-MM-dd}&to={from.AddDays(1):yyyy-MM-dd}")).ShouldBe(200);

        jobs.Items.Count.ShouldBe((int)point["failed"]!.GetValue<long>());
        jobs.Items.ShouldAllBe(job => job!["status"]!.GetValue<string>() == "failed" && job["url"]!.GetValue<string>().Contains("/-/jobs/"));
        jobs.Json["nextCursor"].ShouldBeNull();
    }

    [Theory]
    [InlineData("status=bad", "status", "canceled")]
    [InlineData("kind=bad", "kind", "noRunner")]
    [InlineData("executor=dockr", "executor", "kubernetes")]
    [InlineData("project=storefront", "project", "number")]
    [InlineData("from=yesterday", "from", "ISO 8601")]
    [InlineData("from=2020-01-01", "from", "92 days")]
    [InlineData("cursor=xyz", "cursor", "nextCursor")]
    [InlineData("limit=501", "limit", "500")]
    [InlineData("time=never", "time", "started")]
    public async Task Query_Wrong_IsRefusedWithWhatIsKnown(string query, string field, string known) =>
        (await portal.Api.GetAsync($"jobs?{query}")).ShouldNameField(field).Errors[field].ShouldContain(known);

    [Fact]
    public async Task StrangersAndOtherScopes_AreRefused()
    {
        (await portal.Stranger().GetAsync("jobs")).ShouldBe(401);
        (await (await portal.WithScopesAsync("selfservice")).GetAsync("jobs")).ShouldBe(403);
    }

    private static long Id(JsonNode? job) => job!["id"]!.GetValue<long>();
}
