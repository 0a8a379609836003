using System.Globalization;

namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>A YAML document to write, with its comments; read again it is the same whatever stands in it.</summary>
public abstract class YamlPart
{
    public static implicit operator YamlPart(string text) => new YamlValue(text, true);

    public static implicit operator YamlPart(long number) => new YamlValue(number.ToString(CultureInfo.InvariantCulture), false);

    public static implicit operator YamlPart(bool flag) => new YamlValue(flag ? "true" : "false", false);
}

/// <param name="text">As it is.</param>
/// <param name="isText">False: a number or a truth value.</param>
public sealed class YamlValue(string text, bool isText) : YamlPart
{
    public string Text { get; } = text;

    public bool IsText { get; } = isText;
}

public sealed class YamlItems : YamlPart
{
    private readonly List<(YamlPart Item, string? Comment)> _items = [];

    public IReadOnlyList<(YamlPart Item, string? Comment)> Items => _items;

    public static YamlItems Of(IEnumerable<string> texts) => Of(texts.Select(text => (YamlPart)text));

    public static YamlItems Of(IEnumerable<int> numbers) => Of(numbers.Select(number => (YamlPart)number));

    public static YamlItems Of(IEnumerable<YamlPart> parts)
    {
        var items = new YamlItems();
        foreach (var part in parts) items.Add(part);
        return items;
    }

    /// <param name="comment">Above it.</param>
    public YamlItems Add(YamlPart item, string? comment = null)
    {
        _items.Add((item, comment));
        return this;
    }

    /// <summary>Items that are not here come behind those that are; of two with one name the first stays.</summary>
    public void Complete(YamlItems more)
    {
        var there = _items.Select(one => IdentityOf(one.Item)).ToHashSet(StringComparer.Ordinal);
        foreach (var (item, comment) in more.Items)
            if (there.Add(IdentityOf(item))) Add(item, comment);
    }

    public void Remove(YamlPart item) => _items.RemoveAll(one => ReferenceEquals(one.Item, item));

    public void Remove(IReadOnlySet<YamlPart> gone) => _items.RemoveAll(one => gone.Contains(one.Item));

    // By its name, or as an object of Kubernetes by kind and name; else by all that it holds.
    private static string IdentityOf(YamlPart part) => part switch
    {
        YamlFields { } named when named["name"] is YamlValue name => $"name {name.Text}",
        YamlFields { } thing when thing["kind"] is YamlValue kind && (thing["metadata"] as YamlFields)?["name"] is YamlValue name => $"{kind.Text} {name.Text}",
        YamlFields fields => $"{{{string.Join(',', fields.Fields.Select(field => $"{field.Key}:{IdentityOf(field.Value)}"))}}}",
        YamlItems items => $"[{string.Join(',', items.Items.Select(item => IdentityOf(item.Item)))}]",
        YamlValue value => $"{value.IsText} {value.Text}",
        _ => "",
    };
}

public sealed class YamlFields : YamlPart
{
    private readonly NamedList<Field> _fields = new(ignoresCase: false);

    /// <summary>As they are now: what is taken away meanwhile stays in it.</summary>
    public IReadOnlyList<(string Key, YamlPart Value, string? Comment)> Fields => [.. _fields.Entries.Select(one => (one.Key, one.Value.Part, one.Value.Comment))];

    public YamlPart? this[string key] => _fields.Find(key)?.Part;

    /// <param name="value">Null: the key is left out.</param>
    /// <param name="comment">Above it; several lines are allowed.</param>
    public YamlFields Add(string key, YamlPart? value, string? comment = null)
    {
        if (value is not null) _fields.Add(key, new(value, comment));
        return this;
    }

    /// <summary>A text that may be missing.</summary>
    public YamlFields AddText(string key, string? text, string? comment = null) => Add(key, text is null ? null : (YamlPart)text, comment);

    /// <inheritdoc cref="AddText"/>
    public YamlFields AddWhole(string key, long? number, string? comment = null) => Add(key, number is { } there ? (YamlPart)there : null, comment);

    /// <summary>Maps that are not empty.</summary>
    public YamlFields AddFields(string key, YamlFields fields, string? comment = null) => Add(key, fields.Fields.Count == 0 ? null : fields, comment);

    /// <summary>What is here stays; of <paramref name="more"/> comes what is not, also items of lists.</summary>
    public void Complete(YamlFields more)
    {
        foreach (var (key, value, comment) in more.Fields)
            if (this[key] is not { } there) Add(key, value, comment);
            else if (there is YamlFields below && value is YamlFields other) below.Complete(other);
            else if (there is YamlItems items && value is YamlItems others) items.Complete(others);
    }

    /// <returns>False when it was not there.</returns>
    public bool Remove(string key) => _fields.Remove(key);

    /// <summary>Sets the key in its place, or adds it.</summary>
    public void Set(string key, YamlPart value) => _fields.Set(key, new(value, _fields.Find(key)?.Comment));

    private sealed record Field(YamlPart Part, string? Comment);
}
