using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>On a project's card: one job chosen, tried on docker and on Kubernetes, and what became of both. Read apart from the page, which does not wait for it.</summary>
public sealed partial class TwinPart
{
    private const int Shown = 6;

    private IReadOnlyList<TwinSeen> seen = [];
    private IReadOnlyList<string> jobs = [];
    private string? chosen;
    private ActSaid? said;
    private bool busy;

    [Inject]
    private ReadTwins Read { get; set; } = null!;

    [Inject]
    private ExplainFailures Explain { get; set; } = null!;

    [Inject]
    private TwinActs Acts { get; set; } = null!;

    [Parameter, EditorRequired]
    public required MyProject Mine { get; set; }

    /// <summary>Whose project it is.</summary>
    [Parameter, EditorRequired]
    public required ClaimsPrincipal Person { get; set; }

    protected override InstanceId Instance => Mine.Project.Id.Instance;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Cohorts, PortalTopic.Readiness];

    private TwinRun? Active => seen.Select(one => one.Run).FirstOrDefault(run => run.IsActive);

    protected override void OnParametersSet() => jobs = Mine is { Project.Archived: false, Scan: { State: ScanState.Read } scan } ? [.. scan.Jobs.Select(job => job.Name).Distinct(StringComparer.Ordinal)] : [];

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        seen = await Read.RunAsync(Mine.Project.Id, Shown, cancel);
        if (chosen is not null && jobs.Contains(chosen, StringComparer.Ordinal)) return;
        // What failed lately is what people ask about; else a job that should work.
        var failed = (await Explain.LatelyAsync(Mine.Project.Id, cancel)).Select(one => one.Job.Name).FirstOrDefault(name => jobs.Contains(name, StringComparer.Ordinal));
        chosen = failed ?? jobs.FirstOrDefault(name => !Mine.Trouble.Contains(name, StringComparer.Ordinal)) ?? (jobs.Count > 0 ? jobs[0] : null);
    }

    private Task TryAsync() => chosen is { } job ? ActAsync(() => Acts.TryAsync(Mine.Project, job, Person, Leaving)) : Task.CompletedTask;

    private Task StopAsync(TwinRun run) => ActAsync(() => Acts.StopAsync(run, Person, Leaving));

    private async Task ActAsync(Func<Task<ActSaid?>> act)
    {
        if (busy) return;
        (busy, said) = (true, null);
        try
        {
            said = await ActSaid.OfAsync(act);
        }
        finally
        {
            busy = false;
        }

        await ReadAgainAsync();
    }
}
