namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>A whole <c>config.toml</c>: its values with their lines, and the comments that stood beside them.</summary>
public sealed class ConfigDocument(ConfigTable root)
{
    public ConfigTable Root { get; } = root;

    /// <summary>Comments of the text, in their order: rendering does not bring them back.</summary>
    public IReadOnlyList<ConfigComment> Comments { get; init; } = [];

    /// <summary>The runners. gitlab-runner refuses a <c>[runners.x]</c> without <c>[[runners]]</c> before it; here it counts as one runner, so that it can be judged.</summary>
    public IReadOnlyList<ConfigTable> Runners => Root.Tables("runners");

    /// <summary>The document of <paramref name="toml"/>, or what is wrong with it.</summary>
    public static ConfigReading Read(string toml) => new TomlReader().Read(toml);

    /// <summary>Deterministic TOML, its tables indented as gitlab-runner indents them.</summary>
    public string Render() => TomlText.Of(Root);

    public ConfigDocument Copy() => new((ConfigTable)Root.Copy()) { Comments = Comments };
}

/// <param name="Line">Counted from 1.</param>
/// <param name="Text">Without the <c>#</c>.</param>
public sealed record ConfigComment(int Line, string Text);

/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1.</param>
public sealed record ConfigFault(int Line, int Column, string Message);

/// <summary>What became of reading a text: a document, or faults. Never both, never neither.</summary>
public sealed record ConfigReading(ConfigDocument? Document, IReadOnlyList<ConfigFault> Faults);
