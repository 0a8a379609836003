namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>
/// What stood when the change that is under way was begun. Where an earlier change of the portal stood, the end of the later one
/// leads back to it and not out: its way back, its end and its place in the lists are still needed.
/// </summary>
/// <param name="State">From which the change was begun.</param>
/// <param name="Target">Of then.</param>
/// <param name="Until">Of then: of a pin its end.</param>
public sealed record EarlierMove(EnrollmentState State, EnrollmentTarget Target, DateTimeOffset? Until)
{
    /// <param name="history">The oldest first.</param>
    /// <returns>Null when the change under way is the first that was ever made.</returns>
    public static EarlierMove? Of(IReadOnlyList<EnrollmentEvent> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        for (var at = history.Count - 1; at > 0; at--)
            if (history[at] is { To: EnrollmentState.Moving, From: not (EnrollmentState.Moving or EnrollmentState.Returning) })
                return history[at].From is EnrollmentState.Moved or EnrollmentState.Verified ? new(history[at - 1].To, history[at - 1].Target, history[at - 1].Until) : null;
        return null;
    }

    /// <param name="ended">Whose last change did not come about.</param>
    /// <returns>As it stood before that, to be stored as moved.</returns>
    public Enrollment Again(Enrollment ended)
    {
        ArgumentNullException.ThrowIfNull(ended);
        return ended with { Target = Target, Until = Until, Original = ended.Way == EnrollmentWay.MergeRequest ? MoveRecord.Read(ended.Original).WithoutLast() : ended.Original };
    }
}
