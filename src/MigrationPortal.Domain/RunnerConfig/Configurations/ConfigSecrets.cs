using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Configurations;

/// <summary>A text without its secrets.</summary>
/// <param name="Toml">As it was written when nothing was taken out; else written anew.</param>
/// <param name="Taken">What was taken out, without its value; see <see cref="TakenSecret"/>.</param>
/// <param name="CommentsLost">Comments that could not be kept.</param>
public sealed record WithoutSecrets(string Toml, IReadOnlyList<TakenSecret> Taken, int CommentsLost);

/// <param name="Path">Where it stood: <c>runners[0].token</c>.</param>
/// <param name="Line">In the text as it was given.</param>
/// <param name="Remedy">Where it belongs instead.</param>
public sealed record TakenSecret(string Path, int Line, string Remedy);

/// <summary>Takes tokens, keys and passwords out of a <c>config.toml</c> before anything of it is stored. What cannot be read as TOML is not stored at all.</summary>
public static partial class ConfigSecrets
{
    private const string Token = "It goes into the cluster's Secret, which the configuration names.";
    private const string Cache = "Put the keys of the store into a Secret and name it as the cache's Secret.";
    private const string Variable = "Make it a masked CI/CD variable in GitLab, or mount a Secret.";
    private const string Other = "Keep it in a Secret.";

    private static readonly Dictionary<string, string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["token"] = Token,
        ["bearer_token"] = "The manager's service account takes its place.",
        ["AccessKey"] = Cache,
        ["SecretKey"] = Cache,
        ["SessionToken"] = Cache,
        ["PrivateKey"] = Cache,
        ["AccountKey"] = Cache,
        ["sentry_dsn"] = Other,
        ["password"] = Other,
    };

    // Sections whose keys a plugin or a driver gives.
    private static readonly HashSet<string> Free = new(StringComparer.OrdinalIgnoreCase) { "plugin_config", "nesting_config", "volume_attributes", "pod_annotations" };

    public static WithoutSecrets TakeOut(string toml)
    {
        var reading = ConfigDocument.Read(toml);
        if (reading.Document is not { } document) throw new ArgumentException("Only TOML that can be read has known secrets.", nameof(toml));
        var taken = new List<TakenSecret>();
        Clean(document.Root, "", taken, false);
        var secretComments = document.Comments.Where(comment => IsSecretLine(comment.Text)).ToList();
        taken.AddRange(secretComments.Select(comment => new TakenSecret("a comment", comment.Line, Other)));
        if (taken.Count == 0) return new(toml, [], 0);
        var kept = new ConfigDocument(document.Root) { Comments = [.. document.Comments.Except(secretComments)] };
        var lost = ConfigComments.Keep(kept);
        return new(kept.Render(), [.. taken.OrderBy(one => one.Line)], lost.Count);
    }

    /// <summary>Tokens of GitLab and the like, wherever they stand.</summary>
    public static bool IsSecretText(string text) => KnownToken().IsMatch(text) || SecretSigns.HoldsSecret(text);

    /// <summary>A setting whose name says that its value is a secret; a reference such as <c>$TOKEN</c> is none.</summary>
    public static bool IsSecretSetting(string name, string value) => IsSecretLine($"{name}={value}");

    private static void Clean(ConfigTable table, string path, List<TakenSecret> taken, bool isFree)
    {
        foreach (var (key, node) in table.Entries.ToList())
        {
            var here = path.Length == 0 ? key : $"{path}.{key}";
            switch (node)
            {
                case ConfigTable below: Clean(below, here, taken, isFree || Free.Contains(key)); break;
                case ConfigScalar { Value: string { Length: > 0 } value } when Keys.ContainsKey(key) || IsSecretText(value) || (isFree && !IsReference(value) && SecretSigns.IsSecretName(key)):
                    // "$TOKEN" is a name, and names are no secrets.
                    if (key == "token" && IsReference(value)) break;
                    taken.Add(new(here, node.Line, Keys.GetValueOrDefault(key, Other)));
                    table.Remove(key);
                    break;
                case ConfigList list: Items(table, key, list, here, taken); break;
            }
        }
    }

    private static void Items(ConfigTable table, string key, ConfigList list, string here, List<TakenSecret> taken)
    {
        for (var at = 0; at < list.Items.Count; at++)
            if (list.Items[at] is ConfigTable below) Clean(below, $"{here}[{at}]", taken, false);
        var secret = list.Items.Where(item => item is ConfigScalar { Value: string text } && (IsSecretText(text) || (IsAssigning(key) && IsSecretLine(text)))).ToList();
        if (secret.Count == 0) return;
        foreach (var item in secret)
        {
            var text = (string)((ConfigScalar)item).Value;
            var name = IsAssigning(key) && text.IndexOf('=') is > 0 and var end ? $" ({text[..end]})" : "";
            taken.Add(new(here + name, item.Line, key.Equals("environment", StringComparison.OrdinalIgnoreCase) ? Variable : Other));
        }

        table.Set(key, new ConfigList(list.Items.Except(secret)) { Line = list.Line, Comment = list.Comment });
    }

    private static bool IsAssigning(string key) => key.Equals("environment", StringComparison.OrdinalIgnoreCase) || key.StartsWith("MachineOptions", StringComparison.OrdinalIgnoreCase);

    // FF_MASK_ALL_DEFAULT_TOKENS=true switches something, and holds nothing.
    private static bool IsSecretLine(string text)
    {
        if (IsSecretText(text)) return true;
        if (text.IndexOf('=') is not (> 0 and var end)) return false;
        var (name, value) = (text[..end].Trim(), text[(end + 1)..].Trim().Trim('"', '\''));
        return !name.StartsWith("FF_", StringComparison.Ordinal) && !bool.TryParse(value, out _) && !IsReference(value) && SecretSigns.IsSecretName(name);
    }

    private static bool IsReference(string value) => value.StartsWith('$') || value.Length == 0;

    [GeneratedRegex(@"\b(gl(rt|pat|dt|cbt|ptt|oas|soat|agent|ft|imt|ffct)|GR1348941)[-_][\w.-]{8,}|GR1348941\w{10,}|\bAKIA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|://[^/\s:@""]+:[^/\s:@""]+@", RegexOptions.NonBacktracking)]
    private static partial Regex KnownToken();
}
