using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Groups;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>The groups that a person owns: where their projects' jobs run, what a variable of theirs would do to each, one click to move all and one to go back.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed partial class MyGroupsPage
{
    private const int FewProjects = 6;

    private IReadOnlyList<KnownGroup> owned = [];
    private List<GroupLook> shown = [];
    private ClaimsPrincipal person = new();
    private GroupPreview? preview;
    private string? previewFault;
    private (long Group, string Variable)? previewed;
    private ActSaid? said;
    private string? notYet;
    private bool mustSignIn;
    private bool busy;

    [Inject]
    private OwnGroups Own { get; set; } = null!;

    [Inject]
    private ReadGroup Read { get; set; } = null!;

    [Inject]
    private PreviewGroupMove PreviewOf { get; set; } = null!;

    [Inject]
    private ICohortFacts Facts { get; set; } = null!;

    [Inject]
    private GroupActs Acts { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Jobs, PortalTopic.Fleet, PortalTopic.Cohorts, PortalTopic.Readiness];

    private string? Search => Url["q"];

    private long? Opened => long.TryParse(Url["group"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private string Headline => shown.Count == 0 ? "My groups"
        : $"{shown.Sum(look => look.OnKubernetes)} of {Words.Count(shown.Sum(look => look.Projects.Count), "project")} in {(shown.Count == 1 ? shown[0].Group.FullPath : "your groups")} ran last on Kubernetes";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        person = (await SignedIn).User;
        var mine = await Own.OfAsync(person, cancel);
        (mustSignIn, owned) = (mine is null, [.. mine?.Where(one => one.Id.Instance == Instance) ?? []]);
        var known = await Facts.ReadAsync(Instance, cancel);
        notYet = known.CanInvite ? null : known.Phase is null or 0 ? "Kubernetes runners are being prepared: groups can move once projects may opt in." : "Projects no longer move by themselves in this phase.";
        var looks = new List<GroupLook>();
        foreach (var group in Chosen()) looks.Add(await Read.RunAsync(group, cancel));
        shown = looks;
        await PreviewAsync(cancel);
    }

    /// <summary>The one that the address names, else those that lie in no other owned group: what is below is in theirs.</summary>
    private IEnumerable<KnownGroup> Chosen() => owned.FirstOrDefault(one => one.Id.Number == Opened) is { } opened && (Url["variable"] is null || !IsTop(opened)) ? [opened] : owned.Where(IsTop);

    private bool IsTop(KnownGroup group) => !owned.Any(other => group.FullPath.StartsWith(other.FullPath + "/", StringComparison.Ordinal));

    private IReadOnlyList<KnownGroup> BelowOf(KnownGroup group) => [.. owned.Where(one => one.FullPath.StartsWith(group.FullPath + "/", StringComparison.Ordinal))];

    private bool IsOpened(KnownGroup group) => group.Id.Number == Opened;

    // A preview asks GitLab once a project: it is read when it is opened and after a click, not with every hint.
    private async Task PreviewAsync(CancellationToken cancel)
    {
        var wanted = Opened is { } id && Url["variable"] is { Length: > 0 } name ? (id, name) : ((long, string)?)null;
        if (wanted == previewed) return;
        (preview, previewFault, previewed) = (null, null, wanted);
        if (wanted is not var (group, variable) || shown.FirstOrDefault(look => look.Group.Id.Number == group) is not { } look || await Own.TokenAsync(person, cancel) is not { } token) return;
        (preview, previewFault) = (await PreviewOf.RunAsync(look.Group, variable, token, cancel)).Match<(GroupPreview?, string?)>(seen => (seen, null), no => (null, string.Join(" ", no.Reasons)));
    }

    private void Open(KnownGroup group, string? variable)
    {
        said = null;
        Url.Set(new Dictionary<string, string?> { ["group"] = variable is null && IsTop(group) ? null : group.Id.Number.ToString(CultureInfo.InvariantCulture), ["variable"] = variable });
    }

    private void SearchFor(ChangeEventArgs typed) => Url.Set("q", typed.Value as string is { Length: > 0 } words ? words : null);

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

        previewed = null;
        await ReadAgainAsync();
    }
}
