using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;
using ProjectHook = MigrationPortal.World.ProjectHook;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

public sealed class HookSweepTests(PostgresFixture postgres)
{
    private const string Address = "http://127.0.0.1:9/portal/hooks/gitlab";
    private static readonly Actor Admin = new(ActorKind.Token, "1");

    [Fact]
    public async Task Install_PutsOneHookIntoEachProject_AndTwiceChangesNothing()
    {
        await using var portal = await StartAsync();
        await VisitAllAsync(portal, HookWishKind.Install);

        var hooks = HooksOf(portal);
        hooks.Count.ShouldBe(Living(portal));
        hooks.ShouldAllBe(hook => hook.Settings.Url == Address && hook.Settings.JobEvents && !hook.Settings.PushEvents && hook.Settings.Token == "secret");
        await VisitAllAsync(portal, HookWishKind.Install);
        HooksOf(portal).Select(hook => hook.Id).ShouldBe(hooks.Select(hook => hook.Id));
        (await portal.Get<IAuditTrail>().NewestAsync(10, null, default)).Count(one => one.Entry.What == "webhooks.install").ShouldBe(2);
    }

    [Fact]
    public async Task Check_NamesWhatIsWrong_InstallSetsItRight_RemoveTakesAllOut()
    {
        await using var portal = await StartAsync();
        await VisitAllAsync(portal, HookWishKind.Install);
        var hooks = HooksOf(portal);
        portal.Simulator.Production.Do(world =>
        {
            hooks[0].AlertStatus = "disabled";
            hooks[1].Settings = hooks[1].Settings with { Url = "http://elsewhere.example.org/" };
            world.Apply(new DeleteHook(hooks[2].ProjectId, hooks[2].Id));
            return 0;
        });
        using var http = new HttpClient { BaseAddress = portal.Simulator.Address };
        (await http.PostAsJsonAsync("/_sim/faults", new { kind = "status", status = 403, path = $"/api/v4/projects/{hooks[3].ProjectId}/hooks" })).EnsureSuccessStatusCode();

        await VisitAllAsync(portal, HookWishKind.Check);

        var troubled = await portal.Get<IJobHookStore>().ListAsync(SimulatedPortal.Production, true, 100, null, default);
        troubled.ToDictionary(one => one.Project.Number, one => one.State).ShouldBe(new Dictionary<long, HookState?>
        {
            [hooks[0].ProjectId] = HookState.Disabled,
            [hooks[1].ProjectId] = HookState.Elsewhere,
            [hooks[2].ProjectId] = HookState.Missing,
            [hooks[3].ProjectId] = HookState.Refused,
        }, ignoreOrder: true);
        troubled.Single(one => one.State == HookState.Refused).Said.ShouldBe("403");
        HooksOf(portal).Count.ShouldBe(hooks.Count - 1);

        (await http.DeleteAsync("/_sim/faults")).EnsureSuccessStatusCode();
        await VisitAllAsync(portal, HookWishKind.Install);
        HooksOf(portal).Count(hook => hook.Settings.Url == Address).ShouldBe(hooks.Count);

        await VisitAllAsync(portal, HookWishKind.Remove);
        HooksOf(portal).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("temporarily_disabled")]
    public async Task Install_OfASwitchedOffHook_TestsItWhichSwitchesItOn_OrSaysWhyNot(string alert)
    {
        await using var portal = await StartAsync();
        await VisitAllAsync(portal, HookWishKind.Install);
        var hooks = HooksOf(portal);
        // A test event tells of a job, so GitLab refuses it for a project that has none.
        var (withJobs, without) = portal.Simulator.Production.Do(world => (
            hooks.First(hook => world.Jobs.OfProject(world.Directory.Projects.Single(one => one.Id == hook.ProjectId), null, null, 0, 1).Count > 0),
            hooks.First(hook => world.Jobs.OfProject(world.Directory.Projects.Single(one => one.Id == hook.ProjectId), null, null, 0, 1).Count == 0)));
        portal.Simulator.Production.Do(_ => withJobs.AlertStatus = without.AlertStatus = alert);

        await VisitAllAsync(portal, HookWishKind.Check);
        (await TroubledAsync(portal)).Keys.ShouldBe([withJobs.ProjectId, without.ProjectId], ignoreOrder: true);
        withJobs.AlertStatus.ShouldBe(alert);

        await VisitAllAsync(portal, HookWishKind.Install);

        withJobs.AlertStatus.ShouldBe("executable");
        var left = (await TroubledAsync(portal)).Single();
        (left.Key, left.Value.State).ShouldBe((without.ProjectId, HookState.Disabled));
        left.Value.Said!.ShouldEndWith("The portal's own test of it failed: Ensure the project has CI jobs.");
        HooksOf(portal).Count.ShouldBe(hooks.Count);
    }

    [Fact]
    public async Task Restart_InTheMiddle_GoesOnWithTheRest_AndInstallsNoneTwice()
    {
        await using var portal = await StartAsync();
        var all = Living(portal);
        (await portal.Get<WishJobHooks>().RunAsync(SimulatedPortal.Production, HookWishKind.Install, null, Admin, default)).ShouldBeOfType<Outcome<HookWish>.Done>();
        var wish = (await portal.Get<IJobHookStore>().WishAsync(SimulatedPortal.Production, default))!;
        // Killed after GitLab made the hook of the third project and before the portal wrote it down.
        using (var killed = new CancellationTokenSource())
        {
            var store = new DiesAtTheThird(portal.Get<IJobHookStore>(), killed);
            var sweep = ActivatorUtilities.CreateInstance<HookSweep>(portal.Replica(), store);
            await Should.ThrowAsync<OperationCanceledException>(() => sweep.RunAsync(SimulatedPortal.Production, killed.Token));
        }

        HooksOf(portal).Count.ShouldBe(3);
        (await portal.Get<IJobHookStore>().ProgressAsync(wish, default)).Visited.ShouldBe(2);

        await using var again = portal.Replica();
        for (var run = 0; run < 20 && (await again.GetRequiredService<IJobHookStore>().ProgressAsync(wish, default)) is var left && left.Visited < left.Projects; run++)
            await ActivatorUtilities.CreateInstance<HookSweep>(again).RunAsync(SimulatedPortal.Production, default);

        var hooks = HooksOf(portal);
        hooks.Count.ShouldBe(all);
        hooks.Select(hook => hook.ProjectId).ShouldBeUnique();
        (await again.GetRequiredService<IJobHookStore>().ListAsync(SimulatedPortal.Production, true, 10, null, default)).ShouldBeEmpty();
        (await again.GetRequiredService<IJobHookStore>().ProgressAsync(wish, default)).States.ShouldBe(new Dictionary<HookState, long> { [HookState.Installed] = all });
    }

    [Fact]
    public async Task Stopped_NothingMoreIsVisited_AndOnlyActiveProjectsAreConcerned()
    {
        await using var portal = await StartAsync();
        var (wish, store) = (portal.Get<WishJobHooks>(), portal.Get<IJobHookStore>());
        await wish.RunAsync(SimulatedPortal.Production, HookWishKind.Install, null, Admin, default);
        await wish.StopAsync(SimulatedPortal.Production, Admin, default);
        await portal.RunAsync<HookSweep>();
        HooksOf(portal).ShouldBeEmpty();

        await wish.RunAsync(SimulatedPortal.Production, HookWishKind.Install, 30, Admin, default);
        // No job was read yet, so none is known to be active.
        (await store.ProgressAsync((await store.WishAsync(SimulatedPortal.Production, default))!, default)).Projects.ShouldBe(0);
    }

    [Fact]
    public async Task WithoutItsSettings_IsRefusedNamingEach()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, change: settings => settings["Portal:GitLab:Instances:0:WriteToken"] = null);

        var refused = (await portal.Get<WishJobHooks>().RunAsync(SimulatedPortal.Production, HookWishKind.Install, null, Admin, default)).ShouldBeOfType<Outcome<HookWish>.Refused>().Refusal;

        refused.Code.ShouldBe("hooks-not-set-up");
        refused.Reasons.Select(reason => reason.Split(' ')[0]).ShouldBe(["Portal:PublicUrl", "Portal:GitLab:Instances:0:WebhookToken", "Portal:GitLab:Instances:0:WriteToken"]);
    }

    private async Task<SimulatedPortal> StartAsync()
    {
        var portal = await SimulatedPortal.StartAsync(postgres, change: settings =>
        {
            settings["Portal:PublicUrl"] = "http://127.0.0.1:9/portal/";
            settings["Portal:GitLab:Instances:0:WebhookToken"] = "secret";
        });
        await portal.RunAsync<ProjectSweep>();
        return portal;
    }

    private static async Task VisitAllAsync(SimulatedPortal portal, HookWishKind kind)
    {
        (await portal.Get<WishJobHooks>().RunAsync(SimulatedPortal.Production, kind, null, Admin, default)).ShouldBeOfType<Outcome<HookWish>.Done>();
        var store = portal.Get<IJobHookStore>();
        for (var run = 0; run < 20; run++)
        {
            var state = await portal.RunAsync<HookSweep>();
            var progress = await store.ProgressAsync((await store.WishAsync(SimulatedPortal.Production, default))!, default);
            if (progress.Visited == progress.Projects) return;
            state.Outcome.ShouldNotBe(Domain.Instances.SweepOutcome.Failed, state.Said);
        }

        throw new InvalidOperationException("Twenty runs did not visit all projects.");
    }

    private static async Task<Dictionary<long, Domain.Jobs.ProjectHook>> TroubledAsync(SimulatedPortal portal) =>
        (await portal.Get<IJobHookStore>().ListAsync(SimulatedPortal.Production, true, 100, null, default)).ToDictionary(one => one.Project.Number);

    private static List<ProjectHook> HooksOf(SimulatedPortal portal) => portal.Simulator.Production.Do(world => world.Directory.Projects.SelectMany(project => project.Hooks).ToList());

    private static int Living(SimulatedPortal portal) => portal.Simulator.Production.Do(world => world.Directory.Projects.Count(project => !project.Archived));

    private sealed class DiesAtTheThird(IJobHookStore store, CancellationTokenSource life) : IJobHookStore
    {
        private int _saved;

        public async Task SaveAsync(Domain.Jobs.ProjectHook seen, long wish, CancellationToken cancel)
        {
            if (++_saved == 3) await life.CancelAsync();
            cancel.ThrowIfCancellationRequested();
            await store.SaveAsync(seen, wish, cancel);
        }

        public Task<HookWish?> WishAsync(InstanceId instance, CancellationToken cancel) => store.WishAsync(instance, cancel);

        public Task SaveWishAsync(HookWish wish, CancellationToken cancel) => store.SaveWishAsync(wish, cancel);

        public Task<IReadOnlyList<Domain.Jobs.ProjectHook>> NextAsync(HookWish wish, int limit, CancellationToken cancel) => store.NextAsync(wish, limit, cancel);

        public Task<HookProgress> ProgressAsync(HookWish wish, CancellationToken cancel) => store.ProgressAsync(wish, cancel);

        public Task<IReadOnlyList<Domain.Jobs.ProjectHook>> ListAsync(InstanceId instance, bool troubled, int limit, long? after, CancellationToken cancel) => store.ListAsync(instance, troubled, limit, after, cancel);
    }
}
