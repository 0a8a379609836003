using System.Diagnostics;
using System.Globalization;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// Kubernetes is as good as docker, every phase is automatic with its default policy, on real processes: the whole migration
/// runs by itself. Nothing is rolled back, no job is dropped for want of a runner, and no person does anything in the portal.
/// </summary>
public sealed class GoodStory(GoodWorld world, ITestOutputHelper output) : IClassFixture<GoodWorld>
{
    /// <summary>In memory, this world takes 92. A look that comes out otherwise takes weeks more.</summary>
    private const int MostDays = 200;

    /// <summary>Steps of each phase, all of them.</summary>
    private static readonly (string Phase, int Steps)[] Rail = [("prepare", 1), ("opt-in", 1), ("untagged-takeover", 7), ("docker-fallback", 1), ("decommission", 1), ("retire-opt-in-tag", 1)];

    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    [Fact]
    public async Task GoodKubernetes_IsMigratedToTheEnd_ByItself()
    {
        using var course = new OwnCourse(world, every: 1, _cancel);
        var (began, carried) = (await world.Control.NowAsync(_cancel), (await world.Control.RunnersAsync(_cancel)).Values.Select(runner => runner.TagList.ToHashSet()).ToList());
        await course.BeginAsync();
        var byPeople = (await world.Api.AllAsync("audit", _cancel)).Count;

        await WholeAsync(course, began);

        foreach (var (phase, steps) in Rail)
            (await world.Api.GetAsync($"phases/{phase}", _cancel))["phase"]!["reached"]!.AsArray().Count.ShouldBe(steps, phase);
        (await world.Api.AllAsync("gates/guard/history", _cancel)).Where(one => one["act"]!.GetValue<string>() is not ("none" or "watch")).ShouldBeEmpty();
        var audit = await world.Api.AllAsync("audit", _cancel);
        audit.SkipLast(byPeople).Where(one => one["who"]!.GetValue<string>() != "portal").ShouldBeEmpty();
        (await world.Api.GetAsync("audit/verify", _cancel))["valid"]!.GetValue<bool>().ShouldBeTrue();
        await NoneDroppedAsync(began, carried);
    }

    private async Task WholeAsync(OwnCourse course, DateTimeOffset began)
    {
        var held = "";
        for (var (label, phase) = ("", ""); phase != "retire-opt-in-tag";)
        {
            var reached = (await course.PassAsync(await course.UntilDecidedAsync()))["phase"];
            var (day, holding) = ((await world.Control.NowAsync(_cancel) - began).TotalDays, await course.HoldingAsync());
            day.ShouldBeLessThan(MostDays, $"{label}: {holding}");
            if (reached is null || reached["label"]!.GetValue<string>() == label)
            {
                held = holding;
                continue;
            }

            (label, phase) = (reached["label"]!.GetValue<string>(), reached["phase"]!.GetValue<string>());
            Say($"day {day:0}: {label}. {holding}{(held.Length > 0 ? $" Until then: {held}" : "")}");
            held = "";
        }
    }

    // What asks for tags that no runner had before the migration never was served.
    private async Task NoneDroppedAsync(DateTimeOffset began, List<HashSet<string>> carried)
    {
        var jobs = 0;
        await foreach (var job in world.Control.EachJobAsync(_cancel))
        {
            if (job.CreatedAt < began) continue;
            jobs++;
            if (job.Cause == "noRunner" && carried.Exists(tags => tags.IsSupersetOf(job.Tags))) Assert.Fail($"Dropped for want of a runner: {job}");
        }

        Say($"{jobs:N0} jobs");
    }

    private void Say(FormattableString what) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_watch.Elapsed.TotalSeconds:0} s, {what.ToString(CultureInfo.InvariantCulture)}"));
}
