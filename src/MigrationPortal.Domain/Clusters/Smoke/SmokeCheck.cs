namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>One check: which job answers it, what the configuration promises, and what an answer proves.</summary>
/// <param name="Key">Also the name in the job's answer.</param>
/// <param name="Job">Of <see cref="SmokeJobs"/>.</param>
/// <param name="Expected">In words; null: there is nothing to check with this configuration.</param>
/// <param name="Judge">An answer as the job gave it.</param>
internal sealed record SmokeCheck(string Key, string Title, string Job, Func<SmokeExpectations, string?> Expected, Func<SmokeExpectations, string, SmokeJudgement> Judge)
{
    /// <summary>Answers by not running: what the log of its job must say.</summary>
    public string? RefusedWith { get; init; }
}

/// <param name="Seen">In words.</param>
internal sealed record SmokeJudgement(CheckState State, string Seen, string? Remedy = null)
{
    public static SmokeJudgement Well(string seen) => new(CheckState.Passed, seen);

    public static SmokeJudgement Bad(string seen, string remedy) => new(CheckState.Failed, seen, remedy);

    public static SmokeJudgement Unknown(string seen, string remedy) => new(CheckState.NotKnown, seen, remedy);
}
