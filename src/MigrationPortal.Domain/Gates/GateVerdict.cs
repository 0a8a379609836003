namespace MigrationPortal.Domain.Gates;

/// <summary>What a gate says of a step. Only <see cref="Pass"/> lets it through; wait and unknown hold as fail does.</summary>
public enum GateVerdict
{
    Fail,

    /// <summary>It could not be measured: no data never passes.</summary>
    Unknown,

    /// <summary>Not decided yet; the reading says what is missing and about how long it takes.</summary>
    Wait,
    Pass,
}

public static class GateVerdicts
{
    /// <summary>As the API and sentences have it: pass, wait, unknown or fail.</summary>
    public static string Word(this GateVerdict verdict) => verdict.ToString().ToLowerInvariant();
}
