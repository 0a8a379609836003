using System.Globalization;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Model;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>What fields of the form show and do.</summary>
internal static class ConfigFields
{
    private static readonly string[] Order = ["name", "ip", "hostnames", "alias", "mount_path", "sub_path", "periods", "timezone", "idle_count", "idle_time", "value", "items", "medium", "size_limit", "patch_type", "patch", "patch_path"];

    public static int Items(ConfigDocument document, string path) => Parent(document, path)?.Tables(Last(path)).Count ?? 0;

    public static void AddItem(ConfigDocument document, string path)
    {
        var at = Items(document, path);
        // A section is only there with a key in it: the first that it needs.
        ConfigPath.Set(document.Root, string.Create(CultureInfo.InvariantCulture, $"{path}[{at}].{Keys(path)[0].Name}"), First(Keys(path)[0]));
    }

    public static void RemoveItem(ConfigDocument document, string path, int at)
    {
        if (Parent(document, path) is not { } parent) return;
        if (parent[Last(path)] is ConfigList list && list.Items.Count > 1) list.Items.RemoveAt(at);
        else ConfigPath.Set(document.Root, path, null);
    }

    /// <summary>Keys of one item of a list of sections, what it is called by first.</summary>
    public static IReadOnlyList<ConfigKey> Keys(string path) =>
        [.. ConfigKeys.Below(ConfigPath.KeyOf(path)!.Path).Where(key => !key.IsSection && key.LastRelease is null && key.IsReleased).OrderBy(key => Array.IndexOf(Order, key.Name) is >= 0 and var at ? at : Order.Length).ThenBy(key => key.Name, StringComparer.Ordinal)];

    /// <summary>"18.11" where the target is older; null: it reads the key.</summary>
    public static string? Needs(ConfigKey key, Version target) => key.IsReadBy(target) ? null : key.IsReleased ? key.Since is { } since ? $"{since.Major}.{since.Minor}" : null : "not released";

    public static bool IsLong(ConfigKey key) => key.IsMap || key.Type.EndsWith("[]", StringComparison.Ordinal) || key.Name.EndsWith("_script", StringComparison.Ordinal) || key.Name == "patch";

    public static IReadOnlyList<string> Words(ConfigKey key) => key.Name switch
    {
        "executor" => ["kubernetes"],
        "shell" => ["bash", "sh", "pwsh"],
        "log_level" => ["debug", "info", "warn", "error", "fatal", "panic"],
        "log_format" => ["runner", "text", "json"],
        "dns_policy" => ["none", "default", "cluster-first", "cluster-first-with-host-net"],
        "medium" => ["Memory"],
        "patch_type" => ["strategic", "merge", "json"],
        "Type" => ["s3", "gcs", "azure"],
        "AuthenticationType" => ["access-key", "iam"],
        "type" => ["RuntimeDefault", "Localhost", "Unconfined"],
        _ => [],
    };

    private static ConfigNode First(ConfigKey key) => key.Type.EndsWith("[]", StringComparison.Ordinal) ? new ConfigList([]) : new ConfigScalar("");

    private static ConfigTable? Parent(ConfigDocument document, string path) => path.LastIndexOf('.') is > 0 and var dot ? ConfigPath.Get(document.Root, path[..dot]) as ConfigTable : document.Root;

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];
}
