namespace MigrationPortal.Domain.Readiness;

/// <summary>How sure a rule is that the job fails on Kubernetes. Stored and told by name.</summary>
public enum Severity
{
    /// <summary>The job will fail.</summary>
    Blocks,

    /// <summary>It fails where something holds that a CI file does not tell.</summary>
    Likely,

    /// <summary>It runs, but differently: slower, or with a setting that does nothing.</summary>
    Info,
}
