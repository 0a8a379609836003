using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>Retrospective replay: asked for by a click, since it reads the evidence of every day.</summary>
public sealed partial class ReplayCard
{
    private IReadOnlyList<ReplayedDay>? days;
    private int asked = ReplayEndpoints.DefaultDays;
    private bool isBusy;
    private string? refused;

    [Inject]
    private ReplayGates Replay { get; set; } = null!;

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    private string Summary => days!.Count(day => day.Then.Verdict != day.Now.Verdict) is var changed and > 0
        ? string.Create(CultureInfo.InvariantCulture, $"On {changed} of {days!.Count} days the present policy says something else than was said then.")
        : string.Create(CultureInfo.InvariantCulture, $"The present policy says the same as was said then, on all {days!.Count} days.");

    private async Task ReplayAsync()
    {
        refused = asked is < 1 or > ReplayGates.MostDays ? string.Create(CultureInfo.InvariantCulture, $"Past days must be 1 to {ReplayGates.MostDays}.") : null;
        if (refused is not null) return;
        isBusy = true;
        // Off the circuit: each day is compared anew.
        days = await Task.Run(() => Replay.RunAsync(Instance, asked, policy => policy, CancellationToken.None));
        isBusy = false;
    }

    private static string Differs(ReplayedDay day) => string.Join("; ",
        from now in day.Now.Readings
        join then in day.Then.Readings on now.Gate equals then.Gate
        where now.Verdict != then.Verdict
        select $"{Gate.TitleOf(now.Gate)}: {then.Verdict.Word()} → {now.Verdict.Word()}");
}
