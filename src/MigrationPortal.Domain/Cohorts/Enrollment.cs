using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>One project's place in the migration. Its history is append-only: see <see cref="EnrollmentEvent"/>.</summary>
/// <param name="Way">Null until it is chosen.</param>
/// <param name="Until">Of a pin: its end, the instance's time; null: none.</param>
/// <param name="Reason">Of the last change.</param>
/// <param name="By">Who made it.</param>
/// <param name="At">When, the instance's time.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record Enrollment(
    long Id,
    ProjectId Project,
    EnrollmentTarget Target,
    EnrollmentKind Kind,
    EnrollmentWay? Way,
    EnrollmentState State,
    DateTimeOffset? Until,
    string? Reason,
    Actor By,
    DateTimeOffset At,
    long Version)
{
    /// <summary>When it came into its state, the instance's time; a change of target or end alone leaves it.</summary>
    public DateTimeOffset Since { get; init; } = At;

    /// <summary>Null for who came without one.</summary>
    public CohortSeat? Seat { get; init; }

    /// <summary>
    /// What stood in the project before the change, a JSON document that only the way which wrote it understands, kept to the
    /// byte: with it that way restores exactly. Null as long as nothing was changed.
    /// </summary>
    public string? Original { get; init; }

    /// <summary>Set when the coin was tossed, for good.</summary>
    public CoinSide? Coin { get; init; }

    public bool IsPin => Target == EnrollmentTarget.Docker && State == EnrollmentState.Verified;

    /// <summary>As it is in its new state; whoever stores it says from which state it was thought.</summary>
    /// <exception cref="InvalidOperationException">The table of transitions forbids it: a bug, because refusals come before.</exception>
    public Enrollment Go(EnrollmentState to, Actor by, DateTimeOffset at, string? reason)
    {
        if (!EnrollmentTransitions.Allows(State, to)) throw new InvalidOperationException($"An enrollment never goes from {State} to {to}.");
        return this with { State = to, Since = at, By = by, At = at, Reason = reason };
    }
}

/// <summary>A place in a cohort.</summary>
/// <param name="Place">In the order in which they came in, from 1: shrinking takes the highest first.</param>
/// <param name="Wave">The one that invited it; null before.</param>
/// <param name="Member">As it came in.</param>
/// <param name="LeftAt">When it lost the place; null while it has it.</param>
public sealed record CohortSeat(long Cohort, int Place, long? Wave, Member Member, DateTimeOffset? LeftAt);

/// <summary>One line of an enrollment's history.</summary>
/// <param name="From">Null for the first.</param>
/// <param name="To">Equal to <paramref name="From"/> where only target, end or way changed.</param>
public sealed record EnrollmentEvent(
    long Sequence, long Enrollment, EnrollmentState? From, EnrollmentState To, EnrollmentTarget Target, EnrollmentWay? Way, DateTimeOffset? Until, DateTimeOffset At, Actor By, string? Reason);
