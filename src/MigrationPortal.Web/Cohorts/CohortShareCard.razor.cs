using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>A cohort's share, and projects that are taken in by a file.</summary>
public sealed partial class CohortShareCard
{
    private const string Hint = "path,kind,target,until,reason\nweb/shop,hand-picked,kubernetes,,asked for it";
    private const int LongestReason = Domain.Cohorts.Cohort.LongestReason;

    private decimal percent;
    private string reason = "";
    private string csv = "";
    private bool busy;
    private string? said;
    private IReadOnlyList<string> problems = [];
    private long? version;

    [Inject]
    private ResizeCohort Resize { get; set; } = null!;

    [Inject]
    private ImportCohort Import { get; set; } = null!;

    [Inject]
    private IProjectStore Projects { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required Cohort Cohort { get; set; }

    [Parameter]
    public bool MayAct { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    // What somebody types must not be lost when the page reads again.
    protected override void OnParametersSet()
    {
        if (version == Cohort.Version) return;
        (version, percent) = (Cohort.Version, Cohort.Percent);
    }

    private Task ResizeAsync() => DoAsync(async who =>
    {
        if (!(await Resize.RunAsync(Cohort.Instance, Cohort.Id, percent, reason.Trim(), who, CancellationToken.None)).TryGet(out var done, out var no)) return (null, no.Reasons);
        reason = "";
        return ($"{Words.Count(done.Added.Count)} came in, {Words.Count(done.Withdrawn.Count)} left, {Words.Count(done.Returning.Count)} go back to docker{await BackAsync(done.Returning)}", []);
    });

    /// <summary>Which go back, and by whom.</summary>
    private async Task<string> BackAsync(IReadOnlyList<ProjectId> returning)
    {
        if (returning.Count == 0) return ".";
        var known = await Projects.FindAsync(returning, CancellationToken.None);
        var names = returning.Select(one => known.GetValueOrDefault(one)?.Access.FullPath ?? $"project {one.Number}").Order(StringComparer.Ordinal);
        return $": {string.Join(", ", names)}. The portal takes their change out within minutes; without a write token their people do it, on their page My projects.";
    }

    private Task ImportAsync() => DoAsync(async who => (await Import.RunAsync(Cohort.Instance, Cohort.Id, csv, who, CancellationToken.None)).Match<(string?, IReadOnlyList<string>)>(
        done =>
        {
            csv = "";
            return ($"{Words.Count(done.Added)} came in, {Words.Count(done.Changed)} changed, {Words.Count(done.Unchanged)} stood there already.", []);
        },
        no => (null, no.Reasons)));

    private async Task DoAsync(Func<Actor, Task<(string? Said, IReadOnlyList<string> Problems)>> act)
    {
        if (busy) return;
        busy = true;
        try
        {
            (said, problems) = await act((await SignedIn).User.Actor());
        }
        finally
        {
            busy = false;
        }

        if (problems.Count == 0) await OnChanged.InvokeAsync();
    }
}
