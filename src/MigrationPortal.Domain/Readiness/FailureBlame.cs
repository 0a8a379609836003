namespace MigrationPortal.Domain.Readiness;

/// <summary>What a maintainer wants to know first. Pages say: "The runner, not your code", "Your code, not the runner", "Not known yet".</summary>
public enum FailureBlame
{
    Unknown,
    Runner,
    Code,
}
