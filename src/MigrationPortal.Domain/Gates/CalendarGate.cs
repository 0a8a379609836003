using System.Globalization;

namespace MigrationPortal.Domain.Gates;

/// <summary>In a freeze window nothing flips by itself (product.md, Gates). People may: they are warned.</summary>
public sealed class CalendarGate : Gate
{
    public const string Name = "calendar";

    /// <summary>How far ahead windows are part of the facts.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(35);

    public override string Key => Name;

    public override string Title => "Calendar";

    public override bool Judges(GateStage stage) => true;

    public override bool Knows(GateFacts facts) => facts.Calendar is not null;

    public override bool MayBeInShadow => false;

    public override GateReading Read(GateFacts facts, GatePolicy policy)
    {
        var freezes = facts.Calendar ?? Freezes.None;
        if (freezes.At(facts.At) is { } now)
            return Says(GateVerdict.Wait, $"until {Stamp(now.Until)}", $"The freeze window '{now.Name}' lasts until {Stamp(now.Until)} UTC: nothing flips by itself before. A person may still apply a plan.", until: now.Until);
        return freezes.After(facts.At) is { } next
            ? Says(GateVerdict.Pass, $"next {Stamp(next.From)}", $"No freeze window lasts now. The next one, '{next.Name}', begins {Stamp(next.From)} UTC.")
            : Says(GateVerdict.Pass, "no freeze", $"No freeze window lasts now, and none begins in the next {Ahead.TotalDays:0} days.");
    }

    internal static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);
}
