namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>From which state a verification may go to which.</summary>
public static class VerificationTransitions
{
    private static readonly Dictionary<VerificationState, VerificationState[]> Allowed = new()
    {
        [VerificationState.Preparing] = [VerificationState.Running, VerificationState.Cancelled, VerificationState.Broken],
        [VerificationState.Running] = [VerificationState.Passed, VerificationState.Failed, VerificationState.Inconclusive, VerificationState.Cancelled, VerificationState.Broken],
        [VerificationState.Passed] = [],
        [VerificationState.Failed] = [],
        [VerificationState.Inconclusive] = [],
        [VerificationState.Cancelled] = [],
        [VerificationState.Broken] = [],
    };

    public static bool May(VerificationState from, VerificationState to) => Allowed[from].Contains(to);

    /// <summary>What results prove together: no answer never passes.</summary>
    public static VerificationState Verdict(IReadOnlyList<CheckResult> checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        return checks.Any(one => one.State == CheckState.Failed) ? VerificationState.Failed
            : checks.Count == 0 || checks.Any(one => one.State == CheckState.NotKnown) ? VerificationState.Inconclusive
            : VerificationState.Passed;
    }
}
