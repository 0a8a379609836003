namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>One thing that a check says of a configuration. Never holds the value of a secret.</summary>
/// <param name="Code">One of <see cref="CheckCodes"/>.</param>
/// <param name="Key">Where, as <see cref="KeyUse.Path"/>; of a key that is missing, where it would stand; empty: the whole file.</param>
/// <param name="Line">Counted from 1; of a key that is missing, that of its section.</param>
/// <param name="Message">What is so, and what follows from it.</param>
/// <param name="Remedy">What to do.</param>
public sealed record ConfigFinding(string Code, string Key, int Line, CheckSeverity Severity, string Message, string Remedy);
