using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Gates;

/// <summary>How the next step is taken and the limits that matter most; how long that takes is said before it is saved. The rest is in the API.</summary>
public sealed partial class GatePolicyCard
{
    private (Phase, FlipMode, bool, bool, bool, double, double, int, int)? read;
    private FlipMode mode;
    private bool binds;
    private bool heals;
    private bool announces;
    private double margin;
    private double marginAll;
    private int bakeDays;
    private int evidenceDays;
    private string? refused;

    [Inject]
    private SetPhasePolicy Policies { get; set; } = null!;

    [Inject]
    private EvaluateGates Evaluate { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required GatesShown Shown { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnChanged { get; set; }

    private bool Compares => Shown.Facts.Step.Stage.Compares();

    private GatePolicy Wish => Edit(Shown.Phase).Gates;

    private string Canary => Shown.Leaves == Phase.UntaggedTakeover && Wish.CanaryMargins > 1
        ? FormattableString.Invariant($"While one runner alone takes untagged jobs, both margins count {Wish.CanaryMargins:0.##} times: few jobs can tell, and few are at risk.") : "";

    private bool IsChanged => Edit(Shown.Phase) != Shown.Phase;

    protected override void OnParametersSet()
    {
        // A live update of the same policy leaves what somebody is typing.
        var policy = Shown.Phase;
        var now = (Shown.Leaves, policy.Mode, policy.GatesBind, policy.HealsDrift, policy.AnnouncesSteps, policy.Gates.Margin, policy.Gates.MarginAll, policy.Gates.BakeDays, policy.Gates.EvidenceDays);
        if (read == now) return;
        read = now;
        (mode, binds, heals, announces, bakeDays, evidenceDays) = (policy.Mode, policy.GatesBind, policy.HealsDrift, policy.AnnouncesSteps, policy.Gates.BakeDays, policy.Gates.EvidenceDays);
        (margin, marginAll) = (Points(policy.Gates.Margin), Points(policy.Gates.MarginAll));
    }

    private PhasePolicy Edit(PhasePolicy before) => before with
    {
        Mode = mode,
        GatesBind = binds,
        HealsDrift = heals,
        AnnouncesSteps = announces,
        // Only what was changed: a margin finer than the field shows stays as it is.
        Gates = before.Gates with
        {
            Margin = margin == Points(before.Gates.Margin) ? before.Gates.Margin : margin / 100,
            MarginAll = marginAll == Points(before.Gates.MarginAll) ? before.Gates.MarginAll : marginAll / 100,
            BakeDays = bakeDays,
            EvidenceDays = evidenceDays,
        },
    };

    private async Task SaveAsync()
    {
        var outcome = await Policies.RunAsync(Shown.Evaluation.Instance, Shown.Leaves, Edit, (await SignedIn).User.Actor(), CancellationToken.None);
        refused = outcome.Match<string?>(_ => null, refusal => string.Join(' ', refusal.Reasons));
        if (refused is not null) return;
        await Evaluate.RunAsync(Shown.Evaluation.Instance, CancellationToken.None);
        await OnChanged();
    }

    private static double Points(double fraction) => Math.Round(fraction * 100, 4);
}
