using System.Text.Json;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>The kinds of automatic acts: their words in addresses and on chips, and the state whose colour each has.</summary>
internal static class ActKinds
{
    private static readonly (ActKind Kind, string Title, VerdictKind Look)[] All =
    [
        (ActKind.Flip, "step taken", VerdictKind.Pass),
        (ActKind.ScheduledFlip, "on schedule", VerdictKind.Pass),
        (ActKind.MissedFlip, "not begun", VerdictKind.Attention),
        (ActKind.Held, "held", VerdictKind.Wait),
        (ActKind.Brownout, "brownout", VerdictKind.Wait),
        (ActKind.RollBack, "rolled back", VerdictKind.Fail),
        (ActKind.Evacuation, "evacuated", VerdictKind.Fail),
        (ActKind.Heal, "drift healed", VerdictKind.Pass),
        (ActKind.Alert, "alert", VerdictKind.Attention),
        (ActKind.Halt, "halted", VerdictKind.Fail),
        (ActKind.Switch, "switch", VerdictKind.Wait),
        (ActKind.Other, "other", VerdictKind.Wait),
    ];

    public static FilterDef Filter { get; } = new("kind", "kind", [.. All.Select(one => new FilterOption(WordOf(one.Kind), one.Title))]);

    public static string WordOf(ActKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    public static (string Title, VerdictKind Look) LookOf(ActKind kind) => All.Where(one => one.Kind == kind).Select(one => (one.Title, one.Look)).Single();

    /// <summary>Several are separated by commas; none means all.</summary>
    public static IReadOnlyList<ActKind> Read(string? words, RequestErrors errors) =>
        [.. (words ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => errors.OneOf("kind", word, [.. All.Select(one => (WordOf(one.Kind), one.Kind))])).OfType<ActKind>()];

    /// <summary>Whose names the explanations call.</summary>
    public static IEnumerable<Actor> PeopleOf(IEnumerable<AutomaticAct> acts) => acts.SelectMany(act => (Actor?[])[act.Record.Entry.Who, act.Flip?.By]).OfType<Actor>();
}
