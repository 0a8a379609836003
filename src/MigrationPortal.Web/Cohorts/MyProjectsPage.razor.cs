using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>A maintainer's own projects: where their last jobs ran, what comes, what to paste. Never another's.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed partial class MyProjectsPage
{
    private IReadOnlyList<MyProject> projects = [];
    private MigrationWay way = MigrationWay.Of(null, "k8s-default", null);
    private bool mustSignIn;

    [Inject]
    private OwnProjects Own { get; set; } = null!;

    [Inject]
    private IJobReader Jobs { get; set; } = null!;

    [Inject]
    private IMigrationStore Migration { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Jobs, PortalTopic.Phases];

    private string Headline => projects.Count == 0
        ? "My projects"
        : $"{projects.Count(mine => mine.RunsOnKubernetes)} of your {Words.Count(projects.Count, "project")} ran last on Kubernetes";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var person = (await SignedIn).User;
        var own = await Own.OfAsync(person, cancel);
        mustSignIn = own is null;
        var known = own?.Where(project => !project.Archived).ToList() ?? [];
        var lastRuns = await Jobs.LastRunsAsync(Instance, [.. known.Select(project => project.Id)], cancel);
        projects =
        [
            .. known.Select(project => new MyProject(project, lastRuns.GetValueOrDefault(project.Id)))
                .OrderByDescending(mine => mine.LastRun?.StartedAt)
                .ThenBy(mine => mine.Project.FullPath, StringComparer.Ordinal),
        ];
        var settings = await Migration.SettingsAsync(Instance, cancel);
        var state = await Migration.StateAsync(Instance, cancel);
        way = MigrationWay.Of(state.Current, settings.OptInTag, settings.FallbackTag);
    }
}
