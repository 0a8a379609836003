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
