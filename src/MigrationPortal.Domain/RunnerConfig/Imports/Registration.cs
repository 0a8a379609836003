using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Model;

namespace MigrationPortal.Domain.RunnerConfig.Imports;

/// <summary>
/// What registration makes of a template: it has no global section, it fills only what is empty, and what flags and the environment
/// say goes first. So an import takes what the manager really used, and says what of the template had no effect.
/// </summary>
internal sealed class Registration(ConfigDocument document, List<string> remarks)
{
    private static readonly string[] WithOwnValue = ["request_concurrency", "output_limit", "kubernetes.poll_timeout", "kubernetes.poll_interval"];

    public ConfigDocument Document { get; } = document;

    /// <summary>Takes away what a template cannot say.</summary>
    /// <param name="where">What the template is called there.</param>
    public void Prune(string where)
    {
        var globals = Document.Root.Entries.Select(entry => entry.Key).Where(key => !key.Equals("runners", StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var key in globals) Document.Root.Remove(key);
        if (globals.Count > 0) remarks.Add($"{where}: {string.Join(", ", globals.Take(20))} of the global section had no effect, as a template has none: left out. Set them under Manager.");
        if (Document.Runners.Count > 1) remarks.Add($"{where} holds {Document.Runners.Count} [[runners]]: registration takes a template of one only. The first is the one that forms are written of.");
        if (Document.Runners.Count == 0) Document.Root.Set("runners", ConfigList.Of([new ConfigTable()]));
    }

    /// <summary>Says which keys had no effect in the template unless the environment set them; they have one in what is written here.</summary>
    /// <param name="set">Keys that the environment set.</param>
    public void Tell(string where, IReadOnlySet<string> set)
    {
        var dead = WithOwnValue.Where(key => !set.Contains(key) && ConfigPath.Get(Document.Root, $"runners[0].{key}") is not null).ToList();
        if (dead.Count > 0) remarks.Add($"{where}: {string.Join(", ", dead)} had no effect, as registration has a value of its own: written here it has, by the manager's environment.");
    }

    /// <summary>Sets a key to what the manager used, whatever the template says.</summary>
    /// <param name="by">Who says so, such as <c>spec.buildImage</c>.</param>
    public void Set(string path, ConfigNode? node, string by)
    {
        if (node is null) return;
        var there = ConfigPath.Get(Document.Root, path);
        if (there?.IsSame(node) == true) return;
        if (there is not null) remarks.Add($"{path} of the template had no effect: {by} goes first, and is what stands here.");
        ConfigPath.Set(Document.Root, path, node);
    }

    /// <summary>Takes a variable of the manager's environment for the key that it sets.</summary>
    /// <returns>The key below the runner; null: it sets none, or its value has no place there.</returns>
    public string? Variable(string name, string text)
    {
        var key = ConfigKeys.All.FirstOrDefault(one => one.Variable == name && one.Path.StartsWith("runners[].", StringComparison.Ordinal));
        if (key is null || key.Name is "url" or "token" or "name" || ConfigSecrets.IsSecretSetting(name, text) || ConfigField.Read(key, text) is not { Node: { } node }) return null;
        Set($"runners[0].{key.Path[10..]}", node, name);
        return key.Path[10..];
    }

    /// <summary>The text with its comments; says how many have no key to stand at.</summary>
    public string Render()
    {
        if (ConfigComments.Keep(Document) is { Count: > 0 and var lost }) remarks.Add(ConfigComments.Lost(lost));
        return Document.Render();
    }
}
