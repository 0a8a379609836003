using System.Security.Claims;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Cohorts;

public sealed class TwinPartTests : IAsyncDisposable
{
    private static readonly ProjectId Id = new(PageServices.Production, 7);

    private readonly KitContext kit = new();
    private readonly MemoryTwins twins = new();

    [Fact]
    public void Choice_BeginsWithTheJobThatFailedLately_ElseWithOneThatShouldWork()
    {
        Render(jobs: ["net", "build"], failed: [FailedLatelyTests.Job(3, "gone", "docker"), FailedLatelyTests.Job(2, "build", "docker")]).Find("select").GetAttribute("value").ShouldBe("build");
    }

    [Fact]
    public void Choice_WithoutFailures_IsAJobThatShouldWork() => Render(jobs: ["net", "lint"], blocked: "net").Find("select").GetAttribute("value").ShouldBe("lint");

    [Fact]
    public void NoJobsAndNothingTried_SaysNothing() => Render(jobs: []).Markup.Trim().ShouldBeEmpty();

    [Fact]
    public void Running_OffersToStopIt_AndNoSecondTry()
    {
        twins.All.Add(Run(1, TwinState.Running));
        var part = Render(jobs: ["lint"]);
        part.FindAll("select").ShouldBeEmpty();
        part.FindAll("button").ShouldHaveSingleItem().TextContent.Trim().ShouldBe("Stop");
    }

    [Fact]
    public void Earlier_AreFolded()
    {
        for (var id = 1; id <= 3; id++) twins.All.Add(Run(id, TwinState.Failed));
        var part = Render(jobs: ["lint"]);
        part.FindAll("article").Count.ShouldBe(3);
        part.FindAll("details article").Count.ShouldBe(2);
        part.Find("summary").TextContent.ShouldBe("2 tried before");
        part.FindAll("select").Count.ShouldBe(1);
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<TwinPart> Render(string[] jobs, string? blocked = null, JobRow[]? failed = null)
    {
        kit.AddLivePages();
        kit.Services.AddSingleton(new ReadTwins(twins, new FailedLatelyTests.Verdicts()));
        kit.Services.AddSingleton(all => new ExplainFailures(new FailedLatelyTests.Jobs(failed ?? []), null!, new FailedLatelyTests.Verdicts(), new FailedLatelyTests.NoHistory(), all.GetRequiredService<IPortalEvents>(), all.GetRequiredService<IWorldClock>()));
        kit.Services.AddSingleton(new TwinActs(null!, null!, null!, null!, null!));
        Finding[] findings = blocked is null ? [] : [new Finding("R05", Severity.Blocks, blocked, 3, "It pings.", "nc -z db 443", "https://docs.gitlab.com")];
        var scan = new ProjectScan(Id, "main", KitContext.Now, ScanState.Read, null, [.. jobs.Select(name => new ScannedJob(name, []))], findings, []);
        var mine = new MyProject(new OwnProject(Id, "billing/ledger", "https://gitlab.example/billing/ledger", "main", false), null, null, scan, [], null, null, null);
        return kit.Render<TwinPart>(parameters => parameters.Add(one => one.Mine, mine).Add(one => one.Person, new ClaimsPrincipal()));
    }

    private static TwinRun Run(long id, TwinState state) => new(
        id, Id, "lint", "0123456789", "b", [], [], [], [], state, TwinBranch.Gone, null, null, null, null, "of a test", Actor.Portal, KitContext.Now, KitContext.Now, 1);
}
