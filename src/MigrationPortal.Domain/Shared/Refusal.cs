namespace MigrationPortal.Domain.Shared;

/// <summary>
/// A domain "no": a stable code (such as <c>fleet-changed</c>) and every reason at once, each a sentence that names
/// the object and the remedy. A refusal is a value; faults are exceptions.
/// </summary>
public sealed record Refusal(string Code, IReadOnlyList<string> Reasons)
{
    /// <summary>Names that would wave single reasons through, where an administrator may do that.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>After which asking again can help, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Refusal Of(string code, params string[] reasons) => new(code, reasons);
}
