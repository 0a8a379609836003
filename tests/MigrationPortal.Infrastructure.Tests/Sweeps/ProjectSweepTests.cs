using System.Globalization;
using System.Web;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

public sealed class ProjectSweepTests(PostgresFixture postgres)
{
    private const int Projects = 2_500;

    [Fact]
    public async Task List_BudgetSpentInTheMiddle_GoesOnWhereItWas_AlsoInAnotherProcess()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        var asked = new List<long>();
        portal.Wire.Instead = path =>
        {
            if (path != "/api/v4/projects") return null;
            if (asked.Count == 9) HoldAsync(portal, TimeSpan.FromHours(1)).GetAwaiter().GetResult();
            return Page(portal, asked);
        };

        (await portal.RunAsync<ProjectSweep>()).Outcome.ShouldBe(SweepOutcome.PutOff);
        (await CountAsync(portal)).ShouldBe(1_000);
        await HoldAsync(portal, TimeSpan.FromHours(-1));
        await using var replica = portal.Replica();
        var sweep = ActivatorUtilities.CreateInstance<ProjectSweep>(replica);
        await replica.GetRequiredService<SweepRunner>().RunDueAsync(sweep, SimulatedPortal.Production, force: true, default);

        asked.ShouldBe(Enumerable.Range(0, Projects / 100).Select(page => page * 100L));
        (await CountAsync(portal)).ShouldBe(Projects);
        var mark = await MarkAsync(portal);
        (mark.Walk, mark.Pages).ShouldBe((null, Projects / 100 + GroupPages(portal)));
    }

    [Fact]
    public async Task LaterList_TakesAQuarterOfTheBudgetARun_AndEndsAfterSome()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, requestsPerSecond: 0.4);
        var asked = new List<long>();
        portal.Wire.Instead = path => path == "/api/v4/projects" ? Page(portal, asked) : null;
        await WriteAsync(portal, pages: 1, listedAgo: TimeSpan.FromDays(2));

        (await portal.RunAsync<ProjectSweep>()).Said.ShouldStartWith("1100 projects of a list that goes on, ");
        // 0.4 a second for two minutes, a quarter of it; the first was the groups'.
        asked.Count.ShouldBe(11);
        (await portal.RunAsync<ProjectSweep>()).Said.ShouldStartWith("1200 projects of a list that goes on, ");
        (await portal.RunAsync<ProjectSweep>()).Said.ShouldStartWith("200 projects, ");
        asked.ShouldBe(Enumerable.Range(0, Projects / 100).Select(page => page * 100L));
    }

    [Fact]
    public async Task Changes_BetweenWholeListsOfABigInstance_AreLearnedByAFewRequests()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<ProjectSweep>();
        var all = await CountAsync(portal);
        var id = portal.Simulator.Production.Do(world => world.Directory.Projects.First(one => one.SharedRunnersEnabled).Id);
        await portal.Simulator.AdvanceAsync(TimeSpan.FromMinutes(20));
        await portal.RunAsync<FleetSweep>();
        await WriteAsync(portal, pages: 1_000_000, listedAgo: TimeSpan.FromHours(2));
        portal.Simulator.Production.Do(world => world.Apply(new UpdateProject(id, SharedRunnersEnabled: false)));
        await portal.ExecuteAsync("UPDATE gitlab_groups SET path = 'old'");
        portal.Wire.Log.Clear();

        (await portal.RunAsync<ProjectSweep>()).Outcome.ShouldBe(SweepOutcome.Done);

        var sent = portal.Wire.Log.Select(one => one.Path).Where(path => path.StartsWith("/api/v4/projects?", StringComparison.Ordinal) || path.StartsWith("/api/v4/groups", StringComparison.Ordinal)).ToList();
        sent.Count.ShouldBe(2);
        sent[1].ShouldContain("updated_after=");
        (await portal.Get<IProjectStore>().FindAsync(new ProjectId(SimulatedPortal.Production, id), default))!.Access.InstanceRunnersEnabled.ShouldBeFalse();
        (await CountAsync(portal)).ShouldBe(all);
        (await portal.ScalarAsync<long>("SELECT count(*) FROM gitlab_groups WHERE path = 'old'")).ShouldBe(0);
        (await MarkAsync(portal)).Pages.ShouldBe(1_000_000);
    }

    [Fact]
    public async Task Page_ThatGitLabNoLongerKnows_BeginsTheListAnew()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<ProjectSweep>();
        await new ProjectMark(new ProjectWalk(portal.Get<IWorldClock>().Now(SimulatedPortal.Production), null, false, new() { ["order_by"] = "weather" }, 7)).WriteAsync(portal.Get<IInstanceStore>(), SimulatedPortal.Production, portal.Time.GetUtcNow(), default);

        (await portal.RunAsync<ProjectSweep>()).Outcome.ShouldBe(SweepOutcome.Failed);
        (await portal.RunAsync<ProjectSweep>()).Outcome.ShouldBe(SweepOutcome.Done);

        (await MarkAsync(portal)).ListedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Rules_OfProjectsThatAreGone_DoNotKeepOthersWaiting()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, requestsPerSecond: 0.1);
        await portal.RunAsync<ProjectSweep>();
        await portal.RunAsync<JobSweep>();
        var gone = await portal.ScalarAsync<long>("SELECT project FROM rollup_day_class GROUP BY project ORDER BY sum(jobs) DESC, project LIMIT 1");
        portal.Wire.Instead = path => path.StartsWith($"/api/v4/projects/{gone}/", StringComparison.Ordinal) ? FaultyWire.Answer(404, """{"message":"404 Project Not Found"}""") : null;
        await portal.ExecuteAsync("UPDATE projects SET protected_branches = NULL, protected_tags = NULL");
        portal.Wire.Log.Clear();

        for (var run = 0; run < 3; run++) await portal.RunAsync<ProjectSweep>();

        portal.Wire.Log.Count(one => one.Path.StartsWith($"/api/v4/projects/{gone}/", StringComparison.Ordinal)).ShouldBe(1);
        (await portal.ScalarAsync<long>("SELECT count(*) FROM projects WHERE protected_branches IS NOT NULL")).ShouldBeGreaterThan(0);
    }

    private static HttpResponseMessage Page(SimulatedPortal portal, List<long> asked)
    {
        var query = HttpUtility.ParseQueryString(portal.Wire.Log[^1].Path.Split('?')[1]);
        var after = long.Parse(query["id_after"] ?? "0", CultureInfo.InvariantCulture);
        asked.Add(after);
        var projects = Enumerable.Range((int)after + 1, 100).Select(id => $$$"""{"id":{{{id}}},"path_with_namespace":"data/p{{{id}}}","namespace":{"id":10,"kind":"group","full_path":"data","parent_id":null}}""");
        (string, string)[] next = after + 100 < Projects ? [("Link", $"<http://elsewhere/api/v4/projects?pagination=keyset&order_by=id&sort=asc&per_page=100&id_after={after + 100}>; rel=\"next\"")] : [];
        return FaultyWire.Answer(200, $"[{string.Join(',', projects)}]", "application/json", next);
    }

    private static int GroupPages(SimulatedPortal portal) => portal.Wire.Log.Count(one => one.Path.StartsWith("/api/v4/groups", StringComparison.Ordinal));

    private static Task HoldAsync(SimulatedPortal portal, TimeSpan wait) =>
        portal.ExecuteAsync($"UPDATE request_budgets SET held_until = '{portal.Time.GetUtcNow() + wait:yyyy-MM-dd HH:mm:ss}+00' WHERE lane = {(int)RequestLane.Monitoring}");

    private static Task<long> CountAsync(SimulatedPortal portal) => portal.ScalarAsync<long>("SELECT count(*) FROM projects");

    private static Task<ProjectMark> MarkAsync(SimulatedPortal portal) => ProjectMark.ReadAsync(portal.Get<IInstanceStore>(), SimulatedPortal.Production, default);

    private static async Task WriteAsync(SimulatedPortal portal, int pages, TimeSpan listedAgo)
    {
        // So that the clock is known.
        await portal.RunAsync<FleetSweep>();
        var (now, real) = (portal.Get<IWorldClock>().Now(SimulatedPortal.Production), portal.Time.GetUtcNow());
        var before = TimeSpan.FromMinutes(15);
        await new ProjectMark(null, real - before, now - before, real - listedAgo, pages, now - before).WriteAsync(portal.Get<IInstanceStore>(), SimulatedPortal.Production, real, default);
    }
}
