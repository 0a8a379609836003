namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>The <c>[runners.kubernetes]</c> of one runner.</summary>
/// <param name="Table">That section.</param>
public sealed record KubernetesSection(RunnerSection Runner, ConfigTable Table)
{
    /// <summary>The containers of a job pod, by the beginning of their keys.</summary>
    public static readonly IReadOnlyList<string> Containers = ["build", "helper", "service", "init_permissions"];

    public string Path => Runner.Path + ".kubernetes";

    public int Line => Table.Line > 0 ? Table.Line : Runner.Table.Line;

    /// <summary>Its pods run on Windows nodes.</summary>
    public bool IsWindows => Text("node_selector.kubernetes\\.io/os") is { } os && os.Equals("windows", StringComparison.OrdinalIgnoreCase);

    /// <summary>Runners whose executor is <c>kubernetes</c>, with an empty section where they have none; and those with a section of it that do not say their executor.</summary>
    public static IReadOnlyList<KubernetesSection> Of(ConfigDocument document) =>
    [
        .. from runner in RunnerSection.Of(document)
           let table = runner.Table.Table("kubernetes")
           where runner.Executor is "kubernetes" || (runner.Executor is null && table is not null)
           select new KubernetesSection(runner, table ?? new ConfigTable()),
    ];

    /// <summary>The key of a container's security context.</summary>
    public static string ContextOf(string container) => container + "_container_security_context";

    public string KeyOf(string key) => $"{Path}.{key.Replace("\\.", ".", StringComparison.Ordinal)}";

    /// <param name="key">Below the section, with dots between its names; a dot of a name itself as <c>\.</c>.</param>
    /// <returns>Null when it is unset.</returns>
    public ConfigNode? Find(string key)
    {
        ConfigNode? node = Table;
        foreach (var name in NamesOf(key)) node = (node as ConfigTable)?[name];
        return node;
    }

    /// <inheritdoc cref="ConfigTable.Text"/>
    public string? Text(string key) => (Find(key) as ConfigScalar)?.Value as string;

    /// <inheritdoc cref="ConfigTable.Text"/>
    public long? Whole(string key) => (Find(key) as ConfigScalar)?.Value as long?;

    /// <inheritdoc cref="ConfigTable.Text"/>
    public bool? Flag(string key) => (Find(key) as ConfigScalar)?.Value as bool?;

    /// <inheritdoc cref="ConfigTable.Texts"/>
    public IReadOnlyList<string>? Texts(string key) => NamesOf(key) is [.. var above, var last] ? Table.Below(above)?.Texts(last) : null;

    public IReadOnlyList<ConfigTable> Tables(string key) => NamesOf(key) is [.. var above, var last] ? Table.Below(above)?.Tables(last) ?? [] : [];

    /// <summary>The line of a key; of one that is missing, the line of the nearest section above it.</summary>
    public int LineOf(string key)
    {
        var line = Line;
        ConfigNode? node = Table;
        foreach (var name in NamesOf(key))
        {
            node = (node as ConfigTable)?[name];
            if (node is null) break;
            if (node.Line > 0) line = node.Line;
        }

        return line;
    }

    private static string[] NamesOf(string key) => [.. key.Replace("\\.", "\0", StringComparison.Ordinal).Split('.').Select(name => name.Replace('\0', '.'))];
}
