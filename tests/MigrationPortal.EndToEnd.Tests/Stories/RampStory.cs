using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// Ramp steps of the takeover on real processes, with the portal killed (-9) while it writes a runner, forwards and then
/// on the way back: the fleet ends as the step wants it, and as it was before.
/// </summary>
public sealed class RampStory(World world) : IClassFixture<World>
{
    private static readonly (int Kubernetes, int Legacy)[] Ramp = [(1, 100), (100, 100), (100, 50)];

    private readonly Automation _automation = new(world, TestContext.Current.CancellationToken);

    private SimulatorControl GitLab => world.Control;

    [Fact]
    public async Task PortalKilled_InARampStep_AndInItsRollBack_EndsAsTheStepWants_AndAsBefore()
    {
        await _automation.CaughtUpAsync();
        await _automation.ConfirmRolesAsync();
        foreach (var tag in (string[])["docker", "linux"]) await world.Api.PutAsync($"tags/{tag}/decision", new { decision = "adopt" });
        await _automation.RunAsync(Automation.Phase("opt-in"));

        foreach (var (kubernetes, legacy) in Ramp)
        {
            var before = await GitLab.RunnersAsync();
            var plan = await _automation.PlanAsync(Automation.Phase("untagged-takeover", kubernetes, legacy));
            var steps = plan["steps"]!.AsArray().Select(step => step!["runnerId"]!.GetValue<long>()).ToList();
            steps.ShouldNotBeEmpty();

            var held = await GitLab.HoldAsync(steps[^1]);
            var inputs = await GitLab.InputsAsync();
            var id = await _automation.ApplyAsync(plan);
            await KillAtAsync(held, id);
            (await _automation.FollowAsync(id))["state"]!.GetValue<string>().ShouldBe("succeeded");
            (await GitLab.RunnerUpdatesAsync(inputs)).ShouldBe(steps, ignoreOrder: true, "each runner is written once");
            var reached = await GitLab.RunnersAsync();
            (await world.Api.PostAsync("plans", new { target = Automation.Phase("untagged-takeover", kubernetes, legacy) }, TestContext.Current.CancellationToken))["steps"]!.AsArray().ShouldBeEmpty();

            held = await GitLab.HoldAsync(steps[0]);
            await world.Api.PostAsync($"operations/{id}/rollback", new { reason = "back" }, TestContext.Current.CancellationToken);
            await KillAtAsync(held, id);
            (await _automation.FollowAsync(id))["state"]!.GetValue<string>().ShouldBe("rolledBack");
            (await GitLab.RunnersAsync()).ShouldBe(before);

            await _automation.RunAsync(Automation.Phase("untagged-takeover", kubernetes, legacy));
            (await GitLab.RunnersAsync()).ShouldBe(reached);
        }
    }

    // The world lives on until the write hangs; it hangs until its caller is gone.
    private async Task KillAtAsync(int held, string id)
    {
        var hit = GitLab.HitAsync(held, TestContext.Current.CancellationToken);
        while (!hit.IsCompleted)
        {
            if ((await world.Api.GetAsync($"operations/{id}?waitSeconds=1", TestContext.Current.CancellationToken))["waits"] is not null) await GitLab.AdvanceAsync(TimeSpan.FromSeconds(20));
        }

        await hit;
        await world.RestartKilledPortalAsync(TestContext.Current.CancellationToken);
    }
}
