using System.Net;
using System.Text.Json.Nodes;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>The whole migration from Prepare to Retire as a pipeline drives it: REST API, bearer token, nothing else.</summary>
public sealed class RestStory(World world) : IClassFixture<World>
{
    private static readonly TimeSpan SomeTime = TimeSpan.FromMinutes(15);
    private static readonly object Because = new { reason = "because" };

    private readonly Automation _automation = new(world, TestContext.Current.CancellationToken);

    private PortalApi Api => world.Api;

    [Fact]
    public async Task WholeMigration_ThroughTheApiAlone_MovesEveryUntaggedJobAndLeavesNobodyUnserved()
    {
        await _automation.CaughtUpAsync();
        var whole = await ServiceWatch.BeginAsync(world.Control);
        var began = await world.Control.NowAsync();
        (await NextAsync()).ShouldBe("prepare");

        await RolesComeFirstAsync();
        await WrongDecisionIsRefusedAsync();
        await StalePlanIsRefusedAsync();
        await PrepareAndBackAsync();

        while (await NextAsync() is { } next && next != "docker-fallback") await StepAsync(await TargetAsync());
        await UntaggedJobsMovedAsync(began);

        await StepAsync(await TargetAsync());
        await WrongDecisionAsAPlanIsRefusedAsync();
        await EvacuateAndReturnAsync();

        while (await NextAsync() is not null) await StepAsync(await TargetAsync());
        await LegacyIsDeletedAsync();

        (await whole.EndAsync("the whole migration")).ShouldBeGreaterThan(10);
        (await Api.GetAsync("audit/verify"))["valid"]!.GetValue<bool>().ShouldBeTrue();
    }

    private async Task RolesComeFirstAsync()
    {
        var plan = await _automation.PlanAsync(Automation.Phase("prepare"));
        await Api.RefusedAsync(HttpStatusCode.Conflict, "roles-unconfirmed", $"plans/{plan["id"]}/apply", Because);
        // Special-purpose ones are taken in by name.
        await _automation.ConfirmRolesAsync("docker-large-05", "docker-gpu-06");
        (await _automation.RunnersAsync()).Where(runner => runner["managed"]!.GetValue<bool>()).ShouldAllBe(runner => runner["roleConfirmed"]!.GetValue<bool>());
    }

    private async Task WrongDecisionIsRefusedAsync()
    {
        var tags = (await Api.GetAsync("tags?limit=500"))["items"]!.AsArray().OfType<JsonNode>().ToList();
        tags.Where(tag => tag["jobs"]!.GetValue<long>() > 0).Select(tag => tag["tag"]!.GetValue<string>()).Order(StringComparer.Ordinal).ShouldBe(["", "docker", "linux"]);
        await DecideAsync("docker", "adopt");
        await DecideAsync("linux", "retire");

        var plan = await _automation.PlanAsync(Automation.Phase("docker-fallback"));
        var problem = await Api.RefusedAsync(HttpStatusCode.Conflict, "no-runner", $"plans/{plan["id"]}/apply", Because);
        await NamesEveryLosingProjectAsync(problem);

        await DecideAsync("linux", "adopt");
        foreach (var unused in (string[])["gpu", "large"]) await DecideAsync(unused, "keep");
    }

    private async Task StalePlanIsRefusedAsync()
    {
        var plan = await _automation.PlanAsync(Automation.Phase("prepare"));
        await world.Control.ActAsync(new { kind = "runner-update", runnerId = 1, paused = true });
        await Api.RefusedAsync(HttpStatusCode.Conflict, "fleet-changed", $"plans/{plan["id"]}/apply", Because);
        await world.Control.ActAsync(new { kind = "runner-update", runnerId = 1, paused = false });
    }

    private async Task PrepareAndBackAsync()
    {
        var first = await world.Control.RunnersAsync();
        var plan = await _automation.PlanAsync(Automation.Phase("prepare"));
        var (path, key) = ($"plans/{plan["id"]}/apply", "the-first-step");
        var answer = await Api.PostOnceAsync(key, path, Because);
        answer.Status.ShouldBe(HttpStatusCode.Accepted, answer.Body);
        (await Api.PostOnceAsync(key, path, Because)).ShouldBe(answer);
        var other = await Api.PostOnceAsync(key, path, new { reason = "another" });
        other.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        other.Body.ShouldContain("idempotency-key-reused");

        var operation = JsonNode.Parse(answer.Body)!["operationId"]!.ToString();
        (await _automation.FollowAsync(operation))["state"]!.GetValue<string>().ShouldBe("succeeded");
        (await world.Control.RunnersAsync()).ShouldNotBe(first);
        await _automation.RollBackAsync(operation);
        (await world.Control.RunnersAsync()).ShouldBe(first);
        (await NextAsync()).ShouldBe("prepare");

        await StepAsync(await TargetAsync());
        await StepAsync(await TargetAsync());
        // Prepare asks nothing of a fleet in opt-in: nothing to do, and yet we are there.
        await EmptyPlanIsThereAtOnceAsync("prepare");
    }

    private async Task EmptyPlanIsThereAtOnceAsync(string phase)
    {
        var plan = await _automation.PlanAsync(Automation.Phase(phase));
        plan["empty"]!.GetValue<bool>().ShouldBeTrue();
        var answer = await Api.PostAsync($"plans/{plan["id"]}/apply", Because);
        answer["state"]!.GetValue<string>().ShouldBe("succeeded");
        (await Api.GetAsync("status"))["phase"]!["phase"]!.GetValue<string>().ShouldBe(phase);
    }

    private async Task UntaggedJobsMovedAsync(DateTimeOffset began)
    {
        var complete = await world.Control.NowAsync();
        await world.Control.AdvanceAsync(TimeSpan.FromHours(2));
        var (legacy, kubernetes) = (await _automation.ManagedAsync("legacy"), await _automation.ManagedAsync("kubernetes"));
        var untagged = (await world.Control.JobsAsync()).Where(job => job.Untagged && job.RunnerId is { } runner && (legacy.Contains(runner) || kubernetes.Contains(runner))).ToList();

        var (before, after) = (untagged.Where(job => job.CreatedAt < began).ToList(), untagged.Where(job => job.CreatedAt >= complete).ToList());
        before.Count.ShouldBeGreaterThan(100);
        before.ShouldAllBe(job => job.Executor != "kubernetes");
        after.Count.ShouldBeGreaterThan(20);
        after.ShouldAllBe(job => job.Executor == "kubernetes");
    }

    private async Task WrongDecisionAsAPlanIsRefusedAsync()
    {
        var plan = await _automation.PlanAsync(new { tag = "linux", decision = "retire" });
        var problem = await Api.RefusedAsync(HttpStatusCode.Conflict, "no-runner", $"plans/{plan["id"]}/apply", Because);
        await NamesEveryLosingProjectAsync(problem);
        (await TagAsync("linux"))["decision"]!.GetValue<string>().ShouldBe("adopt");
    }

    private async Task EvacuateAndReturnAsync()
    {
        var (before, kubernetes) = (await world.Control.RunnersAsync(), await _automation.ManagedAsync("kubernetes"));
        var watch = await ServiceWatch.BeginAsync(world.Control);
        await _automation.RunAsync(new { evacuate = "kubernetes" });
        (await world.Control.RunnersAsync()).Values.Where(runner => kubernetes.Contains(runner.Id)).ShouldAllBe(runner => runner.Paused);

        var evacuated = await world.Control.NowAsync();
        await world.Control.AdvanceAsync(TimeSpan.FromHours(1));
        var jobs = (await world.Control.JobsAsync()).Where(job => job.CreatedAt >= evacuated && job.StartedAt is not null).ToList();
        jobs.Count.ShouldBeGreaterThan(20);
        jobs.ShouldAllBe(job => job.Executor != "kubernetes");
        await watch.EndAsync("evacuation");

        await StepAsync(await TargetAsync());
        (await world.Control.RunnersAsync()).ShouldBe(before);
    }

    private async Task LegacyIsDeletedAsync()
    {
        var legacy = await _automation.ManagedAsync("legacy");
        var plan = await _automation.PlanAsync(new { deleteRunners = legacy });
        await Api.RefusedAsync(HttpStatusCode.UnprocessableEntity, "confirmation-needed", $"plans/{plan["id"]}/apply", Because);
        var operation = await _automation.RunAsync(new { deleteRunners = legacy }, plan["confirmation"]!.GetValue<string>());
        (await world.Control.RunnersAsync()).Keys.ShouldNotContain(id => legacy.Contains(id));
        await Api.RefusedAsync(HttpStatusCode.Conflict, "deleted-runners", $"operations/{operation["id"]}/rollback", Because);
    }

    /// <summary>One step of the rail, with the promise kept while it is taken and for some time after.</summary>
    private async Task StepAsync(object target)
    {
        var watch = await ServiceWatch.BeginAsync(world.Control);
        await _automation.RunAsync(target);
        await world.Control.AdvanceAsync(SomeTime);
        await watch.EndAsync(target.ToString()!);
        (await _automation.PlanAsync(target))["empty"]!.GetValue<bool>().ShouldBeTrue("The plan of a reached state is empty.");
    }

    private async Task NamesEveryLosingProjectAsync(JsonNode problem)
    {
        var reasons = problem["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()).ToList();
        foreach (var set in (await world.Control.JobsAsync()).Where(job => job.Tags.Contains("linux")).GroupBy(job => string.Join(", ", job.Tags.Order(StringComparer.Ordinal))))
        {
            var reason = reasons.Single(one => one.Contains($"[{set.Key}]", StringComparison.Ordinal));
            foreach (var path in set.Select(job => job.Project).Distinct()) reason.ShouldContain(path);
        }
    }

    private Task<JsonNode> DecideAsync(string tag, string decision) => Api.PutAsync($"tags/{tag}/decision", new { decision });

    private async Task<JsonNode> TagAsync(string name) =>
        (await Api.GetAsync("tags?limit=500"))["items"]!.AsArray().OfType<JsonNode>().Single(tag => tag["tag"]!.GetValue<string>() == name);

    private async Task<string?> NextAsync() => (await Api.GetAsync("status"))["next"]?["phase"]!.GetValue<string>();

    private async Task<object> TargetAsync()
    {
        var next = (await Api.GetAsync("status"))["next"]!;
        return Automation.Phase(next["phase"]!.GetValue<string>(), next["kubernetesUntaggedPercent"]?.GetValue<int>(), next["legacyUntaggedPercent"]?.GetValue<int>());
    }
}
