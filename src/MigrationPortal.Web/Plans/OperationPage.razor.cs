using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Plans;

/// <summary>One operation as it runs, with GitLab's own words beside the runner, and the ways on and back.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class OperationPage
{
    private Operation? operation;
    private ActorNames names = ActorNames.None;
    private string? refused;
    private bool isBusy;

    [Inject]
    private IOperationStore Operations { get; set; } = null!;

    [Inject]
    private ResumeOperation Resume { get; set; } = null!;

    [Inject]
    private RollBackOperation RollBack { get; set; } = null!;

    [Inject]
    private AbortOperation Abort { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private PeopleNames People { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Operations, PortalTopic.Jobs];

    private bool MayTurn => operation is { State: not OperationState.RolledBack, Steps.Count: > 0, Brownout: not { ReturnedAt: not null } };

    private string Offers => operation!.State switch
    {
        OperationState.Succeeded => "Verified. Roll back puts the runners back as they were before it.",
        OperationState.Halted => "Every job class that was served before is still served.",
        OperationState.Aborted => "What was changed stays changed. Roll back puts the runners back.",
        _ when operation.Brownout is { } brownout => $"Only jobs that ask for {brownout.Tag} wait. It comes back by itself, also if the portal is stopped meanwhile.",
        _ => "Under way. Every job class stays served at each step.",
    };

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        operation = await Operations.FindAsync(Id, cancel);
        if (operation is null) return;
        ShowInstance(operation.Instance);
        names = await People.OfAsync([operation.StartedBy], cancel);
    }

    private async Task RollBackAsync()
    {
        var touched = operation!.Originals();
        var confirmed = await Dialogs.ConfirmAsync(operation!.Brownout is { } brownout ? EndsBrownout(brownout.Tag) : new ConfirmRequest($"Roll back operation {Id}?", $"Roll back {Words.Count(touched.Count, "runner")}")
        {
            Text = "Puts tags, untagged and paused back as they were, in an order that keeps every job class served.",
            Points = ["Running jobs finish where they run.", "Merged merge requests stay merged.", "Deleted runners do not come back."],
            Danger = true,
            AskReason = true,
            ReasonRequired = true,
        });
        if (confirmed is not null) await DoAsync(who => RollBack.RunAsync(Id, who, confirmed.Reason, CancellationToken.None));
    }

    private static ConfirmRequest EndsBrownout(string tag) => new($"End the brownout of {tag} now?", $"Give {tag} back now")
    {
        Text = $"Every runner that lost {tag} gets it back at once, before its time.",
        Points = ["Jobs that wait for it start as soon as a runner asks for them."],
        AskReason = true,
        ReasonRequired = true,
    };

    private Task ResumeAsync() => DoAsync(who => Resume.RunAsync(Id, who, null, CancellationToken.None));

    private async Task AbortAsync()
    {
        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest($"Abort operation {Id}?", $"Abort operation {Id}")
        {
            Text = "What was changed stays changed, and nothing more is. Roll back remains possible.",
            AskReason = true,
        });
        if (confirmed is not null) await DoAsync(who => Abort.RunAsync(Id, who, confirmed.Reason, CancellationToken.None));
    }

    private async Task DoAsync(Func<Actor, Task<Outcome<Operation>>> act)
    {
        isBusy = true;
        var outcome = await act((await SignedIn).User.Actor());
        refused = outcome.Match<string?>(_ => null, refusal => string.Join(' ', refusal.Reasons));
        isBusy = false;
        await ReadAgainAsync();
    }
}
