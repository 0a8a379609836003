namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>
/// A table of a <c>config.toml</c> in its written order. Names are found as gitlab-runner finds them: whatever their case,
/// but an exact one first (BurntSushi/toml, <c>decode.go</c>).
/// </summary>
public sealed class ConfigTable : ConfigNode
{
    private readonly NamedList<ConfigNode> _entries = new(ignoresCase: true);

    public IReadOnlyList<KeyValuePair<string, ConfigNode>> Entries => _entries.Entries;

    public override string TypeName => "table";

    public bool IsEmpty => _entries.Count == 0;

    /// <summary>The value of <paramref name="key"/>; null when it is unset.</summary>
    public ConfigNode? this[string key] => _entries.Find(key);

    /// <summary>The text under <paramref name="key"/>; null when it is unset or something else.</summary>
    public string? Text(string key) => Scalar(key) as string;

    /// <inheritdoc cref="Text"/>
    public long? Whole(string key) => Scalar(key) as long?;

    /// <summary>The number under <paramref name="key"/>, whole or not.</summary>
    public double? Number(string key) => Scalar(key) switch { long whole => whole, double number => number, _ => null };

    /// <inheritdoc cref="Text"/>
    public bool? Flag(string key) => Scalar(key) as bool?;

    /// <summary>The texts under <paramref name="key"/>, one text counting as a list of one (<c>pull_policy</c>); null when it is unset or something else.</summary>
    public IReadOnlyList<string>? Texts(string key) => this[key] switch
    {
        ConfigScalar { Value: string one } => [one],
        ConfigList list when list.Items.TrueForAll(item => item is ConfigScalar { Value: string }) => [.. list.Items.Select(item => (string)((ConfigScalar)item).Value)],
        _ => null,
    };

    /// <inheritdoc cref="Text"/>
    public ConfigTable? Table(string key) => this[key] as ConfigTable;

    /// <summary>The tables under <paramref name="key"/>; a single <c>[key]</c> counts as one. Empty when it is unset or something else.</summary>
    public IReadOnlyList<ConfigTable> Tables(string key) => this[key] switch
    {
        ConfigTable one => [one],
        ConfigList list => [.. list.Items.OfType<ConfigTable>()],
        _ => [],
    };

    /// <summary>The table at the end of <paramref name="path"/>; null when one on the way is missing.</summary>
    public ConfigTable? Below(params ReadOnlySpan<string> path)
    {
        ConfigTable? table = this;
        foreach (var key in path) table = table?.Table(key);
        return table;
    }

    /// <summary>Sets <paramref name="key"/>, in its old place when it had one; null takes it away.</summary>
    public void Set(string key, ConfigNode? value)
    {
        if (value is not null) _entries.Set(key, value);
        else if (_entries.NameOf(key) is { } there) _entries.Remove(there);
    }

    /// <summary>Adds a key that must be new, its case counting: so a file that has a name twice in two cases keeps both.</summary>
    /// <returns>False when it was there.</returns>
    public bool TryAdd(string key, ConfigNode value)
    {
        if (_entries.FindExact(key) is not null) return false;
        _entries.Add(key, value);
        return true;
    }

    /// <summary>Takes away the key of exactly this name.</summary>
    public void Remove(string key) => _entries.Remove(key);

    /// <summary>The value of exactly this name; null when it is unset.</summary>
    public ConfigNode? Exact(string key) => _entries.FindExact(key);

    /// <summary>The table under <paramref name="key"/>, made when it is unset.</summary>
    /// <exception cref="InvalidOperationException">Something else stands there.</exception>
    public ConfigTable Open(string key)
    {
        if (this[key] is { } there) return there as ConfigTable ?? throw new InvalidOperationException($"{key} is a {there.TypeName}, not a table.");
        var made = new ConfigTable();
        Set(key, made);
        return made;
    }

    public override ConfigNode Copy()
    {
        var copy = new ConfigTable { Line = Line, Comment = Comment };
        foreach (var (key, value) in Entries) copy._entries.Add(key, value.Copy());
        return copy;
    }

    private object? Scalar(string key) => (this[key] as ConfigScalar)?.Value;
}
