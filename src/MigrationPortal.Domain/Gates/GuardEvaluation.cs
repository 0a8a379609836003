using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>All rules of the fast roll back at one moment, and what was done about it.</summary>
/// <param name="At">The instance's time.</param>
/// <param name="State">When the state that it judges was reached.</param>
/// <param name="Act">The most drastic one that a rule asks for.</param>
/// <param name="Readings">In the order of <see cref="GuardRule.All"/>.</param>
/// <param name="Done">What the portal did, or why it only alerts; null where nothing was asked for.</param>
/// <param name="OperationId">The operation that was rolled back, or that evacuates; null when nothing was begun.</param>
public sealed record GuardEvaluation(
    long Id, InstanceId Instance, DateTimeOffset At, DateTimeOffset State, GuardAct Act, IReadOnlyList<GuardReading> Readings, string? Done = null, long? OperationId = null)
{
    /// <summary>How often the rules are asked.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>Two evaluations further apart are not in a row.</summary>
    public static readonly TimeSpan Row = TimeSpan.FromMinutes(30);

    /// <summary>Two evaluations nearer to each other are as good as one.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMinutes(4);

    /// <summary>What decides: the first reading that asks for the act.</summary>
    public GuardReading Leading() => Readings.First(reading => reading.Act == Act);

    public GuardRule LeadingRule() => GuardRule.All.Single(rule => rule.Key == Leading().Rule);

    /// <summary>Pure: replaying the stored facts gives the same.</summary>
    public static GuardEvaluation Of(InstanceId instance, GuardFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        GuardReading[] readings = [.. GuardRule.All.Select(rule => Persisting(rule, rule.Read(facts), facts))];
        return new GuardEvaluation(0, instance, facts.At, facts.Since, readings.Max(reading => reading.Act), readings);
    }

    /// <summary>Keys of the rules breached here, when an evaluation at another moment of a state is the next in the row.</summary>
    public IReadOnlyList<string> BreachedFor(DateTimeOffset at, DateTimeOffset state) =>
        state == State && at - At >= Apart && at - At <= Row ? [.. Readings.Where(reading => reading.Act != GuardAct.None).Select(reading => reading.Rule)] : [];

    /// <summary>Since when a rule has been breached without a pause, as far as the history tells; null when it is not.</summary>
    /// <param name="history">Evaluations that asked for something and others, newest first, this one among them or not.</param>
    public DateTimeOffset? StandsSince(string rule, IEnumerable<GuardEvaluation> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        DateTimeOffset? since = null;
        foreach (var one in history.Where(one => one.At <= At).Prepend(this))
        {
            if (since - one.At > Row || one.State != State || !one.Readings.Any(reading => reading.Rule == rule && reading.Act != GuardAct.None)) break;
            since = one.At;
        }
        return since;
    }

    private static GuardReading Persisting(GuardRule rule, GuardReading reading, GuardFacts facts) =>
        reading.Act == GuardAct.None || !rule.MustPersist || facts.Before.Contains(rule.Key) ? reading : reading with { Act = GuardAct.Watch };
}
