using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

public sealed class FleetSweepTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Fleet_AfterASweep_EqualsTheTruth()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        (await portal.RunAsync<FleetSweep>()).Outcome.ShouldBe(SweepOutcome.Done);

        var seen = (await portal.Get<IFleetStore>().LatestAsync(SimulatedPortal.Production, default))!;
        var truth = Truth(portal);
        truth.Count.ShouldBeGreaterThan(5);
        Seen(seen).ShouldBe(truth);
        seen.TakenAt.ShouldBe(portal.Simulator.Now);
    }

    [Fact]
    public async Task Fleet_AfterARestartWithLittleBudget_GroupAndProjectRunnersStillServeTheirProjects()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        var before = await ScopesAsync();
        before.Count(one => one.Projects + one.Groups > 0).ShouldBeGreaterThan(3);
        // Asked for singly, they are refused from now on.
        portal.Wire.Instead = path => System.Text.RegularExpressions.Regex.IsMatch(path, "/runners/[0-9]+$") ? FaultyWire.Answer(404, """{"message":"404 Not found"}""") : null;

        await using var restarted = portal.Replica();
        await restarted.GetRequiredService<SweepRunner>().RunDueAsync(ActivatorUtilities.CreateInstance<FleetSweep>(restarted), SimulatedPortal.Production, force: true, default);

        (await ScopesAsync()).ShouldBe(before);
        (await portal.ScalarAsync<long>("SELECT count(*) FROM runner_changes WHERE attribute IN ('projects', 'groups')")).ShouldBe(0);

        async Task<List<(long Id, int Projects, int Groups)>> ScopesAsync() =>
            [.. (await portal.Get<IFleetStore>().LatestAsync(SimulatedPortal.Production, default))!.Runners.Select(one => (one.Id.Number, one.Observed.ProjectIds.Count, one.Observed.GroupIds.Count))];
    }

    [Fact]
    public async Task Fleet_FirstSweep_ProposesRolesByExecutor()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        var seen = (await portal.Get<IFleetStore>().LatestAsync(SimulatedPortal.Production, default))!;
        seen.Runners.Where(one => one.Observed.Type == Domain.Fleet.RunnerType.Instance && one.Observed.Managers.Any(manager => manager.Executor == Domain.Fleet.Executor.Kubernetes))
            .ShouldAllBe(one => one.Standing.Role == RunnerRole.Kubernetes && !one.Standing.RoleConfirmed);
        seen.Managed(RunnerRole.Legacy).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Gateway_Write_ChangesTheRunnerAndNothingElse()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        var before = Truth(portal);
        var runner = (await portal.Get<IFleetStore>().LatestAsync(SimulatedPortal.Production, default))!.Runners.First(one => one.Observed.Type == Domain.Fleet.RunnerType.Instance && one.Attributes.RunUntagged);
        var wanted = runner.Attributes with { Tags = runner.Attributes.Tags.With("docker-fallback", "k8s-default"), RunUntagged = false, Paused = true };

        var answer = await portal.Get<IRunnerGateway>().WriteAsync(runner.Id, wanted, "moved by the portal", default);

        answer.ShouldBe(new GitLabAnswer.Runner(wanted, "moved by the portal"));
        var after = Truth(portal);
        after.Where(one => one.Key != runner.Id.Number).ShouldBe(before.Where(one => one.Key != runner.Id.Number));
        (await portal.Get<IRunnerGateway>().ReadAsync([runner.Id], default)).Single().ShouldBe(answer);
        (await portal.Get<IRunnerGateway>().WriteAsync(runner.Id, wanted, "", default)).ShouldBe(new GitLabAnswer.Runner(wanted));
    }

    [Fact]
    public async Task Gateway_ReadsSeveralAtOnce_AsItReadsEach()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        var gateway = portal.Get<IRunnerGateway>();
        var runners = (await portal.Get<IFleetStore>().LatestAsync(SimulatedPortal.Production, default))!.Runners.Select(one => one.Id).Append(new Domain.Shared.RunnerId(SimulatedPortal.Production, 999_999)).ToList();
        await gateway.WriteAsync(runners[0], (await portal.Get<IFleetStore>().LatestAsync(SimulatedPortal.Production, default))!.Runners[0].Attributes, "noted", default);
        // More than one request takes.
        runners = [.. runners.Take(8), .. runners];
        runners.Count.ShouldBeGreaterThan(24);

        var singly = new List<GitLabAnswer>();
        foreach (var one in runners) singly.Add((await gateway.ReadAsync([one], default)).Single());
        (await gateway.ReadAsync(runners, default)).ShouldBe(singly);
        singly[0].ShouldBeOfType<GitLabAnswer.Runner>().MaintenanceNote.ShouldBe("noted");
        singly[^1].ShouldBeOfType<GitLabAnswer.Gone>();
    }

    [Fact]
    public async Task Gateway_TaggedOnlyWithoutTags_IsRefusedInGitLabsWords()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        var runner = (await portal.Get<IFleetStore>().LatestAsync(SimulatedPortal.Production, default))!.Runners[0];
        var answer = await portal.Get<IRunnerGateway>().WriteAsync(runner.Id, runner.Attributes with { Tags = Domain.Shared.TagSet.Empty, RunUntagged = false }, null, default);
        var refused = answer.ShouldBeOfType<GitLabAnswer.Refused>();
        (refused.Status, refused.Message).ShouldBe((400, "tags_list: can not be empty when runner is not allowed to pick untagged jobs"));
    }

    [Fact]
    public async Task Gateway_Delete_TakesTheRunnerAwayAndIsRepeatable()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        var runner = (await portal.Get<IFleetStore>().LatestAsync(SimulatedPortal.Production, default))!.Runners.First(one => one.Observed.Type == Domain.Fleet.RunnerType.Instance).Id;
        (await portal.Get<IRunnerGateway>().DeleteAsync(runner, default)).ShouldBe(new GitLabAnswer.Gone());
        (await portal.Get<IRunnerGateway>().DeleteAsync(runner, default)).ShouldBe(new GitLabAnswer.Gone());
        (await portal.Get<IRunnerGateway>().ReadAsync([runner], default)).Single().ShouldBe(new GitLabAnswer.Gone());
        Truth(portal).Keys.ShouldNotContain(runner.Number);
    }

    private static SortedDictionary<long, string> Seen(FleetSnapshot snapshot) => new(snapshot.Runners.ToDictionary(
        one => one.Id.Number,
        one => $"{one.Observed.Description}|{one.Observed.Type}|{one.Attributes.Tags}|{one.Attributes.RunUntagged}|{one.Attributes.Paused}|{one.Attributes.AccessLevel}"
            + $"|{string.Join(',', one.Observed.Managers.OrderBy(manager => manager.SystemId, StringComparer.Ordinal).Select(manager => $"{manager.SystemId}={manager.Executor}"))}"
            + $"|{string.Join(',', one.Observed.ProjectIds.Order())}|{string.Join(',', one.Observed.GroupIds.Order())}"));

    private static SortedDictionary<long, string> Truth(SimulatedPortal portal) => portal.Simulator.Production.Do(world => new SortedDictionary<long, string>(world.Fleet.Runners.ToDictionary(
        one => (long)one.Id,
        one => $"{one.Description}|{one.Type}|{Domain.Shared.TagSet.Of(one.TagList)}|{one.RunUntagged}|{one.Paused}|{(one.RefProtected ? RunnerAccessLevel.RefProtected : RunnerAccessLevel.NotProtected)}"
            + $"|{string.Join(',', one.Managers.OrderBy(manager => manager.SystemId, StringComparer.Ordinal).Select(manager => $"{manager.SystemId}={manager.Executor.Wire()}"))}"
            + $"|{string.Join(',', one.Projects.Select(project => (long)project.Id).Order())}|{(one.Group is { } group ? $"{group.Id}" : "")}")));
}
