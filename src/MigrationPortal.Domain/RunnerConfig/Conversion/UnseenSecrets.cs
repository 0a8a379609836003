namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Takes secrets out of a value before it is copied into a result.</summary>
internal static class UnseenSecrets
{
    /// <summary>The value without them; null: nothing of it may be written.</summary>
    /// <param name="name">Of its key.</param>
    /// <param name="taken">How many texts were left out.</param>
    public static ConfigNode? Without(ConfigNode node, string name, out int taken)
    {
        taken = 0;
        switch (node)
        {
            case ConfigScalar { Value: string text } when IsSecret(name, text):
                taken = 1;
                return null;
            case ConfigList list:
                var kept = new List<ConfigNode>();
                foreach (var item in list.Items)
                {
                    if (Without(item, name, out var below) is { } left && !IsAssignment(item)) kept.Add(left);
                    else below = Math.Max(1, below);
                    taken += below;
                }

                return kept.Count == 0 && taken > 0 ? null : new ConfigList(kept) { Line = list.Line, Comment = list.Comment };
            case ConfigTable table:
                var clean = new ConfigTable { Line = table.Line, Comment = table.Comment };
                foreach (var (key, value) in table.Entries)
                {
                    if (Without(value, key, out var below) is { } left) clean.TryAdd(key, left);
                    taken += below;
                }

                return clean.IsEmpty && taken > 0 ? null : clean;
            default:
                return node.Copy();
        }
    }

    /// <summary>A sentence on what was left out.</summary>
    public static string Said(int taken) => taken == 1
        ? "One of its texts looks like a secret, so it is not written: give it by a Secret or a masked CI/CD variable."
        : $"{taken} of its texts look like secrets, so they are not written: give them by a Secret or masked CI/CD variables.";

    private static bool IsSecret(string name, string text) => text.Length > 0 && (SecretSigns.HoldsSecret(text) || (SecretSigns.IsSecretName(name) && !text.StartsWith('$') && !bool.TryParse(text, out _)));

    // NAME=value, as in environment.
    private static bool IsAssignment(ConfigNode item) =>
        item is ConfigScalar { Value: string text } && text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && !text.StartsWith("FF_", StringComparison.Ordinal) && IsSecret(text[..at].Trim(), text[(at + 1)..].Trim());
}
