namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Volumes of job pods: their names, where they are mounted, and what each kind needs (kubernetes-executor.md 1.6).</summary>
public sealed class VolumeCheck : KubernetesCheck
{
    internal static readonly string[] Kinds = ["host_path", "pvc", "config_map", "secret", "empty_dir", "csi", "nfs"];

    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        var volumes = Kinds.SelectMany(kind => runner.Tables("volumes." + kind).Select((table, index) => new Volume(runner, kind, table, index))).OrderBy(volume => volume.Table.Line).ToList();
        var builds = runner.Runner.Table.Text("builds_dir") is { Length: > 0 } set ? set : "/builds";
        foreach (var volume in volumes)
            foreach (var found in One(volume, builds)) yield return found;

        // A claim is mounted as often as it is named; every other name stands for one volume.
        foreach (var same in volumes.Where(volume => volume.Name is { Length: > 0 }).GroupBy(volume => volume.Name!, StringComparer.Ordinal))
        {
            var (isOne, kind) = (same.All(one => one.Kind == same.First().Kind), same.First().Kind);
            if (isOne && kind == "pvc") continue;
            foreach (var volume in same.Skip(1))
                yield return volume.Found(CheckCodes.DuplicateVolume, "name", CheckSeverity.Error, $"There are two volumes {volume.Name}: Kubernetes refuses the pod.",
                    kind is "secret" or "config_map" && isOne ? "The name is both that of the volume and of the object, so each can be mounted once: take one volume with items." : "Give each a name of its own.");
        }

        foreach (var volume in volumes.Where(volume => volume.Mount is { Length: > 0 }).GroupBy(volume => volume.Mount!.TrimEnd('/'), StringComparer.Ordinal).SelectMany(same => same.Skip(1)))
            yield return volume.Found(CheckCodes.DuplicateVolume, "mount_path", CheckSeverity.Error, $"Two volumes are mounted at {volume.Mount}: Kubernetes refuses the pod.",
                volume.Kind is "secret" or "config_map" ? "Give each a mount_path of its own; files of several objects go into one directory with sub_path and one mount_path for each file." : "Give each a mount_path of its own.");
    }

    private static IEnumerable<ConfigFinding> One(Volume volume, string builds)
    {
        if (volume.Name is not { Length: > 0 } name)
            yield return volume.Found(CheckCodes.MissingKey, "name", CheckSeverity.Error, $"The volume has no name: {(volume.Kind == "nfs" ? "gitlab-runner refuses the whole file" : "Kubernetes refuses the pod")}.", volume.Kind is "secret" or "config_map" or "pvc" ? "Set name: it is the name of the object, too." : "Set name.");
        else if (name is "scripts" or "logs" || (name == "repo" && volume.Mount?.TrimEnd('/') != builds.TrimEnd('/')))
            yield return volume.Found(CheckCodes.ReservedVolume, "name", CheckSeverity.Error, $"gitlab-runner makes a volume {name} itself: Kubernetes refuses the pod.", name == "repo" ? $"Give it another name, or mount it at {builds}, where it takes the place of gitlab-runner's own." : "Give it another name.");
        else if (!KubernetesNames.IsLabel(name) && !(volume.Kind == "pvc" && name.Contains('$', StringComparison.Ordinal)))
            yield return volume.Found(CheckCodes.BadVolume, "name", CheckSeverity.Error, $"\"{Short(name)}\" is no name of a volume: Kubernetes refuses the pod.", $"Write at most 63 small letters, digits and dashes{(volume.Kind is "secret" or "config_map" ? "; the object itself needs such a name, too" : "")}.");

        if (volume.Mount is not { Length: > 0 } mount)
            yield return volume.Found(CheckCodes.MissingKey, "mount_path", CheckSeverity.Error, $"The volume has no mount_path: {(volume.Kind == "nfs" ? "gitlab-runner refuses the whole file" : "Kubernetes refuses the pod")}.", "Set mount_path.");
        else if (!IsAbsolute(mount, volume.Runner.IsWindows) || mount == "/")
            yield return volume.Found(CheckCodes.BadVolume, "mount_path", CheckSeverity.Error, mount == "/" ? "A volume over / hides the whole image: no container starts." : $"\"{Short(mount)}\" does not begin at the root of the container.", "Write a path such as /data.");
        else if (mount.Contains(':', StringComparison.Ordinal) && !volume.Runner.IsWindows)
            yield return volume.Found(CheckCodes.BadVolume, "mount_path", CheckSeverity.Error, "A mount_path cannot hold a colon: Kubernetes refuses the pod.", "Docker's form /host:/container is two keys here: host_path and mount_path.");
        if (volume.Table.Text("sub_path") is { Length: > 0 } sub && (sub.StartsWith('/') || sub.Split('/').Contains("..")))
            yield return volume.Found(CheckCodes.BadVolume, "sub_path", CheckSeverity.Error, $"sub_path \"{Short(sub)}\" leads out of the volume: Kubernetes refuses the pod.", "Write a path inside the volume, without a slash before it.");
        foreach (var (item, node) in volume.Table.Table("items")?.Entries ?? [])
            if (node is ConfigScalar { Value: string path } && (path.Length == 0 || path.StartsWith('/') || path.Split('/').Contains("..")))
                yield return volume.Found(CheckCodes.BadVolume, "items." + item, CheckSeverity.Error, $"The path of {Short(item)} leads out of the volume: Kubernetes refuses the pod.", "Write a path inside the volume, without a slash before it: \"config.json\" = \"docker/config.json\".");
        foreach (var key in volume.Kind switch { "nfs" => ["server", "path"], "csi" => ["driver"], _ => Array.Empty<string>() })
            if (volume.Table.Text(key) is null or "")
                yield return volume.Found(CheckCodes.MissingKey, key, CheckSeverity.Error, $"The {volume.Kind} volume has no {key}: {(volume.Kind == "nfs" ? "gitlab-runner refuses the whole file" : "Kubernetes refuses the pod")}.", $"Set {key}.");
        if (volume.Table.Text("mount_propagation") == "Bidirectional" && volume.Runner.Flag("privileged") is not true)
            yield return volume.Found(CheckCodes.BadVolume, "mount_propagation", CheckSeverity.Error, "Bidirectional needs privileged containers: Kubernetes refuses the pod.", "Write HostToContainer.");
    }

    private static bool IsAbsolute(string path, bool isWindows) => path.StartsWith('/') || path.StartsWith('$') || (isWindows && path is [_, ':', ..]);

    private static string Short(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private sealed record Volume(KubernetesSection Runner, string Kind, ConfigTable Table, int Index)
    {
        public string? Name => Table.Text("name");

        public string? Mount => Table.Text("mount_path");

        public ConfigFinding Found(string code, string key, CheckSeverity severity, string message, string remedy) =>
            new(code, Runner.KeyOf($"volumes.{Kind}[{Index}].{key}"), (key.StartsWith("items.", StringComparison.Ordinal) ? Table.Table("items")?[key["items.".Length..]] : Table[key])?.Line ?? Table.Line, severity, message, remedy);
    }
}
