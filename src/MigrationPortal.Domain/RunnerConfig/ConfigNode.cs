namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>One value of a <c>config.toml</c>.</summary>
public abstract class ConfigNode
{
    /// <summary>The line in the text that it was read from, counted from 1; 0 when no text stands behind it.</summary>
    public int Line { get; init; }

    /// <summary>What is written above it when it is rendered; several lines are allowed.</summary>
    public string? Comment { get; set; }

    /// <summary>What TOML calls it: <c>string</c>, <c>integer</c>, <c>float</c>, <c>boolean</c>, <c>datetime</c>, <c>array</c> or <c>table</c>.</summary>
    public abstract string TypeName { get; }

    /// <summary>An equal value that shares nothing with this one.</summary>
    public abstract ConfigNode Copy();
}
