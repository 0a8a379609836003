using System.Globalization;

namespace MigrationPortal.Domain.Gates;

/// <summary>
/// A step that the fast roll back took back is tried again once, after a new bake; taken back again, it waits for a person. So
/// nothing flaps for ever, and one outage does not end the automation.
/// </summary>
public sealed class RollBacksGate : Gate
{
    /// <summary>After so many the portal tries again by itself.</summary>
    public const int Most = 1;

    public override string Key => "roll-backs";

    public override string Title => "Roll backs";

    public override bool Judges(GateStage stage) => stage != GateStage.Start;

    public override GateReading Read(GateFacts facts, GatePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.RolledBack switch
        {
            0 => Says(GateVerdict.Pass, "none", "The portal has not rolled this step back by itself."),
            <= Most => Says(GateVerdict.Pass, "one", "The portal rolled this step back by itself once, and tries it once more after a new bake."),
            var times => Says(
                GateVerdict.Fail, times.ToString(CultureInfo.InvariantCulture),
                $"The portal rolled this step back by itself {times.ToString(CultureInfo.InvariantCulture)} times, so it does not try again: find out why, then take the step by hand."),
        };
    }
}
