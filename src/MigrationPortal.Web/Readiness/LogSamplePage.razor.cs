using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>How far GitLab's reasons can be believed, on either executor, by the equal random sample of logs.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class LogSamplePage
{
    private static readonly int[] Spans = [7, 28, 90];

    private IReadOnlyList<SampleFinding> findings = [];
    private IReadOnlyList<SampleDay> drawn = [];
    private string seed = "";

    [Inject]
    private ILogSamples Samples { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Readiness];

    private int Days => int.TryParse(Url["days"], out var days) && Spans.Contains(days) ? days : 28;

    private IReadOnlyList<TabLink> Choices => [.. Spans.Select(days => new TabLink($"{days} days", Url.With("days", days == 28 ? null : $"{days}"), days == Days))];

    private string Drawn => $"{Words.Count(drawn.Sum(day => day.Each))} of each executor, drawn from {Words.Count(drawn.Sum(day => (long)day.DockerFailed))} failed on docker and {Words.Count(drawn.Sum(day => (long)day.KubernetesFailed))} on Kubernetes";

    private string Headline
    {
        get
        {
            var (misfiled, read) = findings.Where(one => one.Kind == FailureKind.Script).Aggregate((0L, 0L), (sum, one) => (sum.Item1 + one.Runner, sum.Item2 + one.Read));
            return read == 0 ? "What GitLab's reasons hide" : $"{Words.Count(misfiled)} of {Words.Count(read)} script failures are the runner's, by their logs";
        }
    }

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var until = DateOnly.FromDateTime(Now.UtcDateTime);
        var from = until.AddDays(-Days);
        seed = await Samples.SeedAsync(Instance, cancel);
        drawn = await Samples.DaysAsync(Instance, from, until, cancel);
        findings = SampleFinding.Of(await Samples.CellsAsync(Instance, from, until, cancel));
    }

    private static string Word(FailureKind kind) => kind switch
    {
        FailureKind.NoRunner => "no runner",
        FailureKind.NotYetKnown => "not known yet",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string Share(long of, long all, (double Low, double High)? limits) => limits is { } known
        ? $"{Words.Percent((double)of / all)} ({Words.Count(of)} of {Words.Count(all)}; {Words.Percent(known.Low)} to {Words.Percent(known.High)})" : "none read";
}
