namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>The volumes of a runner: one a path, with names that Kubernetes takes and the runner does not use itself.</summary>
internal sealed class Mounts
{
    /// <summary>Volumes that the executor makes itself.</summary>
    private static readonly string[] Reserved = ["repo", "scripts", "logs"];

    private readonly Draft _draft;
    private readonly Dictionary<string, ConfigTable> _byPath = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(Reserved, StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public Mounts(Draft draft)
    {
        _draft = draft;
        foreach (var (kind, _) in draft.Target.Below("kubernetes", "volumes")?.Entries ?? [])
            foreach (var volume in draft.Target.Below("kubernetes", "volumes")!.Tables(kind))
            {
                _byPath.TryAdd(Normal(volume.Text("mount_path") ?? ""), volume);
                _names.Add(volume.Text("name") ?? "");
            }
    }

    public ConfigTable? At(string path) => _byPath.GetValueOrDefault(Normal(path));

    /// <summary>Mounts a volume of <paramref name="kind"/> (<c>empty_dir</c>, <c>pvc</c>, ...) at <paramref name="path"/>.</summary>
    /// <returns>Null when something is mounted there already, or the kind is not known to the runner of the result.</returns>
    public ConfigTable? Mount(string kind, string name, string path, Action<ConfigTable>? fill = null, string? comment = null)
    {
        var mountPath = Normal(path);
        if (_byPath.ContainsKey(mountPath)) return null;
        var volume = new ConfigTable { Comment = comment };
        volume.Set("name", new ConfigScalar(Unique(name)));
        volume.Set("mount_path", new ConfigScalar(mountPath));
        fill?.Invoke(volume);
        if (!_draft.Append($"kubernetes.volumes.{kind}", volume)) return null;
        return _byPath[mountPath] = volume;
    }

    private string Unique(string name)
    {
        var label = DnsLabel.Of(name, "volume");
        var unique = label;
        for (var i = _numbers.GetValueOrDefault(label, 2); !_names.Add(unique); i++)
        {
            _numbers[label] = i;
            var suffix = $"-{i}";
            unique = label[..Math.Min(label.Length, DnsLabel.Longest - suffix.Length)].TrimEnd('-') + suffix;
        }

        return unique;
    }

    private static string Normal(string path)
    {
        var plain = path.TrimEnd('/');
        return plain.Length == 0 ? "/" : plain;
    }
}
