using System.Text.Json;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// A plan of seven steps in two waves (three Kubernetes runners adopt tags, then four docker runners give them up) on real
/// processes, with the portal killed, GitLab failing and somebody else meddling. Each test leaves the fleet as it found it.
/// </summary>
public sealed class ResilienceStory(World world) : IClassFixture<World>, IAsyncLifetime
{
    private const int Widening = 3;

    private static readonly object Target = Automation.Phase("docker-fallback");
    private static readonly object Because = new { reason = "because" };

    // What can happen to one PUT. All but the last do not reach the runner; of the last only the answer is lost.
    private static readonly object[] Mishaps =
    [
        new { kind = "status", status = 503 }, new { kind = "drop" }, new { kind = "html" }, new { kind = "rate-limit", retryAfter = 1 }, new { kind = "status", status = 502, after = true },
    ];

    private readonly Automation _automation = new(world, TestContext.Current.CancellationToken);
    private SortedDictionary<long, TrueRunner> _first = [];
    private SortedDictionary<long, TrueRunner> _reached = [];
    private IReadOnlyList<long> _steps = [];

    private SimulatorControl GitLab => world.Control;

    private PortalApi Api => world.Api;

    /// <summary>Untagged jobs have moved; the plan is walked undisturbed and back once, for the fleets that every test must end in.</summary>
    public async ValueTask InitializeAsync()
    {
        if ((await Api.GetAsync("status"))["phase"] is null) await MoveUntaggedAsync();
        _first = await GitLab.RunnersAsync();
        var undisturbed = await _automation.RunAsync(Target);
        _steps = [.. undisturbed["steps"]!.AsArray().Select(step => step!["runnerId"]!.GetValue<long>())];
        _steps.Count.ShouldBe(7);
        _reached = await GitLab.RunnersAsync();
        await BackAsync(undisturbed["id"]!.ToString());
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task PortalKilled_WithAnyStepOfAWaveMissing_EndsInTheSameFleet_EachStepWrittenOnce_AndTheWayBackIsWhole()
    {
        for (var missing = 0; missing < _steps.Count; missing++)
        {
            var held = await GitLab.HoldAsync(_steps[missing]);
            var inputs = await GitLab.InputsAsync();
            var id = await _automation.ApplyAsync(await _automation.PlanAsync(Target));
            await GitLab.HitAsync(held);
            // The others of its wave are written beside it; those of the next one are not begun.
            await WrittenAsync(inputs, _steps.Take(missing < Widening ? Widening : _steps.Count).Where(step => step != _steps[missing]));

            await world.RestartKilledPortalAsync(TestContext.Current.CancellationToken);

            await SucceededAsync(id);
            (await GitLab.RunnerUpdatesAsync(inputs)).ShouldBe(_steps, ignoreOrder: true, $"killed before step {missing}");
            await BackAsync(id);
        }
    }

    [Fact]
    public async Task PortalKilled_AgainAndAgain_ForwardsAndBackwards_EndsInTheSameFleet()
    {
        var inputs = await GitLab.InputsAsync();
        // The same step twice: what is left over is met again by whoever goes on.
        int[] points = [0, 0, 4, 4];
        var held = await GitLab.HoldAsync(_steps[points[0]]);
        var id = await _automation.ApplyAsync(await _automation.PlanAsync(Target));
        for (var at = 0; at < points.Length; at++)
        {
            await GitLab.HitAsync(held);
            if (at + 1 < points.Length) held = await GitLab.HoldAsync(_steps[points[at + 1]]);
            await world.RestartKilledPortalAsync(TestContext.Current.CancellationToken);
        }

        await SucceededAsync(id);
        (await GitLab.RunnerUpdatesAsync(inputs)).ShouldBe(_steps, ignoreOrder: true);

        held = await GitLab.HoldAsync(_steps[^1]);
        await Api.PostAsync($"operations/{id}/rollback", Because);
        await GitLab.HitAsync(held);
        await world.RestartKilledPortalAsync(TestContext.Current.CancellationToken);
        (await _automation.FollowAsync(id))["state"]!.GetValue<string>().ShouldBe("rolledBack");
        (await GitLab.RunnersAsync()).ShouldBe(_first);
    }

    [Fact]
    public async Task GitLabFails_AtEveryStep_EndsAfterResumeInTheSameFleet_AndTheWayBackIsWhole()
    {
        var plan = await _automation.PlanAsync(Target);
        for (var step = 0; step < _steps.Count; step++)
        {
            await FaultAsync(_steps[step], new { kind = "status", status = 403 });
            await FaultAsync(_steps[step], Mishaps[step % Mishaps.Length]);
        }

        var id = await _automation.ApplyAsync(plan);
        var refused = new SortedSet<int>();
        while (refused.Count < _steps.Count)
        {
            var halted = await _automation.FollowAsync(id);
            halted["haltCode"]!.GetValue<string>().ShouldBe("gitlab-refused");
            var failed = Enumerable.Range(0, _steps.Count).Where(step => halted["steps"]![step]!["state"]!.GetValue<string>() == "failed").ToList();
            failed.ShouldNotBeEmpty();
            foreach (var step in failed)
            {
                halted["steps"]![step]!["message"]!.GetValue<string>().ShouldContain("403");
                refused.Add(step).ShouldBeTrue($"step {step} was refused once");
            }

            await Api.PostAsync($"operations/{id}/resume", Because);
        }

        await SucceededAsync(id);
        await BackAsync(id);
    }

    [Fact]
    public async Task WriteTokenRevokedInTheMiddle_WaitsNamingTheSetting_AndGoesOnByItself()
    {
        var inputs = await GitLab.InputsAsync();
        var held = await GitLab.FaultAsync(new { kind = "latency", latencyMs = 3_000, method = "PUT", path = PathOf(_steps[2]), count = 1 });
        var id = await _automation.ApplyAsync(await _automation.PlanAsync(Target));
        await GitLab.HitAsync(held);
        await GitLab.TokenAsync("admin", "revoke");

        await Eventually.BeAsync(async () => (await Api.GetAsync($"operations/{id}"))["waits"]?.GetValue<string>() ?? "", waits => waits.Contains("WriteToken is not accepted", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (await GitLab.RunnerUpdatesAsync(inputs)).ShouldBeSubsetOf(_steps.Take(Widening));

        await GitLab.TokenAsync("admin", "restore");
        await SucceededAsync(id);
        (await GitLab.RunnerUpdatesAsync(inputs)).ShouldBe(_steps, ignoreOrder: true);
        await BackAsync(id);
    }

    [Fact]
    public async Task DatabaseLostInTheMiddle_OfAWrite_GoesOnByItself_EachStepWrittenOnce()
    {
        var inputs = await GitLab.InputsAsync();
        var held = await GitLab.FaultAsync(new { kind = "latency", latencyMs = 3_000, method = "PUT", path = PathOf(_steps[2]), count = 1 });
        var id = await _automation.ApplyAsync(await _automation.PlanAsync(Target));
        await GitLab.HitAsync(held);
        // The others of its wave pay for their requests in the database, so they must be through before it is lost.
        await WrittenAsync(inputs, _steps.Take(Widening).Except([_steps[2]]));

        // The write reaches GitLab; that it did cannot be noted.
        world.Link.Cut();
        await WrittenAsync(inputs, _steps.Take(Widening));
        world.Link.Mend();

        await Eventually.BeAsync(ReadyAsync, ready => ready, TestContext.Current.CancellationToken);
        await SucceededAsync(id);
        (await GitLab.RunnerUpdatesAsync(inputs)).ShouldBe(_steps, ignoreOrder: true);
        await BackAsync(id);
    }

    [Fact]
    public async Task RunnerChangedBySomebodyElseInTheMiddle_Halts_ThenResumeAndRollBackBothWork()
    {
        var (early, late) = (_steps[1], _steps[5]);
        var id = await MeddledAsync(early, late);
        // Not put back: it halts again, and touches nothing.
        await Api.PostAsync($"operations/{id}/resume", Because);
        await HaltedAsChangedAsync(id, late);
        await RestoreAsync(late);
        await Api.PostAsync($"operations/{id}/resume", Because);
        await SucceededAsync(id);
        await BackAsync(id);

        id = await MeddledAsync(early, late);
        var theirs = (await GitLab.RunnersAsync())[late];
        await _automation.RollBackAsync(id);
        (await GitLab.RunnersAsync()).ShouldBe(new SortedDictionary<long, TrueRunner>(_first) { [late] = theirs });
        await RestoreAsync(late);
        (await GitLab.RunnersAsync()).ShouldBe(_first);
    }

    // GitLab refuses a step of the first wave; while the operation rests there, somebody changes a runner of the second.
    private async Task<string> MeddledAsync(long early, long late)
    {
        var plan = await _automation.PlanAsync(Target);
        await FaultAsync(early, new { kind = "status", status = 403 });
        var id = await _automation.ApplyAsync(plan);
        (await _automation.FollowAsync(id))["haltCode"]!.GetValue<string>().ShouldBe("gitlab-refused");
        await GitLab.ActAsync(new { kind = "runner-update", runnerId = late, tagList = _first[late].TagList.Append("theirs") });
        await Api.PostAsync($"operations/{id}/resume", Because);
        await HaltedAsChangedAsync(id, late);
        return id;
    }

    private async Task HaltedAsChangedAsync(string id, long runner)
    {
        var halted = await _automation.FollowAsync(id);
        halted["haltCode"]!.GetValue<string>().ShouldBe("changed-meanwhile", halted.ToString());
        halted["waits"]!.GetValue<string>().ShouldContain(_first[runner].Description);
        halted["waits"]!.GetValue<string>().ShouldContain("theirs");
        (await GitLab.RunnersAsync())[runner].TagList.ShouldContain("theirs");
    }

    private async Task<bool> ReadyAsync()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(world.Portal.Address, "health/ready"), TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode;
    }

    private Task RestoreAsync(long runner) => GitLab.ActAsync(new { kind = "runner-update", runnerId = runner, tagList = _first[runner].TagList });

    private async Task SucceededAsync(string id)
    {
        var ended = await _automation.FollowAsync(id);
        ended["state"]!.GetValue<string>().ShouldBe("succeeded", ended.ToString());
        (await GitLab.RunnersAsync()).ShouldBe(_reached);
        (await Api.GetAsync("status"))["phase"]!["phase"]!.GetValue<string>().ShouldBe("docker-fallback");
    }

    private async Task BackAsync(string id)
    {
        await _automation.RollBackAsync(id);
        (await GitLab.RunnersAsync()).ShouldBe(_first);
        (await Api.GetAsync("status"))["phase"]!["phase"]!.GetValue<string>().ShouldBe("untagged-takeover");
    }

    private async Task WrittenAsync(int inputs, IEnumerable<long> steps) => await Eventually.BeAsync(
        async () => (await GitLab.RunnerUpdatesAsync(inputs)).Order().ToList(), written => written.SequenceEqual(steps.Order()), TestContext.Current.CancellationToken);

    private Task<int> FaultAsync(long runner, object mishap)
    {
        var fault = JsonSerializer.SerializeToNode(mishap)!.AsObject();
        (fault["method"], fault["path"], fault["count"]) = ("PUT", PathOf(runner), 1);
        return GitLab.FaultAsync(fault);
    }

    private static string PathOf(long runner) => $"/api/v4/runners/{runner}";

    private async Task MoveUntaggedAsync()
    {
        await _automation.CaughtUpAsync();
        foreach (var runner in await _automation.RunnersAsync())
        {
            // One cluster is enough: fewer steps, fewer restarts.
            if (runner["description"]!.GetValue<string>().StartsWith("k8s-b", StringComparison.Ordinal)) await Api.PutAsync($"runners/{runner["id"]}/role", new { role = "kubernetes", managed = false });
        }

        await _automation.ConfirmRolesAsync();
        foreach (var tag in (string[])["docker", "linux"]) await Api.PutAsync($"tags/{tag}/decision", new { decision = "adopt" });
        await _automation.RunAsync(Automation.Phase("opt-in"));
        await _automation.RunAsync(Automation.Phase("untagged-takeover", 100, 100));
        await _automation.RunAsync(Automation.Phase("untagged-takeover", 100, 0));
    }
}
