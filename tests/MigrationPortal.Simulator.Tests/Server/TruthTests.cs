using System.Net.Http.Json;

namespace MigrationPortal.Tests.Simulated;

public sealed class TruthTests(Simulated sim) : IClassFixture<Simulated>
{
    [Fact]
    public async Task Advance_StepsTheClock_AndAnswersWhenItIsThere()
    {
        var before = sim.Host.Now;
        using var answer = await sim.Http.PostAsJsonAsync("/_sim/advance", new { seconds = 5400 });

        ((DateTimeOffset)(await Simulated.BodyAsync(answer))["now"]!).ShouldBe(before.AddMinutes(90));
        ((DateTimeOffset)(await sim.JsonAsync("/_sim/clock", ""))["now"]!).ShouldBe(before.AddMinutes(90));
        sim.Host.Qa.Do(w => w.Now).ShouldBe(before.AddMinutes(90));
    }

    [Fact]
    public async Task Truth_CountsWhatTheJobsSay()
    {
        var truth = await sim.JsonAsync("/_sim/truth", "");
        var finished = 0;
        var failed = 0;
        long? after = 0;
        while (after is not null)
        {
            var page = await sim.JsonAsync($"/_sim/truth/jobs?after={after}&limit=200", "");
            finished += page["items"]!.AsArray().Count(j => (string)j!["status"]! is "success" or "failed" or "canceled");
            failed += page["items"]!.AsArray().Count(j => (string)j!["status"]! == "failed");
            after = (long?)page["next"];
        }

        ((int)truth["totals"]!["finished"]!).ShouldBe(finished);
        ((int)truth["totals"]!["failed"]!).ShouldBe(failed);
        truth["executors"]!.AsArray().Sum(e => (int)e!["finished"]!).ShouldBe(finished);
    }

    [Fact]
    public async Task DarkCluster_StopsPolling_AndComesBack()
    {
        (await sim.Http.PostAsync("/_sim/clusters/k8s-a/dark", null)).EnsureSuccessStatusCode();
        Polling().ShouldAllBe(p => !p);
        (await sim.Http.DeleteAsync("/_sim/clusters/k8s-a/dark")).EnsureSuccessStatusCode();
        Polling().ShouldAllBe(p => p);
    }

    [Fact]
    public async Task Act_IsAnotherAdministratorsChange()
    {
        (await sim.Http.PostAsJsonAsync("/_sim/act", new { runnerId = 2, tagList = (string[])["theirs"], kind = "runner-update" })).EnsureSuccessStatusCode();

        (await sim.JsonAsync("/api/v4/runners/2"))["tag_list"]!.ToJsonString().ShouldBe("""["theirs"]""");
    }

    [Fact]
    public async Task Inputs_TellEveryAcceptedChangeOnce()
    {
        var before = (int)(await sim.JsonAsync($"/_sim/inputs?after={int.MaxValue}"))["next"]!;
        (await sim.Http.PostAsJsonAsync("/_sim/act", new { kind = "runner-update", runnerId = 3, paused = true })).EnsureSuccessStatusCode();
        (await sim.Http.PostAsJsonAsync("/_sim/act", new { kind = "runner-update", runnerId = 999, paused = true })).IsSuccessStatusCode.ShouldBeFalse();

        var inputs = await sim.JsonAsync($"/_sim/inputs?after={before}");

        var only = inputs["items"]!.AsArray().ShouldHaveSingleItem()!["input"]!;
        ((string)only["kind"]!, (int)only["runnerId"]!, (bool)only["paused"]!).ShouldBe(("runner-update", 3, true));
        ((int)inputs["next"]!).ShouldBe(before + 1);
    }

    private bool[] Polling() => sim.Host.Production.Do(w =>
        w.Fleet.Runners.SelectMany(r => r.Managers).Where(m => m.Cluster == "k8s-a").Select(m => m.IsPolling).ToArray());
}
