using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Fleet;

/// <summary>What owners say of their docker runners, against the simulated GitLab and the real store.</summary>
public sealed class OwnerAnswerTests(PostgresFixture postgres)
{
    private static readonly InstanceId Instance = SimulatedPortal.Production;

    [Fact]
    public async Task Answer_IsKept_Audited_Replaced_AndTakenBack()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        var runner = (await ReadAsync(portal))[0].Id;

        Done(await AnswerAsync(portal, runner, OwnerSays.Keep, " a rack of our own "))!.Reason.ShouldBe("a rack of our own");
        (await ReadAsync(portal)).Single(one => one.Id == runner).Answer!.Word.ShouldBe("keep");
        Done(await AnswerAsync(portal, runner, OwnerSays.Done, null));
        (await ReadAsync(portal)).Single(one => one.Id == runner).Answer!.ShouldSatisfyAllConditions(one => one.Word.ShouldBe("done"), one => one.Reason.ShouldBeNull());
        Done(await AnswerAsync(portal, runner, null, null)).ShouldBeNull();
        Done(await AnswerAsync(portal, runner, null, null)).ShouldBeNull();

        (await ReadAsync(portal)).Single(one => one.Id == runner).Answer.ShouldBeNull();
        (await portal.Get<IAuditTrail>().NewestAsync(10, null, default)).Count(one => one.Entry is { What: "runner.answer" } && one.Entry.Subject == $"runner/{runner.Number}").ShouldBe(3);
    }

    [Fact]
    public async Task Answers_ThatCannotBe_AreRefused()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();
        var all = (await portal.Get<IFleetStore>().LatestAsync(Instance, default))!.Runners;

        Refused(await AnswerAsync(portal, new RunnerId(Instance, 987_654), OwnerSays.Done, null)).ShouldBe("unknown-runner");
        Refused(await AnswerAsync(portal, all.First(one => one.Observed.Type == RunnerType.Instance).Id, OwnerSays.Done, null)).ShouldBe("no-owner");
        Refused(await AnswerAsync(portal, (await ReadAsync(portal))[0].Id, OwnerSays.Keep, " ")).ShouldBe("reason-missing");
        (await portal.Get<IOwnerAnswers>().ReadAsync(Instance, default)).ShouldBeEmpty();
    }

    /// <summary>Only those of groups and projects, only with docker, and those that end first come first.</summary>
    [Fact]
    public async Task Runners_AreTheDockerOnesOfOwners()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.RunAsync<FleetSweep>();

        var found = await ReadAsync(portal);

        found.ShouldNotBeEmpty();
        found.ShouldAllBe(one => one.Runner.Runner.Observed.Type != RunnerType.Instance && one.Runner.Runner.Observed.Managers.Any(manager => manager.Executor.Family == ExecutorFamily.Docker));
        found.Select(one => one.Runner.EndsWithGitLab20).ShouldBe(found.Select(one => one.Runner.EndsWithGitLab20).OrderDescending());
    }

    private static async Task<IReadOnlyList<OwnedRunner>> ReadAsync(SimulatedPortal portal)
    {
        var now = portal.Get<IWorldClock>().Now(Instance);
        return (await portal.Get<OwnedRunners>().RunAsync(Instance, TimeWindow.Last(TimeSpan.FromDays(28), now), TimeWindow.Last(TimeSpan.FromDays(7), now), default))!;
    }

    private static Task<Outcome<OwnerAnswer?>> AnswerAsync(SimulatedPortal portal, RunnerId runner, OwnerSays? says, string? reason) => portal.Get<AnswerForRunner>().RunAsync(runner, says, reason, Actor.Portal, default);

    private static T Done<T>(Outcome<T> outcome) => outcome.Match(done => done, no => throw new InvalidOperationException(no.Code));

    private static string Refused<T>(Outcome<T> outcome) => outcome.Match(_ => "done", no => no.Code);
}
