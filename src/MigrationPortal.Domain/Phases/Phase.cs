namespace MigrationPortal.Domain.Phases;

/// <summary>The six phases (product.md). Order is the order of the migration.</summary>
public enum Phase
{
    Prepare,
    OptIn,
    UntaggedTakeover,
    DockerFallback,
    Decommission,
    RetireOptInTag,
}

public static class PhaseKeys
{
    private static readonly (Phase Phase, string Key, string Title)[] All =
    [
        (Phase.Prepare, "prepare", "Prepare"),
        (Phase.OptIn, "opt-in", "Opt-in"),
        (Phase.UntaggedTakeover, "untagged-takeover", "Untagged takeover"),
        (Phase.DockerFallback, "docker-fallback", "docker fallback"),
        (Phase.Decommission, "decommission", "Decommission"),
        (Phase.RetireOptInTag, "retire-opt-in-tag", "Retire opt-in tag"),
    ];

    public static string Key(this Phase phase) => All[(int)phase].Key;

    public static string Title(this Phase phase) => All[(int)phase].Title;

    public static Phase? Parse(string? key)
    {
        foreach (var one in All)
            if (one.Key == key) return one.Phase;
        return null;
    }
}
