using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>A maintainer's own projects: where their jobs ran, which are ready, what comes, and one click to try it or to go back. Never another's.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed partial class MyProjectsPage
{
    /// <summary>Up to so many are cards at once, and none needs to be searched for.</summary>
    private const int FewProjects = 6;

    private IReadOnlyList<MyProject> projects = [];
    private MigrationWay way = MigrationWay.Of(null, "k8s-default", null);
    private ClaimsPrincipal person = new();
    private IReadOnlyDictionary<string, string> words = new Dictionary<string, string>();
    private ActSaid? said;
    private IReadOnlyList<ManyResult> results = [];
    private IReadOnlyList<ComingStep> coming = [];
    private int? many;
    private bool mustSignIn;
    private bool busy;

    [Inject]
    private MyProjectsReading Reading { get; set; } = null!;

    [Inject]
    private MoveActs Acts { get; set; } = null!;

    [Inject]
    private MoveManyActs ManyActs { get; set; } = null!;

    [Inject]
    private IScheduleStore Schedule { get; set; } = null!;

    [Inject]
    private ScanProjects Scan { get; set; } = null!;

    [Inject]
    private IMigrationStore Migration { get; set; } = null!;

    [Inject]
    private IWordings Wordings { get; set; } = null!;

    [Inject]
    private HelpLink Help { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Jobs, PortalTopic.Phases, PortalTopic.Cohorts, PortalTopic.Readiness];

    private ProjectChoice Choice => ProjectChoice.Of(projects, Url.All("chosen"));

    private IReadOnlyList<MyProject> Free => [.. Shown.Where(mine => Choice.Takes(mine) && !Choice.Has(mine))];

    private string? Search => Url["q"];

    private IReadOnlyList<MyProject> Shown => Search is { Length: > 0 } words ? [.. projects.Where(mine => mine.Project.FullPath.Contains(words, StringComparison.OrdinalIgnoreCase))] : projects;

    private long? Opened => long.TryParse(Url["project"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private IReadOnlyList<MyProject> Cards => [.. Shown.Where(IsCard)];

    private IReadOnlyList<MyProject> Rows => [.. Shown.Where(mine => !IsCard(mine))];

    private string Headline
    {
        get
        {
            var need = projects.Count(mine => mine.NeedsPeople);
            return projects.Count == 0 ? "My projects"
                : need > 0 ? $"{need} of your {Words.Count(projects.Count, "project")} {(need == 1 ? "needs" : "need")} you"
                : $"{projects.Count(mine => mine.RunsOnKubernetes)} of your {Words.Count(projects.Count, "project")} ran last on Kubernetes";
        }
    }

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        person = (await SignedIn).User;
        words = await Wordings.ReadAsync(cancel);
        var read = await Reading.ReadAsync(person, Instance, cancel);
        (mustSignIn, projects) = (read is null, read ?? []);
        var settings = await Migration.SettingsAsync(Instance, cancel);
        var state = await Migration.StateAsync(Instance, cancel);
        way = MigrationWay.Of(state.Current, settings.OptInTag, settings.FallbackTag);
        if (!way.CanChange) projects = [.. projects.Select(mine => mine.Fixed())];
        coming = mustSignIn || projects.Count == 0 ? [] : ComingStep.Of(state.Current, await Schedule.WaitingAsync(Instance, cancel), settings.FallbackTag);
    }

    // Whoever needs its people is a card, and so are the few of somebody with few.
    private bool IsCard(MyProject mine) => mine.NeedsPeople || mine.IsMoved || mine.Project.Id.Number == Opened || projects.Count <= FewProjects;

    private void Open(MyProject mine) => Url.Set("project", mine.Project.Id.Number.ToString(CultureInfo.InvariantCulture));

    private void Choose(IEnumerable<string> ids) => Url.Set("chosen", string.Join(',', ids));

    private void ChooseAll() => Choose(Choice.Chosen.Concat(Free).Select(ProjectChoice.Key));

    private void Turn(MyProject mine) => Url.Toggle("chosen", ProjectChoice.Key(mine));

    /// <param name="forTime">Null: to Kubernetes.</param>
    private async Task ManyAsync(bool? forTime)
    {
        if (busy) return;
        (busy, said, results) = (true, null, []);
        try
        {
            var chosen = Choice.Chosen;
            await ManyActs.RunAsync(chosen, forTime, person, (all, now) => InvokeAsync(() =>
            {
                (many, results) = (all, now);
                StateHasChanged();
            }), Leaving);
        }
        finally
        {
            (busy, many) = (false, null);
        }

        // What was done is no longer chosen; the others are, for another try.
        if (results.Count > 0) Choose(Choice.Chosen.Where(mine => results.All(one => one.Project != mine.Project.Id || !one.Said.Done)).Select(ProjectChoice.Key));
        await ReadAgainAsync();
    }

    private void SearchFor(ChangeEventArgs typed) => Url.Set("q", typed.Value as string is { Length: > 0 } words ? words : null);

    private async Task LookAsync(MyProject mine) => await ActAsync(async () =>
    {
        if (mine.Project.DefaultBranch is not { } branch) return new ActSaid(false, $"{mine.Project.FullPath} has no default branch, so no CI file.", null);
        await Scan.RunAsync(new ScanSubject(mine.Project.Id, branch), Leaving);
        return null;
    });

    private async Task ActAsync(Func<Task<ActSaid?>> act)
    {
        if (busy) return;
        busy = true;
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
