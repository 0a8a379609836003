namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>The value of a key whose type was checked before its rule is asked.</summary>
internal static class KeyValues
{
    public static string Text(this KeyUse use) => (use.Node as ConfigScalar)?.Value as string ?? "";

    public static bool Flag(this KeyUse use) => (use.Node as ConfigScalar)?.Value is true;

    public static long Whole(this KeyUse use) => (use.Node as ConfigScalar)?.Value as long? ?? 0;

    public static IReadOnlyList<string> Texts(this KeyUse use) => use.Node switch
    {
        ConfigScalar { Value: string one } => [one],
        ConfigList list => [.. list.Items.OfType<ConfigScalar>().Select(item => item.Value).OfType<string>()],
        _ => [],
    };

    /// <summary>The entries of a map of texts.</summary>
    public static IEnumerable<(string Key, string Value)> Pairs(this KeyUse use) =>
        use.Node is ConfigTable table ? table.Entries.Select(entry => (entry.Key, (entry.Value as ConfigScalar)?.Value as string ?? "")) : [];

    /// <summary>Unset in all but name: empty, 0 or false.</summary>
    public static bool IsBlank(this KeyUse use) => use.Node switch
    {
        ConfigScalar { Value: string text } => string.IsNullOrWhiteSpace(text),
        ConfigScalar { Value: long number } => number == 0,
        ConfigScalar { Value: double number } => number == 0,
        ConfigScalar { Value: bool flag } => !flag,
        ConfigList list => list.Items.Count == 0,
        ConfigTable table => table.IsEmpty,
        _ => false,
    };
}
