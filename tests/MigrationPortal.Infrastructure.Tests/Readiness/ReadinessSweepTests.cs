using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;

namespace MigrationPortal.Infrastructure.Tests.Readiness;

public sealed class ReadinessSweepTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Sweep_LooksAtEveryProject_AndOnlyAgainWhereSomethingHappened()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<ProjectSweep>();
        var (scans, active) = (portal.Get<IScanStore>(), Active(portal));

        await portal.ScanAllAsync();
        var counts = await scans.CountsAsync(SimulatedPortal.Production, default);
        (counts.Projects, counts.Scanned).ShouldBe((active.Count, active.Count));
        counts.Ready.ShouldBeInRange(1, counts.Read - 1);
        counts.ByRule.Select(one => one.Rule).ShouldBeSubsetOf(ReadinessRules.All.Select(rule => rule.Id));

        await portal.ExecuteAsync("UPDATE projects SET last_activity_at = 'infinity' WHERE number = (SELECT min(number) FROM projects WHERE NOT archived AND default_branch IS NOT NULL)");
        (await portal.RunAsync<ReadinessSweep>()).Said.ShouldBe("1 CI files looked at.");
    }

    /// <summary>The world's own truth: what its Kubernetes refuses for good is found to block, job by job, and nothing else is.</summary>
    [Fact]
    public async Task Findings_AgreeWithTheTruthOfTheWorld()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<ProjectSweep>();
        await portal.ScanAllAsync();
        var scans = await portal.Get<IScanStore>().FindAsync([.. Active(portal).Select(id => new ProjectId(SimulatedPortal.Production, id))], default);
        var jobs = portal.Simulator.Production.Do(world => world.Directory.Projects.SelectMany(project => world.Jobs.OfProject(project, null, null, 0, 500)).Select(job => (Project: (long)job.Project.Id, job.Name, Will: TruthBook.WouldMeet(job))).Distinct().ToList());

        foreach (var (project, name, will) in jobs)
        {
            if (!scans.TryGetValue(new ProjectId(SimulatedPortal.Production, project), out var scan) || scan.Jobs.All(job => job.Name != name)) continue;
            if (will.Cause.IsIncompatibility() && will.Bites >= 1) ScanJudgement.Of(scan, []).IsBlocked(name).ShouldBeTrue($"{will.Cause}");
            else if (will.Cause == Cause.None) ScanJudgement.Of(scan, []).IsBlocked(name).ShouldBeFalse();
            else scan.Findings.ShouldContain(finding => finding.Job == name && finding.Severity != Severity.Info, $"{will.Cause}");
        }

        jobs.Count(one => one.Will.Cause.IsIncompatibility()).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Sweep_BudgetSpent_KeepsWhatItHasAndGoesOn()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<ProjectSweep>();
        var asked = 0;
        portal.Wire.Instead = path =>
        {
            if (path.EndsWith("/ci/lint", StringComparison.Ordinal) && ++asked == 3)
                portal.Get<IBudgetStore>().HoldAsync(SimulatedPortal.Production, RequestLane.Monitoring, portal.Time.GetUtcNow().AddHours(1), default).GetAwaiter().GetResult();
            return null;
        };

        (await portal.RunAsync<ReadinessSweep>()).Outcome.ShouldBe(SweepOutcome.PutOff);
        (await portal.Get<IScanStore>().CountsAsync(SimulatedPortal.Production, default)).Scanned.ShouldBe(3);
    }

    [Fact]
    public async Task GitLabAsksForFewerRequests_TheScanThatWasStays()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<ProjectSweep>();
        await portal.ScanAllAsync();
        var before = await portal.Get<IScanStore>().CountsAsync(SimulatedPortal.Production, default);
        await portal.ExecuteAsync("UPDATE projects SET last_activity_at = 'infinity'");
        portal.Wire.Instead = path => path.EndsWith("/ci/lint", StringComparison.Ordinal) ? FaultyWire.Answer(429, "Retry later", "text/plain", [("Retry-After", "3600")]) : null;

        (await portal.RunAsync<ReadinessSweep>()).Outcome.ShouldNotBe(SweepOutcome.Done);

        (await portal.Get<IScanStore>().CountsAsync(SimulatedPortal.Production, default)).ShouldBeEquivalentTo(before);
    }

    [Fact]
    public async Task Settings_TurnedOffAndWeighted_LookAtEveryProjectAgain()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<ProjectSweep>();
        await portal.ScanAllAsync();
        var (scans, instance) = (portal.Get<IScanStore>(), SimulatedPortal.Production);
        var worst = (await scans.CountsAsync(instance, default)).ByRule.First(one => one.Severity == Severity.Blocks).Rule;

        var settings = ReadinessSettings.Default with { Off = [worst], Version = 1 };
        (await scans.SaveSettingsAsync(instance, settings, default)).ShouldBeTrue();
        (await scans.SaveSettingsAsync(instance, settings, default)).ShouldBeFalse();
        await portal.RunAsync<ReadinessSweep>();

        (await scans.CountsAsync(instance, default)).ByRule.ShouldNotContain(one => one.Rule == worst);
        (await scans.ListAsync(instance, worst, null, 10, 0, default)).ShouldBeEmpty();
        (await scans.SettingsAsync(instance, default)).Off.ShouldBe([worst]);
    }

    private static List<long> Active(SimulatedPortal portal) =>
        portal.Simulator.Production.Do(world => world.Directory.Projects.Where(project => !project.Archived).Select(project => (long)project.Id).ToList());
}
