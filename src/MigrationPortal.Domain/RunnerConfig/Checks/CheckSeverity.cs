namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>How bad a finding of a configuration is; the worst first.</summary>
public enum CheckSeverity
{
    /// <summary>The file will not load, the pod will be refused, or what is written has no effect.</summary>
    Error,

    /// <summary>It works, and probably not as it is meant.</summary>
    Warning,

    /// <summary>Good to know.</summary>
    Info,
}
