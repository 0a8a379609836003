using System.Text.Json.Nodes;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// Half of the Kubernetes runners take untagged jobs when something goes wrong, on real processes with the stepped clock: what
/// is Kubernetes's own fault brings the step back by itself, what hits docker as well does not.
/// </summary>
public sealed class GuardStory(GuardedWorld world) : IClassFixture<GuardedWorld>, IAsyncLifetime
{
    private const int Morning = 9;

    private static readonly TimeSpan Look = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(70);
    private static readonly object Half = Automation.Phase("untagged-takeover", 50, 100);

    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;
    private readonly Automation _automation = new(world, TestContext.Current.CancellationToken);
    private SortedDictionary<long, TrueRunner> _before = [];
    private IReadOnlyList<long> _widened = [];
    private DateTimeOffset _begin;

    private Sweeps Sweeps => new(world, _cancel);

    public async ValueTask InitializeAsync()
    {
        var phase = (await world.Api.GetAsync("status"))["phase"];
        if (phase is null)
        {
            await _automation.CaughtUpAsync();
            await _automation.ConfirmRolesAsync();
        }

        await ToAMorningAsync();
        // Whatever the test before left: a step is rolled back to what stood before it.
        if (phase?["phase"]!.GetValue<string>() != "opt-in" || phase["evacuated"]!.GetValue<bool>()) await _automation.RunAsync(Automation.Phase("opt-in"));
        _before = await world.Control.RunnersAsync(_cancel);
        var inputs = await world.Control.InputsAsync(_cancel);
        await _automation.RunAsync(Half);
        _widened = await world.Control.RunnerUpdatesAsync(inputs, _cancel);
        // What went wrong in the test before is out of the hour that is judged.
        await world.Control.AdvanceAsync(Quiet, _cancel);
        await Sweeps.LookedAsync("jobs", "reasons", "fleet", "guard");
        _begin = await world.Control.NowAsync(_cancel);
    }

    // Each test has a workday of its own: at noon and in the evening too few jobs run to tell anything.
    private async Task ToAMorningAsync()
    {
        var now = await world.Control.NowAsync(_cancel);
        if (now.Hour <= Morning) return;
        var next = new DateTimeOffset(now.Date.AddDays(1), TimeSpan.Zero).AddHours(Morning);
        while (next.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) next = next.AddDays(1);
        await world.Control.AdvanceAsync(next - now, _cancel);
        await Sweeps.LookedAsync("jobs", "reasons", "fleet");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task OutageOfKubernetes_RollsTheStepBack_AtTheFirstReadingThatShowsIt()
    {
        await StrikeAsync("kubernetes");
        var acted = await UntilActedAsync();
        acted["act"]!.GetValue<string>().ShouldBe("rollBack");
        (await _automation.FollowAsync(acted["operationId"]!.ToString()))["state"]!.GetValue<string>().ShouldBe("rolledBack");
        (await world.Api.GetAsync("status"))["phase"]!.ToString().ShouldContain("opt-in");
        await UnservedShouldBeNobodyAsync();

        // No earlier reading had the burst and let it be.
        var first = (await HistoryAsync()).Where(one => Burst(one) == "rollBack").MinBy(At)!;
        first["id"]!.GetValue<long>().ShouldBe(acted["id"]!.GetValue<long>(), first.ToString());
        acted["done"]!.GetValue<string>().ShouldContain("is being rolled back");
    }

    [Fact]
    public async Task PortalKilled_InTheRollBackThatItBegan_RestoresEachRunnerOnce_AndRollsNothingElseBack()
    {
        var inputs = await world.Control.InputsAsync(_cancel);
        var held = await world.Control.HoldAsync(_widened[0]);
        await StrikeAsync("kubernetes");
        var operation = (await UntilActedAsync())["operationId"]!.ToString();
        await world.Control.HitAsync(held, _cancel);

        await world.RestartKilledPortalAsync(_cancel);

        (await _automation.FollowAsync(operation))["state"]!.GetValue<string>().ShouldBe("rolledBack");
        (await world.Control.RunnersAsync(_cancel)).ShouldBe(_before);
        (await world.Control.RunnerUpdatesAsync(inputs, _cancel)).ShouldBe(_widened, ignoreOrder: true, "each runner is restored once");
        // The hour still shows the burst, and there is nothing to roll back any more.
        for (var looks = 0; looks < 3; looks++) await LookAsync();
        (await HistoryAsync()).Where(one => one["operationId"] is not null).ShouldHaveSingleItem()["operationId"]!.ToString().ShouldBe(operation);
        (await world.Control.RunnersAsync(_cancel)).ShouldBe(_before);
        await world.RolledBackOnceByThePortalAsync(operation, _cancel);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OutageThatHitsDocker_AloneOrAsWell_RollsNothingBack(bool alone)
    {
        foreach (var executor in (string?[])(alone ? ["docker", "docker+machine"] : [null])) await StrikeAsync(executor);
        for (var looks = 0; looks < 6; looks++) await LookAsync();
        var failing = (await world.Api.GetAsync("gates/guard", _cancel))["rules"]!.AsArray().Single(rule => rule!["key"]!.GetValue<string>() == "burst")!;
        failing["sentence"]!.GetValue<string>().ShouldMatch("on docker [1-9][0-9]+ of");
        (await HistoryAsync()).Where(one => one["act"]!.GetValue<string>() is "rollBack" or "evacuate").ShouldBeEmpty();
    }

    [Fact]
    public async Task DarkClusters_AreEvacuated()
    {
        foreach (var cluster in (string[])["k8s-a", "k8s-b"]) await world.Control.ActAsync(new { kind = "dark-start", cluster, minutes = 45 }, _cancel);
        var acted = await UntilActedAsync();
        acted["act"]!.GetValue<string>().ShouldBe("evacuate");
        (await _automation.FollowAsync(acted["operationId"]!.ToString()))["state"]!.GetValue<string>().ShouldBe("succeeded");
        await UnservedShouldBeNobodyAsync();
        await world.Control.AdvanceAsync(TimeSpan.FromMinutes(45), _cancel);
    }

    private Task StrikeAsync(string? executor) => world.Control.IncidentAsync(new { name = "outage", executor, addedRate = 0.9, minutes = 30 }, _cancel);

    private async Task LookAsync()
    {
        await world.Control.AdvanceAsync(Look, _cancel);
        await Sweeps.LookedAsync("jobs", "reasons", "fleet", "guard");
    }

    private async Task<JsonNode> UntilActedAsync()
    {
        for (var looks = 0; looks < 6; looks++)
        {
            await LookAsync();
            if ((await HistoryAsync()).FirstOrDefault(one => one["operationId"] is not null) is { } acted) return acted;
        }

        throw new TimeoutException($"Nothing was done within half an hour: {await world.Api.GetAsync("gates/guard", _cancel)}");
    }

    // Newest first, of this test alone.
    private async Task<IReadOnlyList<JsonNode>> HistoryAsync() =>
        [.. (await world.Api.GetAsync("gates/guard/history?limit=100", _cancel))["items"]!.AsArray().OfType<JsonNode>().Where(one => At(one) > _begin)];

    private async Task UnservedShouldBeNobodyAsync() =>
        (await world.Control.ClassesAsync(_cancel)).Where(one => one is { PendingNow: > 0, ServedNow: false }).ShouldBeEmpty();

    private static DateTimeOffset At(JsonNode reading) => reading["at"]!.GetValue<DateTimeOffset>();

    private static string? Burst(JsonNode reading) => reading["rules"]!.AsArray().Where(rule => rule!["key"]!.GetValue<string>().StartsWith("burst", StringComparison.Ordinal)).Select(rule => rule!["act"]!.GetValue<string>()).FirstOrDefault(act => act == "rollBack");
}
