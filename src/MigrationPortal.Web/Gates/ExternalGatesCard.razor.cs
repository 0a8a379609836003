using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Gates;

/// <summary>The external gates of an instance: which of them the phase's policy asks, what each answered, and their forms.</summary>
public sealed partial class ExternalGatesCard
{
    private const string New = "";

    private IReadOnlyList<ExternalGate>? gates;
    private string? edited;
    private string? madeSecret;
    private string? refused;

    [Inject]
    private IExternalGateStore Store { get; set; } = null!;

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

    private InstanceId Instance => Shown.Evaluation.Instance;

    private IEnumerable<string> Gone => gates is null ? [] : Shown.Phase.Gates.External.Except(gates.Select(gate => gate.Name), StringComparer.Ordinal);

    protected override async Task OnParametersSetAsync() => gates = await Store.ListAsync(Instance, CancellationToken.None);

    private bool Asked(string name) => Shown.Phase.Gates.External.Contains(name, StringComparer.Ordinal);

    private (GateVerdict Verdict, string Value, string Sentence)? AnswerOf(string name) =>
        Shown.Facts.External?.FirstOrDefault(one => one.Name == name) is { } facts ? ExternalsGate.Of(facts, Shown.Facts.At) : null;

    private void Edit(string? name) => (edited, refused, madeSecret) = (name, null, null);

    private async Task AskAsync(string name, bool asks)
    {
        var outcome = await Policies.RunAsync(
            Instance, Shown.Leaves, before => before with { Gates = before.Gates with { External = asks ? [.. before.Gates.External.Append(name).Distinct().Order(StringComparer.Ordinal)] : [.. before.Gates.External.Where(one => one != name)] } },
            (await SignedIn).User.Actor(), CancellationToken.None);
        refused = outcome.Match<string?>(_ => null, no => string.Join(' ', no.Reasons));
        if (refused is null) await Evaluate.RunAsync(Instance, CancellationToken.None);
        await OnChanged();
    }

    private async Task ChangedAsync(string? secret)
    {
        (edited, madeSecret) = (null, secret);
        gates = await Store.ListAsync(Instance, CancellationToken.None);
        await OnChanged();
    }
}
