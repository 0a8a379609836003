using System.Text.RegularExpressions;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Model;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.RunnerConfig.Secrets;

/// <summary>
/// Mounts Secrets in the forms that gitlab-runner really has. There is no <c>volumes.projected</c> and no <c>secret_name</c>: a volume's
/// name is the Secret's, so one Secret is one volume, once.
/// </summary>
public static partial class SecretMounts
{
    public const string PatchFlag = "FF_USE_ADVANCED_POD_SPEC_CONFIGURATION";

    // Volumes that the runner makes itself.
    private static readonly string[] Taken = ["repo", "scripts", "logs"];

    /// <summary>Which form fits, and what it costs. Refuses <c>invalid-secrets</c>.</summary>
    /// <param name="runner">One <c>[[runners]]</c>.</param>
    public static Outcome<SecretPlan> Choose(ConfigTable runner, SecretWish wish)
    {
        if (!Plan(runner, wish).TryGet(out var plan, out var no)) return no;
        return Clashes(runner, wish, plan.Form).ToList() is { Count: > 0 } clashes ? new Refusal("invalid-secrets", clashes) : plan;
    }

    private static Outcome<SecretPlan> Plan(ConfigTable runner, SecretWish wish)
    {
        var problems = Problems(wish).ToList();
        if (problems.Count > 0) return new Refusal("invalid-secrets", problems);
        var secrets = wish.Files.Select(file => file.Secret).Distinct().ToList();
        var mounted = VolumeNames(runner);
        if (secrets.Find(name => mounted.Contains(name)) is { } twice) return Projected($"{twice} is the name of a volume already, and a name can stand once.");
        if (secrets.Find(name => !Label().IsMatch(name) || name.Length > 63 || Taken.Contains(name)) is { } odd) return Projected($"{odd} can be no name of a volume, and a Secret's volume has the Secret's name.");
        if (secrets.Count == 1) return new SecretPlan(SecretForm.OneVolume, []);
        if (wish.Apart) return new SecretPlan(SecretForm.VolumeEach, []);
        if (wish.FollowsChanges) return Projected("Files of several Secrets in one directory follow changes only in a projected volume.");
        if (secrets.Count < wish.Files.Count) return Projected("Several files of one Secret beside files of another need a projected volume: a Secret can be mounted once.");
        return new SecretPlan(SecretForm.FileEach, ["Mounted file by file (sub_path): a job that runs keeps the files that it began with, also after the Secret changed."]);

        static SecretPlan Projected(string why) => new(SecretForm.Projected,
        [
            why,
            $"A projected volume is a patch of the job pod (beta): it needs the flag {PatchFlag}, which is set, runs after all other settings, and is dead without the flag.",
            "It is mounted into the build container only; helper and services do not see it.",
        ]);
    }

    /// <summary>Writes the mounts into <paramref name="runner"/>.</summary>
    public static void Write(ConfigTable runner, SecretWish wish, SecretForm form)
    {
        var settings = ConfigLens.Read<RunnerSettings>(runner);
        var kubernetes = settings.Kubernetes ?? new KubernetesSettings();
        var volumes = kubernetes.Volumes ?? new VolumeSettings();
        var directory = wish.Directory.TrimEnd('/');
        if (form == SecretForm.Projected)
        {
            var isOn = settings.IsOn(PatchFlag);
            var flags = isOn ? settings.FeatureFlags : new Dictionary<string, bool>(settings.FeatureFlags ?? new Dictionary<string, bool>()) { [PatchFlag] = true };
            kubernetes = kubernetes with { PodSpec = [.. kubernetes.PodSpec ?? [], Patch(VolumeNames(runner), wish, directory)] };
            settings = settings with { FeatureFlags = flags };
        }
        else kubernetes = kubernetes with { Volumes = volumes with { Secret = [.. volumes.Secret ?? [], .. Volumes(wish, form, directory)] } };

        ConfigLens.Write(runner, settings with { Kubernetes = kubernetes });
    }

    // Of every kind, and of patches: a pod's volumes share their names.
    private static HashSet<string> VolumeNames(ConfigTable runner)
    {
        var names = new HashSet<string>(Taken, StringComparer.Ordinal);
        foreach (var volume in VolumesOf(runner)) names.Add(volume.Text("name") ?? "");
        foreach (var patch in runner.Table("kubernetes")?.Tables("pod_spec") ?? [])
        {
            names.Add(patch.Text("name") ?? "");
            foreach (var leaf in PodPatch.Of(patch.Text("patch") ?? "", patch.Text("patch_type")).Leaves)
                if (leaf.Path.StartsWith("volumes[", StringComparison.Ordinal) && leaf.Path.IndexOf(']') is > 8 and var end) names.Add(leaf.Path[8..end]);
        }

        return names;
    }

    private static IEnumerable<ConfigTable> VolumesOf(ConfigTable runner) => runner.Below("kubernetes", "volumes") is { } volumes ? volumes.Entries.SelectMany(kind => volumes.Tables(kind.Key)) : [];

    // Two mounts at one path, and Kubernetes refuses the pod.
    private static IEnumerable<string> Clashes(ConfigTable runner, SecretWish wish, SecretForm form)
    {
        var directory = wish.Directory.TrimEnd('/');
        var wanted = form switch
        {
            SecretForm.FileEach => wish.Files.Select(file => $"{directory}/{file.Path}"),
            SecretForm.VolumeEach => wish.Files.Select(file => $"{directory}/{file.Secret}"),
            _ => [directory],
        };
        var paths = wanted.ToHashSet(StringComparer.Ordinal);
        return VolumesOf(runner).Where(volume => volume.Text("mount_path") is { } path && paths.Contains(path.TrimEnd('/'))).Select(volume => $"directory: the volume {volume.Text("name")} is mounted at {volume.Text("mount_path")} already. Choose another directory.");
    }

    private static IEnumerable<ItemVolume> Volumes(SecretWish wish, SecretForm form, string directory) => wish.Files.GroupBy(file => file.Secret).Select(group => form switch
    {
        SecretForm.FileEach => new ItemVolume { Name = group.Key, MountPath = $"{directory}/{group.First().Path}", SubPath = group.First().Key, ReadOnly = true, Items = new Dictionary<string, string> { [group.First().Key] = group.First().Key } },
        _ => new ItemVolume { Name = group.Key, MountPath = form == SecretForm.VolumeEach ? $"{directory}/{group.Key}" : directory, ReadOnly = true, Items = group.ToDictionary(file => file.Key, file => file.Path) },
    });

    private static PodSpecPatch Patch(HashSet<string> names, SecretWish wish, string directory)
    {
        var name = Enumerable.Range(1, 1000).Select(number => number == 1 ? "credentials" : $"credentials-{number}").First(one => !names.Contains(one));
        var sources = YamlItems.Of(wish.Files.GroupBy(file => file.Secret).Select(group => (YamlPart)new YamlFields().Add("secret", new YamlFields().Add("name", group.Key)
            .Add("items", YamlItems.Of(group.Select(file => (YamlPart)new YamlFields().Add("key", file.Key).Add("path", wish.Apart ? $"{group.Key}/{file.Path}" : file.Path)))))));
        var patch = new YamlFields()
            .Add("volumes", new YamlItems().Add(new YamlFields().Add("name", name).Add("projected", new YamlFields().Add("sources", sources))))
            .Add("containers", new YamlItems().Add(new YamlFields().Add("name", "build").Add("volumeMounts", new YamlItems().Add(new YamlFields().Add("name", name).Add("mountPath", directory).Add("readOnly", true)))));
        return new PodSpecPatch { Name = name, PatchType = "strategic", Patch = YamlText.Of(patch) };
    }

    private static IEnumerable<string> Problems(SecretWish wish)
    {
        if (!wish.Directory.StartsWith('/') || wish.Directory.TrimEnd('/').Length == 0 || wish.Directory.Split('/').Contains("..") || wish.Directory.Contains(':')) yield return "directory: an absolute path such as /credentials, without .. and colons.";
        if (wish.Files.Count == 0) yield return "files: name at least one key of a Secret.";
        foreach (var file in wish.Files)
        {
            if (!Subdomain().IsMatch(file.Secret) || file.Secret.Length > 253) yield return $"secret: '{file.Secret}' is no name of a Secret (its value has no place here).";
            if (!Key().IsMatch(file.Key)) yield return $"key: '{file.Key}' is no key of a Secret: letters, digits, dashes, underscores and dots.";
            if (file.Path.Length == 0 || file.Path.StartsWith('/') || file.Path.EndsWith('/') || file.Path.Split('/').Any(part => part is "" or "." or "..") || file.Path.Contains(':')) yield return $"path: '{file.Path}' must lie below the directory, such as docker/config.json.";
        }

        foreach (var twice in wish.Files.GroupBy(file => wish.Apart ? $"{file.Secret}/{file.Path}" : file.Path).Where(group => group.Count() > 1)) yield return $"path: {twice.Key} is written twice.";
        foreach (var twice in wish.Files.GroupBy(file => (file.Secret, file.Key)).Where(group => group.Count() > 1)) yield return $"key: {twice.Key.Key} of {twice.Key.Secret} is named twice: a key has one path.";
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", RegexOptions.NonBacktracking)]
    private static partial Regex Label();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", RegexOptions.NonBacktracking)]
    private static partial Regex Subdomain();

    [GeneratedRegex("^[-._a-zA-Z0-9]{1,253}$", RegexOptions.NonBacktracking)]
    private static partial Regex Key();
}
