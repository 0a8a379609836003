namespace MigrationPortal.Domain.Jobs;

/// <summary>
/// Branches that twin runs make. Their jobs are copies of others, made by the portal itself: recorded among those they would count
/// a job twice in every comparison, and their tags as use that nobody has.
/// </summary>
public static class TwinRef
{
    public const string Prefix = "migration-portal/twin-";

    /// <param name="name">A branch's name; null: of no branch that is known.</param>
    public static bool Is(string? name) => name?.StartsWith(Prefix, StringComparison.Ordinal) == true;
}
