namespace MigrationPortal.Domain.Access;

/// <summary>
/// What a caller may do. Independent of each other, except that <see cref="Admin"/> includes all. Stored as numbers:
/// never renumber.
/// </summary>
[Flags]
public enum Scopes
{
    None = 0,

    /// <summary>See everything of the instance, change nothing.</summary>
    Read = 1,

    /// <summary>See and move the caller's own projects.</summary>
    SelfService = 2,

    /// <summary>Approve plans.</summary>
    Approve = 4,

    /// <summary>Plan, apply, resume, roll back, drain, schedule, stop and start automation.</summary>
    Operate = 8,

    /// <summary>Decide roles, tags, policies and API tokens.</summary>
    Admin = 16,

    All = Read | SelfService | Approve | Operate | Admin,
}

/// <summary>The scopes' words on the wire.</summary>
public static class ScopeNames
{
    private static readonly (Scopes Scope, string Name)[] Words =
    [
        (Scopes.Read, "read"),
        (Scopes.SelfService, "selfservice"),
        (Scopes.Approve, "approve"),
        (Scopes.Operate, "operate"),
        (Scopes.Admin, "admin"),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Words.Select(one => one.Name)];

    /// <summary>Null for an unknown word.</summary>
    public static Scopes? Parse(string? name)
    {
        foreach (var one in Words)
            if (one.Name == name) return one.Scope;
        return null;
    }

    public static IReadOnlyList<string> Names(this Scopes scopes) =>
        [.. Words.Where(one => scopes.HasFlag(one.Scope)).Select(one => one.Name)];

    public static bool Allow(this Scopes held, Scopes needed) => held.HasFlag(Scopes.Admin) || held.HasFlag(needed);
}
