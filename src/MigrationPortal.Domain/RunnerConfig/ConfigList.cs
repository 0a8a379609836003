namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>An array of a <c>config.toml</c>: of values, or of tables (<c>[[name]]</c>).</summary>
public sealed class ConfigList(IEnumerable<ConfigNode> items) : ConfigNode
{
    public List<ConfigNode> Items { get; } = [.. items];

    public override string TypeName => "array";

    /// <summary>True when it can be written as <c>[[name]]</c>: not empty, and tables only.</summary>
    public bool IsOfTables => Items.Count > 0 && Items.TrueForAll(item => item is ConfigTable);

    public static ConfigList Of(IEnumerable<string> texts) => new(texts.Select(text => new ConfigScalar(text)));

    public static ConfigList Of(IEnumerable<ConfigTable> tables) => new(tables);

    public override ConfigNode Copy() => new ConfigList(Items.Select(item => item.Copy())) { Line = Line, Comment = Comment };
}
