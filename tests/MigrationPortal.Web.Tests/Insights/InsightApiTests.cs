using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Insights;

[Collection(PortalCollection.Name)]
public sealed class InsightApiTests(PortalFixture portal)
{
    [Theory]
    [InlineData("insights/failure-rates", "at,by,value,executor,failed,finished,rate,low,high")]
    [InlineData("insights/shares", "at,executor,started,untaggedStarted,total,untaggedTotal")]
    [InlineData("insights/durations", "at,executor,started,queuedSecondsP50,queuedSecondsP95,finished,ranSecondsP50,ranSecondsP95")]
    [InlineData("insights/stragglers", "projectId,projectPath,owner,finishedOnDocker,finishedOnDockerPerDay,finishedOnUnmanaged,onDefaultBranch,onMergeRequests,onOtherRefs,finished,shareOnDocker,lastDay")]
    [InlineData("insights/stragglers?by=ref", "projectId,projectPath,ref,source,tags,tagsKnown,managed,finishedOnDocker,lastDay")]
    public async Task Points_AsJsonAndAsCsv_AreTheSameRows(string path, string fields)
    {
        var json = (await portal.Api.GetAsync(path)).ShouldBe(200);
        var points = json.Json["points"]!.AsArray();
        points.ShouldNotBeEmpty();
        points[0]!.AsObject().Select(one => one.Key).ShouldBe(fields.Split(','));

        var byHeader = (await portal.Api.GetAsync(path, ("Accept", "text/csv"))).ShouldBe(200);
        var byQuery = (await portal.Api.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}format=csv")).ShouldBe(200);
        (byHeader.Type, byQuery.Type).ShouldBe(("text/csv", "text/csv"));
        byQuery.Text.ShouldBe(byHeader.Text);
        byQuery.Headers["Content-Disposition"].ShouldContain(".csv");
        var lines = byHeader.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe(fields);
        lines.Length.ShouldBe(points.Count + 1);
        if (points[0]!["lastDay"] is { } day) lines[1].ShouldContain(day.GetValue<string>());
    }

    [Theory]
    [InlineData("failure-rates")]
    [InlineData("rankings")]
    [InlineData("incidents")]
    [InlineData("shares")]
    [InlineData("durations")]
    [InlineData("stragglers")]
    [InlineData("stragglers?by=ref")]
    public async Task Answer_SaysHowMuchOfItsWindowIsRead_AsMembersAndAsHeaders(string route)
    {
        var now = portal.Services.GetRequiredService<IWorldClock>().Now(portal.Services.GetRequiredService<InstanceDirectory>().Production.Id);
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var from = now.AddDays(-60);
        string Path(string format) => $"insights/{route}{(route.Contains('?', StringComparison.Ordinal) ? '&' : '?')}from={from:yyyy-MM-ddTHH:mm:ssZ}&to={now:yyyy-MM-ddTHH:mm:ssZ}&format={format}";

        var json = (await portal.Api.GetAsync(Path("json"))).ShouldBe(200).Json;
        var csv = (await portal.Api.GetAsync(Path("csv"))).ShouldBe(200);

        var since = json["completeSince"]!.GetValue<DateTimeOffset>();
        // The world began less than 60 days ago and all of it is read.
        since.ShouldBe(from);
        json["unread"]!.AsArray().ShouldBeEmpty();
        csv.Headers["X-Complete-Since"].ShouldBe($"{since:yyyy-MM-ddTHH:mm:ssZ}");
        csv.Headers.ShouldNotContainKey("X-Unread");
    }

    [Theory]
    [InlineData("from=2020-01-01&to=2020-01-20")]
    [InlineData("by=ref&to=2020-01-20")]
    public async Task Stragglers_OfDaysThatAreNoLongerKept_AreRefused_NotCalledNone(string query) =>
        (await portal.Api.GetAsync($"insights/stragglers?{query}")).ShouldNameField("from").Errors["from"].ShouldContain("kept for 62 days");

    [Fact]
    public async Task Rows_OfNoWindow_SayNothingOfIt() =>
        (await portal.Api.GetAsync("runners/unmanaged/burn-down")).ShouldBe(200).Json.AsObject().Select(one => one.Key).ShouldBe(["points"]);

    [Theory]
    [InlineData("runners/unmanaged?format=")]
    [InlineData("runners/questions/idle?days=90&format=")]
    public async Task FleetAnswers_OfAWindow_SayHowMuchOfItIsRead(string path)
    {
        var json = (await portal.Api.GetAsync(path + "json")).ShouldBe(200).Json;

        json["unread"]!.AsArray().ShouldBeEmpty();
        (await portal.Api.GetAsync(path + "csv")).ShouldBe(200).Headers["X-Complete-Since"].ShouldBe($"{json["completeSince"]!.GetValue<DateTimeOffset>():yyyy-MM-ddTHH:mm}:00Z", StringCompareShould.IgnoreCase);
    }

    [Fact]
    public async Task Tags_SayWhatTheyRestOn()
    {
        var basis = (await portal.Api.GetAsync("tags?limit=1")).ShouldBe(200).Json["basis"]!;

        var (finished, known) = (basis["finished"]!.GetValue<long>(), basis["tagsKnown"]!.GetValue<long>());
        finished.ShouldBeGreaterThan(0);
        known.ShouldBeInRange(1, finished);
        basis["completeSince"]!.GetValue<DateTimeOffset>().ShouldBe(basis["from"]!.GetValue<DateTimeOffset>());
        basis["unread"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tags/detail?tag=", "name,jobs,onDocker,projects,lastDay")]
    [InlineData("tags/detail?tag=&by=source", "name,jobs,onDocker,projects,lastDay")]
    [InlineData("tags/detail?tag=&by=project", "name,jobs,onDocker,projects,lastDay")]
    public async Task TagDetail_EachPart_AddsUpToTheSameJobs(string path, string fields)
    {
        await Points_AsJsonAndAsCsv_AreTheSameRows(path, fields);

        async Task<long> JobsAsync(string one) => (await portal.Api.GetAsync(one)).Json["points"]!.AsArray().Sum(point => point!["jobs"]!.GetValue<long>());
        (await JobsAsync(path)).ShouldBe(await JobsAsync("tags/detail?tag=&by=set"));
    }

    [Fact]
    public async Task Regressions_AnswerAlsoWhenNothingHasMoved_AndRefuseWhatTheyDoNotCount()
    {
        (await portal.Api.GetAsync("insights/regressions")).ShouldBe(200).Json["points"].ShouldBeOfType<JsonArray>();
        (await portal.Api.GetAsync("insights/regressions?format=csv&kind=infrastructure&confidence=0.99")).ShouldBe(200).Text.ShouldStartWith("projectId,projectPath,name,movedOn,beforeFailed,");
        (await portal.Api.GetAsync("insights/regressions?kind=policy")).ShouldNameField("kind").Errors["kind"].ShouldContain("script");
        (await portal.Api.GetAsync("insights/regressions?project=shop")).ShouldNameField("project").Errors["project"].ShouldContain("number");
    }

    [Theory]
    [InlineData("by=weather", "by", "executor")]
    [InlineData("bucket=year", "bucket", "hour, day")]
    [InlineData("kind=bad", "kind", "noRunner")]
    [InlineData("from=2026-11-23T08:00:00Z&to=2026-11-22T08:00:00Z", "from", "before")]
    [InlineData("bucket=hour&from=2020-01-01", "from", "92 days")]
    [InlineData("from=yesterday", "from", "ISO 8601")]
    [InlineData("project=storefront", "project", "number")]
    [InlineData("runner=docker-01", "runner", "number")]
    [InlineData("executor=dockr", "executor", "kubernetes")]
    [InlineData("format=xml", "format", "csv")]
    public async Task Query_Wrong_IsRefusedWithWhatIsKnown(string query, string field, string known) =>
        (await portal.Api.GetAsync($"insights/failure-rates?{query}")).ShouldNameField(field).Errors[field].ShouldContain(known);

    [Theory]
    [InlineData("executor", "docker")]
    [InlineData("project", null)]
    [InlineData("runner", null)]
    [InlineData("tag", "")]
    public async Task Dimension_ThatNarrows_KeepsItsOwnJobsAlone(string dimension, string? value)
    {
        var all = await PointsAsync($"by={dimension}&bucket=day");
        value ??= all[0]!["value"]!.GetValue<string>();
        all[0]![dimension]!.GetValue<string>().ShouldBe(all[0]!["value"]!.GetValue<string>());

        var kept = await PointsAsync($"by={dimension}&bucket=day&{dimension}={value}");

        kept.Where(one => one!["value"]!.GetValue<string>() == value).Sum(Finished).ShouldBe(all.Where(one => one!["value"]!.GetValue<string>() == value).Sum(Finished));
        kept.Sum(Finished).ShouldBeGreaterThan(0);
        (await PointsAsync($"by=executor&bucket=day&{dimension}={value}")).Sum(Finished).ShouldBe(kept.Where(one => one!["value"]!.GetValue<string>() == value).Sum(Finished));
    }

    [Fact]
    public async Task Rates_HaveLimitsRoundThem_AndKindsAddUp()
    {
        var all = await PointsAsync("bucket=day");
        foreach (var point in all)
        {
            var rate = point!["rate"]!.GetValue<double>();
            rate.ShouldBe((double)point["failed"]!.GetValue<long>() / Finished(point), 1e-12);
            point["low"]!.GetValue<double>().ShouldBeLessThanOrEqualTo(rate);
            point["high"]!.GetValue<double>().ShouldBeGreaterThanOrEqualTo(rate);
        }

        long kinds = 0;
        foreach (var kind in (string[])["infrastructure", "script", "timeout", "noRunner", "configuration", "policy"])
        {
            var points = await PointsAsync($"bucket=day&kind={kind}");
            points.Sum(Finished).ShouldBe(all.Sum(Finished), kind);
            kinds += points.Sum(one => one!["failed"]!.GetValue<long>());
        }

        kinds.ShouldBeLessThanOrEqualTo(all.Sum(one => one!["failed"]!.GetValue<long>()));
    }

    [Fact]
    public async Task Durations_OfOneExecutor_AreItsOwnAlone()
    {
        var kept = (await portal.Api.GetAsync("insights/durations?executor=docker&bucket=day")).ShouldBe(200).Json["points"]!.AsArray();
        kept.ShouldNotBeEmpty();
        kept.ShouldAllBe(one => one!["executor"]!.GetValue<string>() == "docker");

        (await portal.Api.GetAsync("insights/durations?reason=script_failure")).ShouldNameField("reason").Text.ShouldContain("failed");
    }

    [Theory]
    [InlineData("shares", "started")]
    [InlineData("durations", "finished")]
    public async Task SharesAndTimes_OfOneProject_AreItsOwnAlone(string what, string count)
    {
        var project = (await PointsAsync("by=project&bucket=day"))[0]!["value"]!.GetValue<string>();
        async Task<long> CountAsync(string query) => (await portal.Api.GetAsync($"insights/{what}?bucket=day{query}")).ShouldBe(200).Json["points"]!.AsArray().Sum(one => one![count]!.GetValue<long>());

        var own = await CountAsync($"&project={project}");

        own.ShouldBeGreaterThan(0);
        own.ShouldBeLessThan(await CountAsync(""));
    }

    [Fact]
    public async Task Rankings_AreWorstFirst_WithTheSumsOfTheRates()
    {
        var ranked = (await portal.Api.GetAsync("insights/rankings?by=project")).ShouldBe(200).Json["points"]!.AsArray();

        ranked.Select(one => one!["rank"]!.GetValue<int>()).ShouldBe(Enumerable.Range(1, ranked.Count));
        var low = ranked.Select(one => (Enough: one!["finished"]!.GetValue<long>() >= WorstFirst.LeastJobs, Low: one["low"]!.GetValue<double>())).ToList();
        low.ShouldBe(low.OrderByDescending(one => one.Enough).ThenByDescending(one => one.Low));
        ranked[0]!["name"]!.GetValue<string>().ShouldContain("/");
        var sum = (await PointsAsync("by=project&bucket=day&from=2000-01-01&to=2000-01-02")).Count;
        sum.ShouldBe(0);
        var days = await PointsAsync($"by=project&bucket=day&only={ranked[0]!["value"]!.GetValue<string>()}");
        days.Sum(Finished).ShouldBe(Finished(ranked[0]));
        (await portal.Api.GetAsync("insights/rankings?by=project", ("Accept", "text/csv"))).ShouldBe(200).Text.ShouldStartWith("rank,value,name,failed,finished,rate,low,high\r\n");
    }

    [Fact]
    public async Task Incidents_AnswerWithWhatTheyAreMeasuredBy_AndMayBeLeftOut()
    {
        (await portal.Api.GetAsync("insights/incidents")).ShouldBe(200).Json["points"].ShouldBeOfType<JsonArray>();
        (await portal.Api.GetAsync("insights/incidents?kind=bad")).ShouldNameField("kind");
        (await portal.Api.GetAsync("insights/failure-rates?incidents=never")).ShouldNameField("incidents").Errors["incidents"].ShouldContain("without");
        (await PointsAsync("bucket=day&incidents=without")).Sum(Finished).ShouldBeLessThanOrEqualTo((await PointsAsync("bucket=day")).Sum(Finished));
    }

    [Fact]
    public async Task Pending_AnswersAlsoWhenNothingWaits()
    {
        (await portal.Api.GetAsync("insights/pending")).ShouldBe(200).Json["points"].ShouldBeOfType<JsonArray>();
        (await portal.Api.GetAsync("insights/pending", ("Accept", "text/csv"))).ShouldBe(200).Text.ShouldStartWith("jobId,projectId,projectPath,name,ref,tags,tagsKnown,queuedAt,waitedSeconds,servedBy,reason,missingTags,nearRunners,dropsAt,dropsInSeconds,expectedUntil,brownoutOperationId\r\n");
        (await portal.Api.GetAsync("insights/pending?by=reason&format=csv")).ShouldBe(200).Text.ShouldStartWith("reason,tags,tagsMatter,jobs,projects,droppedWithin20Minutes,oldestQueuedAt,firstDropAt,nearRunners,expectedUntil,brownoutOperationId\r\n");
        (await portal.Api.GetAsync("insights/pending?reason=bad")).ShouldNameField("reason").Errors["reason"].ShouldContain("missingTags");
    }

    [Fact]
    public async Task Interval_GivesBothLimits()
    {
        var limits = (await portal.Api.PostAsync("insights/interval", new { failed = 4, finished = 200 })).ShouldBe(200).Json;
        limits["wilson"]!["low"]!.GetValue<double>().ShouldBe(0.0078, 0.0002);
        limits["wilson"]!["high"]!.GetValue<double>().ShouldBe(0.0502, 0.0002);
        limits["clopperPearson"]!["low"]!.GetValue<double>().ShouldBe(0.0055, 0.0002);

        (await portal.Api.PostAsync("insights/interval", new { failed = -1, finished = 0, confidence = 1 })).ShouldRefuse(400, "invalid-request").Errors.Keys.ShouldBe(["finished", "failed", "confidence"], ignoreOrder: true);
        (await portal.Api.PostAsync("insights/interval", new { failed = long.MaxValue, finished = long.MaxValue, confidence = 0.999999 })).ShouldBe(200);
    }

    private static long Finished(JsonNode? point) => point!["finished"]!.GetValue<long>();

    private async Task<JsonArray> PointsAsync(string query) => (await portal.Api.GetAsync($"insights/failure-rates?{query}")).ShouldBe(200).Json["points"]!.AsArray();
}
