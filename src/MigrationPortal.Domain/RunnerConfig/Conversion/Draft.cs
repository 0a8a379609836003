using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>One section of the result while it is made: a runner, or the whole file for the keys above all runners.</summary>
internal sealed partial class Draft(ConfigTable source, ConfigTable target, string schemaPrefix, ConversionOptions options)
{
    private readonly List<string> _written = [];
    private readonly List<ConfigKey> _tooNew = [];
    private readonly List<string> _kept = [];
    private readonly HashSet<(string Code, string Text)> _noted = [];
    private readonly Dictionary<string, HashSet<string>> _added = new(StringComparer.Ordinal);

    public ConfigTable Source { get; } = source;

    public ConfigTable Target { get; } = target;

    public ConversionOptions Options { get; } = options;

    // A version without a patch level would count as older than its first patch.
    public Version TargetVersion { get; } = options.TargetVersion is { } wanted ? new(wanted.Major, wanted.Minor, Math.Max(0, wanted.Build)) : ConfigKeys.Newest;

    public string Name => Source.Text("name") is { Length: > 0 } name ? name : "runner";

    public ConfigTable Docker { get; } = source.Table("docker") ?? new ConfigTable();

    public ConfigTable Kubernetes => Target.Open("kubernetes");

    public SourceServices Services => field ??= new SourceServices(Docker);

    public List<ConversionNote> Notes { get; } = [];

    public List<WorksheetRow> Worksheet { get; } = [];

    /// <summary>Written above the section: what it does not say itself.</summary>
    public List<string> Comments { get; } = [];

    /// <summary>The policies of pause pods are made of several keys, once.</summary>
    public bool PoliciesBuilt { get; set; }

    public Mounts Mounts => field ??= new Mounts(this);

    public PodPatches Patches => field ??= new PodPatches(this);

    /// <summary>Whether the runner of the result reads the key.</summary>
    public bool Knows(string path) => Unread(path) is null;

    /// <summary>Writes a key unless the runner of the result does not know it, or the source said it for Kubernetes already.</summary>
    /// <param name="path">Below this section, such as <c>kubernetes.pod_security_context.run_as_user</c>; places in arrays of tables as <c>[0]</c>.</param>
    /// <returns>False when it was not written.</returns>
    public bool Put(string path, ConfigNode value, string? comment = null)
    {
        if (Unread(path) is { } unread)
        {
            _tooNew.Add(unread);
            return false;
        }

        var names = path.Split('.');
        var table = Target;
        foreach (var name in names[..^1]) table = Open(table, name);
        if (table[names[^1]] is { } there)
        {
            var same = there is ConfigScalar one && value is ConfigScalar other && one.Value.Equals(other.Value);
            (same ? _written : _kept).Add(path);
            return same;
        }

        if (comment is not null) value.Comment = comment;
        table.Set(names[^1], value);
        _written.Add(path);
        return true;
    }

    public bool Put(string path, string value, string? comment = null) => Put(path, new ConfigScalar(value), comment);

    public bool Put(string path, long value, string? comment = null) => Put(path, new ConfigScalar(value), comment);

    public bool Put(string path, bool value, string? comment = null) => Put(path, new ConfigScalar(value), comment);

    public bool Put(string path, IEnumerable<string> values, string? comment = null) => Put(path, ConfigList.Of(values), comment);

    /// <summary>Adds to a list of texts without saying one twice.</summary>
    public bool Add(string path, string value, string? comment = null)
    {
        var names = path.Split('.');
        var there = Target.Below(names.AsSpan(..^1))?[names[^1]] as ConfigList;
        if (there is null) return Put(path, [value], comment);
        if (!_added.TryGetValue(path, out var texts)) _added[path] = texts = [.. there.Items.OfType<ConfigScalar>().Select(item => item.Value).OfType<string>()];
        if (texts.Add(value)) there.Items.Add(new ConfigScalar(value));
        Wrote(path);
        return true;
    }

    /// <summary>Adds a table to an array of tables, without the keys that the runner of the result does not know.</summary>
    public bool Append(string path, ConfigTable item)
    {
        if (Unread(path) is { } unread)
        {
            _tooNew.Add(unread);
            return false;
        }

        foreach (var (name, _) in item.Entries.ToList())
        {
            if (Unread($"{path}[].{name}") is not { } below) continue;
            _tooNew.Add(below);
            item.Set(name, null);
        }

        var names = path.Split('.');
        var table = Target;
        foreach (var name in names[..^1]) table = Open(table, name);
        if (table[names[^1]] is ConfigList list) list.Items.Add(item);
        else table.Set(names[^1], ConfigList.Of([item]));
        _written.Add(path);
        return true;
    }

    /// <summary>Says that a key stands for what is converted now, though another key wrote it.</summary>
    public void Wrote(string path) => _written.Add(path);

    public void Note(string code, string text)
    {
        if (_noted.Add((code, text))) Notes.Add(new(code, text));
    }

    /// <summary>Lets a rule speak and adds what the draft knows: what was written, and what could not be.</summary>
    public (Mapped Mapped, IReadOnlyList<string> Targets) Ask(KeyRule rule, KeyUse use)
    {
        _written.Clear();
        _tooNew.Clear();
        _kept.Clear();
        var mapped = rule(use, this);
        var targets = _written.Distinct().ToList();
        if (_kept.Except(_written).ToList() is { Count: > 0 } kept)
        {
            targets.AddRange(kept);
            mapped = mapped with { Mapping = Worse(mapped.Mapping, KeyMapping.Approximate), Remedy = Joined(mapped.Remedy, $"What already stands at {string.Join(", ", kept.Distinct())} was kept.") };
        }

        if (_tooNew.Count > 0)
        {
            var missing = _tooNew.DistinctBy(key => key.Path).Select(key => $"{key.Path[(key.Path.IndexOf("[].", StringComparison.Ordinal) + 3)..]} ({Since(key)})");
            mapped = mapped with
            {
                Mapping = targets.Count == 0 ? KeyMapping.Impossible : Worse(mapped.Mapping, KeyMapping.Approximate),
                Remedy = Joined(mapped.Remedy, $"Not written, as runner {TargetVersion.ToString(2)} does not read it: {string.Join(", ", missing)}."),
            };
        }

        return (mapped, targets);
    }

    // Some sections moved, so that a key in them can look older than they are: every one on the way counts.
    private ConfigKey? Unread(string path)
    {
        var schema = schemaPrefix + Position().Replace(path, "[]");
        for (var end = schema.IndexOf('.', schemaPrefix.Length); end >= 0; end = schema.IndexOf('.', end + 1))
            if (ConfigKeys.Find(schema[..end].TrimEnd('[', ']')) is { } section && !section.IsReadBy(TargetVersion)) return section;
        var key = ConfigKeys.Find(schema) ?? throw new InvalidOperationException($"{schema} is no key of gitlab-runner.");
        return key.IsReadBy(TargetVersion) ? null : key;
    }

    private static string Since(ConfigKey key) => key switch
    {
        { IsReleased: false } => "in no release yet",
        { LastRelease: { } last } => $"until {last.ToString(2)}",
        _ => $"since {key.Since?.ToString(2)}",
    };

    private static string Joined(string one, string other) => one.Length == 0 ? other : $"{one} {other}";

    private static KeyMapping Worse(KeyMapping one, KeyMapping other) => one > other ? one : other;

    private static ConfigTable Open(ConfigTable table, string name)
    {
        if (Position().Match(name) is not { Success: true } position) return table.Open(name);
        var plain = name[..position.Index];
        var index = int.Parse(position.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        if (table[plain] is not ConfigList list) table.Set(plain, list = ConfigList.Of(Array.Empty<ConfigTable>()));
        while (list.Items.Count <= index) list.Items.Add(new ConfigTable());
        return (ConfigTable)list.Items[index];
    }

    [GeneratedRegex(@"\[(\d+)\]")]
    private static partial Regex Position();
}
