namespace MigrationPortal.Web.Shared;

/// <summary>A filter of a list. <paramref name="Key"/> is its name in the URL.</summary>
/// <param name="Key">Name in the URL, and in the API where the list has one.</param>
/// <param name="Word">What the chip calls it: "role".</param>
/// <param name="Options">What may be chosen; several values mean any of them.</param>
public sealed record FilterDef(string Key, string Word, IReadOnlyList<FilterOption> Options)
{
    /// <summary>A second choice takes the place of the first.</summary>
    public bool OnlyOne { get; init; }

    public static FilterDef Of(string key, params string[] values) => new(key, key, [.. values.Select(value => new FilterOption(value, value))]);

    /// <summary>"legacy", or "any of legacy, kubernetes"; values that are no option are shown as they are.</summary>
    public string Say(IReadOnlyList<string> values)
    {
        var words = values.Select(value => Options.FirstOrDefault(option => option.Value == value)?.Word ?? value);
        return (values.Count > 1 ? "any of " : "") + string.Join(", ", words);
    }
}

/// <summary>One choice of a filter: its value in the URL and its word.</summary>
public sealed record FilterOption(string Value, string Word);
