using System.Text.Json.Nodes;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// Kubernetes fails three times as often, every phase is automatic with its default policy, on real processes: the portal does
/// not go beyond opting in by itself, no look ever finds Kubernetes no worse, and the step of a person who goes on is taken back.
/// </summary>
public sealed class WorseStory(WorseWorld world, ITestOutputHelper output) : IClassFixture<WorseWorld>
{
    private const int Weeks = 3;

    /// <summary>In memory, worlds of this size take 4 to 14.</summary>
    private const int MostDaysToRollBack = 30;

    private static readonly TimeSpan HalfDay = TimeSpan.FromDays(0.5);
    private static readonly TimeSpan ThreeDays = TimeSpan.FromDays(3);
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(8);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task WorseKubernetes_IsNotPromoted_AndAPersonsStepIsRolledBack_ByItself()
    {
        using var course = new OwnCourse(world, every: 2, _cancel);
        await course.BeginAsync();
        while (PhaseOf(await course.PassAsync(HalfDay)) != "opt-in") (await world.Control.NowAsync(_cancel)).ShouldBeLessThan(world.Begin + Week);
        await HoldsAsync(course);

        var (automation, before) = (new Automation(world, _cancel), await world.Control.RunnersAsync(_cancel));
        var plan = await automation.PlanAsync(Automation.Phase("untagged-takeover", 100, 75));
        plan["warnings"]!.AsArray().Select(one => one!["code"]!.GetValue<string>()).ShouldContain("gates-hold");
        var operation = await automation.ApplyAsync(plan);
        (await course.FollowAsync(operation))["state"]!.GetValue<string>().ShouldBe("succeeded");

        var acted = await UntilActedAsync(course);
        (acted["act"]!.GetValue<string>(), acted["operationId"]!.ToString()).ShouldBe(("rollBack", operation));
        (await world.Control.RunnersAsync(_cancel)).ShouldBe(before);
        PhaseOf(await course.PassAsync(HalfDay)).ShouldBe("opt-in");
        await world.RolledBackOnceByThePortalAsync(operation, _cancel);
        (await world.Api.GetAsync("phases/untagged-takeover", _cancel))["phase"]!["reached"]!.AsArray().Select(one => one!["operationId"]!.ToString()).ShouldBe([operation]);
        await NeverNoWorseAsync();
    }

    // A week each, and a look at the end of it or of one that follows.
    private async Task HoldsAsync(OwnCourse course)
    {
        for (var week = 0; week < Weeks; week++)
        {
            PhaseOf(await course.PassAsync(week == 0 ? FirstLook : Week)).ShouldBe("opt-in");
            var gates = (await world.Api.GetAsync("gates", _cancel))["gates"]!.AsArray();
            output.WriteLine(string.Join(" ", gates.Where(one => one!["verdict"]!.GetValue<string>() != "pass").Select(one => $"[{one!["key"]} {one["verdict"]}] {one["sentence"]}")));
        }
    }

    // Every evaluation that there was, of opting in and of the step that was taken.
    private async Task NeverNoWorseAsync()
    {
        var said = await world.Api.AllAsync("gates/no-worse/history", _cancel);
        said.Select(one => one["step"]!.GetValue<string>()).Distinct().ShouldBe(["untagged-takeover/1/100", "untagged-takeover/100/50"], ignoreOrder: true);
        said.Where(one => one["verdict"]!.GetValue<string>() == "pass").ShouldBeEmpty();
        output.WriteLine($"{said.Count} evaluations, none finds Kubernetes no worse");
    }

    private async Task<JsonNode> UntilActedAsync(OwnCourse course)
    {
        for (var day = 0; day < MostDaysToRollBack; day += ThreeDays.Days)
        {
            await course.PassAsync(ThreeDays);
            var rules = (await world.Api.GetAsync("gates/guard/history?limit=20", _cancel))["items"]!.AsArray().OfType<JsonNode>().ToList();
            output.WriteLine($"{rules[0]["at"]}: {rules[0]["rules"]!.AsArray().Single(one => one!["key"]!.GetValue<string>() == "sequence")!["sentence"]}");
            if (rules.Find(one => one["operationId"] is not null) is { } acted) return acted;
        }

        throw new TimeoutException($"Nothing was done within {MostDaysToRollBack} days.");
    }

    private static string? PhaseOf(JsonNode status) => status["phase"]?["phase"]!.GetValue<string>();
}
