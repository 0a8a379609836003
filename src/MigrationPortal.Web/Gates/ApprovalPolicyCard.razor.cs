using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Gates;

/// <summary>Whose yes the steps out of a phase need, and which change reference. What it means is said before it is saved.</summary>
public sealed partial class ApprovalPolicyCard
{
    /// <summary>More are a group, which a ticket system speaks for with a token.</summary>
    private const int MostNamed = 50;

    private (Phase, int, string, string?)? read;
    private int needed;
    private List<string> approvers = [];
    private string reference = "";
    private string typed = "";
    private IReadOnlyList<(string Property, string Sentence)> problems = [];
    private IReadOnlyList<PortalUser> admins = [];
    private ActorNames names = ActorNames.None;
    private string? saved;
    private bool mayChange;
    private bool isBusy;

    [Inject]
    private SetPhasePolicy Policies { get; set; } = null!;

    [Inject]
    private EvaluateGates Evaluate { get; set; } = null!;

    [Inject]
    private IUserDirectory Directory { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required GatesShown Shown { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnChanged { get; set; }

    private ApprovalPolicy Wish => new(needed, [.. approvers], reference.Trim() is { Length: > 0 } pattern ? pattern : null);

    private bool IsChanged => Wish is var wish && Shown.Phase.Approvals is var now && (wish.Needed != now.Needed || wish.ChangeReference != now.ChangeReference || !wish.Approvers.SequenceEqual(now.Approvers));

    protected override async Task OnParametersSetAsync()
    {
        // A live update of the same policy leaves what somebody is typing.
        var policy = Shown.Phase.Approvals;
        var now = (Shown.Leaves, policy.Needed, string.Join(' ', policy.Approvers), policy.ChangeReference);
        if (read == now) return;
        read = now;
        (needed, approvers, reference, problems) = (policy.Needed, [.. policy.Approvers], policy.ChangeReference ?? "", []);
        mayChange = (await SignedIn).User.Holds(TokenScope.Admin);
        admins = await Directory.AdminsAsync(Shown.Evaluation.Instance, CancellationToken.None);
        await NameAsync();
    }

    // A field that was put right is no longer complained about.
    private void NeededTyped(ChangeEventArgs typed) => (needed, problems) = (int.TryParse(typed.Value as string, CultureInfo.InvariantCulture, out var number) ? number : 0, []);

    private void ReferenceTyped(ChangeEventArgs typed) => (reference, problems) = (typed.Value as string ?? "", []);

    private void TakeOff(string one)
    {
        approvers.Remove(one);
        problems = [];
    }

    private async Task AddAsync()
    {
        var asked = typed.Trim();
        var known = admins.FirstOrDefault(one => asked.Equals(one.Username, StringComparison.OrdinalIgnoreCase) || asked.Equals(one.Name, StringComparison.OrdinalIgnoreCase));
        if ((known is null ? Actor.Parse(asked) : PortalClaims.OwnerOf(known.Id)) is not { } actor)
        {
            problems = [(nameof(ApprovalPolicy.Approvers), $"No administrator called '{asked}' has signed in yet: choose one of the list, or write user:{Shown.Evaluation.Instance.Name}/12 with the number of their GitLab user, or token:3 with that of an API token.")];
            return;
        }
        if (!approvers.Contains(actor.ToString(), StringComparer.Ordinal)) approvers.Add(actor.ToString());
        (typed, problems) = ("", []);
        await NameAsync();
    }

    private async Task SaveAsync()
    {
        var wish = Wish;
        problems = [.. wish.Problems()];
        if (problems.Count > 0) return;
        isBusy = true;
        var outcome = await Policies.RunAsync(Shown.Evaluation.Instance, Shown.Leaves, before => before with { Approvals = wish }, (await SignedIn).User.Actor(), CancellationToken.None);
        isBusy = false;
        problems = outcome.Match<IReadOnlyList<(string, string)>>(_ => [], refusal => [.. refusal.Reasons.Select(reason => (nameof(ApprovalPolicy.Needed), reason))]);
        if (problems.Count > 0) return;
        saved = "Set";
        await Evaluate.RunAsync(Shown.Evaluation.Instance, CancellationToken.None);
        await OnChanged();
    }

    private async Task NameAsync() => names = await People.OfAsync(approvers.Select(Actor.Parse).OfType<Actor>(), CancellationToken.None);

    private string NameOf(string one) => Actor.Parse(one) is { } actor ? names[actor] : one;

    private IEnumerable<string> Of(string property) => problems.Where(one => one.Property == property).Select(one => one.Sentence);

    private string? Invalid(string property) => problems.Any(one => one.Property == property) ? "true" : null;

    private string Says(ApprovalPolicy policy)
    {
        var yes = policy.Needed == 0 ? "No approval is asked for"
            : $"A plan needs {policy.Needed} {(policy.Needed == 1 ? "approval" : "approvals")} of {(policy.Approvers.Count == 0 ? "whoever may approve" : string.Join(", ", policy.Approvers.Select(NameOf)))}";
        return $"{yes}; {(policy.ChangeReference is { } pattern ? $"a change reference that matches {pattern} as a whole" : "no change reference")} is asked for.";
    }
}
