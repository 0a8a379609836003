using System.Text.Json.Nodes;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// A quarter of an hour without the fallback tag on real processes, with the portal killed in each part of it: the tag is back
/// on every runner at its end, or first thing after the next start. Each test leaves the fleet as it found it.
/// </summary>
public sealed class BrownoutStory(World world) : IClassFixture<World>, IAsyncLifetime
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private readonly Automation _automation = new(world, TestContext.Current.CancellationToken);
    private SortedDictionary<long, TrueRunner> _first = [];
    private List<long> _carriers = [];
    private string _tag = "";

    private SimulatorControl GitLab => world.Control;

    private PortalApi Api => world.Api;

    public async ValueTask InitializeAsync()
    {
        if ((await Api.GetAsync("status"))["phase"] is null)
        {
            await _automation.CaughtUpAsync();
            await _automation.ConfirmRolesAsync();
            foreach (var tag in (string[])["docker", "linux"]) await Api.PutAsync($"tags/{tag}/decision", new { decision = "adopt" });
            await _automation.RunAsync(Automation.Phase("opt-in"));
            await _automation.RunAsync(Automation.Phase("untagged-takeover", 100, 100));
            await _automation.RunAsync(Automation.Phase("untagged-takeover", 100, 0));
            await _automation.RunAsync(Automation.Phase("docker-fallback"));
        }

        _tag = (await Api.GetAsync("phases/prepare/policy"))["fallbackTag"]!.GetValue<string>();
        _first = await GitLab.RunnersAsync();
        _carriers = [.. _first.Values.Where(runner => runner.TagList.Contains(_tag)).Select(runner => runner.Id)];
        _carriers.Count.ShouldBeGreaterThan(2);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Undisturbed_TakesTheTagAway_InOnePutEach_AndGivesItBack()
    {
        var inputs = await GitLab.InputsAsync();
        var plan = await PlanAsync();
        plan["blockers"]!.AsArray().ShouldBeEmpty();
        var id = await _automation.ApplyAsync(plan);
        using var script = await Api.AskAsync(HttpMethod.Get, $"operations/{id}/break-glass");
        (await script.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(_tag);

        await AwayAsync(_carriers);
        (await GitLab.RunnerUpdatesAsync(inputs)).ShouldBe(_carriers, ignoreOrder: true);
        (await GitLab.RunnersAsync()).Values.Where(runner => _carriers.Contains(runner.Id)).ShouldAllBe(runner => runner.TagList.Contains("idle-legacy"));

        await EndsAsync(id);
        (await GitLab.RunnerUpdatesAsync(inputs)).ShouldBe([.. _carriers, .. _carriers], ignoreOrder: true);
    }

    [Fact]
    public async Task PortalKilled_WhileItTakesTheTagAway_GoesOn_AndGivesItBack()
    {
        var held = await GitLab.HoldAsync(_carriers[1]);
        var id = await _automation.ApplyAsync(await PlanAsync());
        await GitLab.HitAsync(held);

        await world.RestartKilledPortalAsync(TestContext.Current.CancellationToken);

        await AwayAsync(_carriers);
        await EndsAsync(id);
    }

    [Fact]
    public async Task PortalKilled_InTheWindow_GivesItBackOnTime()
    {
        var id = await _automation.ApplyAsync(await PlanAsync());
        await AwayAsync(_carriers);
        await GitLab.AdvanceAsync(Quarter / 2);

        await world.RestartKilledPortalAsync(TestContext.Current.CancellationToken);

        (await GitLab.RunnersAsync()).Values.ShouldAllBe(runner => !runner.TagList.Contains(_tag));
        await EndsAsync(id);
    }

    [Fact]
    public async Task PortalDown_PastTheEnd_GivesItBackFirstThingAfterItsStart()
    {
        var id = await _automation.ApplyAsync(await PlanAsync());
        await AwayAsync(_carriers);
        await world.KillPortalAsync();
        await GitLab.AdvanceAsync(TimeSpan.FromMinutes(40));
        (await GitLab.RunnersAsync()).Values.ShouldAllBe(runner => !runner.TagList.Contains(_tag));

        await world.Portal.StartAsync(TestContext.Current.CancellationToken);

        // The world's clock stands still: nothing but the start brings it back.
        await BackAsync(id);
    }

    [Fact]
    public async Task PortalKilled_WhileItGivesTheTagBack_OneRunnerKeepsItFromNoOther_AndAllHaveItAfterwards()
    {
        var id = await _automation.ApplyAsync(await PlanAsync());
        await AwayAsync(_carriers);
        var held = await GitLab.HoldAsync(_carriers[0]);
        await GitLab.AdvanceAsync(Quarter);
        await GitLab.HitAsync(held);
        await AwayAsync([_carriers[0]]);

        await world.RestartKilledPortalAsync(TestContext.Current.CancellationToken);

        await BackAsync(id);
    }

    private Task<JsonNode> PlanAsync() => _automation.PlanAsync(new { brownout = new { tag = _tag, durationSeconds = (int)Quarter.TotalSeconds } });

    // Exactly these lack it.
    private async Task AwayAsync(IReadOnlyList<long> runners) => await Eventually.BeAsync(
        async () => (await GitLab.RunnersAsync()).Values.Where(runner => _carriers.Contains(runner.Id) && !runner.TagList.Contains(_tag)).Select(runner => runner.Id).ToList(),
        lacking => lacking.Order().SequenceEqual(runners.Order()), TestContext.Current.CancellationToken);

    private async Task EndsAsync(string id)
    {
        await GitLab.AdvanceAsync(Quarter);
        await BackAsync(id);
    }

    private async Task BackAsync(string id)
    {
        await AwayAsync([]);
        var ended = await _automation.FollowAsync(id);
        ended["state"]!.GetValue<string>().ShouldBe("succeeded", ended.ToString());
        (await GitLab.RunnersAsync()).ShouldBe(_first);
    }
}
