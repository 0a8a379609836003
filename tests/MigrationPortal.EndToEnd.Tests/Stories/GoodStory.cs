using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// Kubernetes is as good as docker, every phase is automatic with its default policy, on real processes: the migration goes as
/// far as the first ramp step by itself, nothing is rolled back, and no job is dropped for want of a runner.
/// </summary>
public sealed class GoodStory(GoodWorld world, ITestOutputHelper output) : IClassFixture<GoodWorld>
{
    private const int MostDays = 60;

    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    [Fact]
    public async Task GoodKubernetes_IsPromotedToTheFirstRampStep_ByItself()
    {
        using var course = new OwnCourse(world, every: 1, _cancel);
        var (began, carried) = (await world.Control.NowAsync(_cancel), (await world.Control.RunnersAsync(_cancel)).Values.Select(runner => runner.TagList.ToHashSet()).ToList());
        await course.BeginAsync();
        for (var reached = ""; reached != "untagged-takeover";)
        {
            (await world.Control.NowAsync(_cancel)).ShouldBeLessThan(began.AddDays(MostDays));
            var status = await course.PassAsync(await course.UntilDecidedAsync());
            if (status["phase"] is { } phase) reached = phase["phase"]!.GetValue<string>();
            Say($"{status["phase"]?["label"]}: {Holding(await course.GatesAsync())}");
        }

        (await world.Api.GetAsync("gates/guard/history?limit=200", _cancel))["items"]!.AsArray().Where(one => one!["act"]!.GetValue<string>() is not ("none" or "watch")).ShouldBeEmpty();
        var jobs = await world.Control.JobsAsync(_cancel);
        Say($"{jobs.Count} jobs");
        // What asks for tags that no runner had before the migration never was served.
        jobs.Where(job => job.CreatedAt >= began && job.Cause == "noRunner" && carried.Exists(tags => tags.IsSupersetOf(job.Tags))).ShouldBeEmpty();
    }

    private static string Holding(IEnumerable<JsonNode> gates) =>
        string.Join(" ", gates.Where(one => one["verdict"]!.GetValue<string>() != "pass" && !one["shadow"]!.GetValue<bool>()).Select(one => $"[{one["key"]} {one["verdict"]}] {one["sentence"]}"));

    private void Say(string what) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_watch.Elapsed.TotalSeconds:0} s {what}"));
}
