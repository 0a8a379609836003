using System.Collections.Frozen;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>The rule of every key, by its path in <see cref="ConfigKeys"/>; keys without one of their own have one by their section.</summary>
internal static class KeyRules
{
    public const string Runner = "runners[].";

    private static readonly FrozenDictionary<string, KeyRule> ByPath = new IReadOnlyDictionary<string, KeyRule>[]
        {
            GlobalRules.All, RunnerRules.All, CacheRules.All, MachineRules.All, AutoscalerRules.All,
            ImageRules.All, ResourceRules.All, IdentityRules.All, PrivilegeRules.All, NetworkRules.All, StorageRules.All, ServiceRules.All, HostRules.All,
        }
        .SelectMany(rules => rules).ToFrozenDictionary(rule => rule.Key, rule => rule.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a key has a rule of its own, and not only that of its section.</summary>
    public static bool HasOwn(string schemaPath) => ByPath.ContainsKey(schemaPath);

    public static KeyRule Of(KeyUse use)
    {
        if (use.IsUnknown) return Unknown;
        if (ByPath.TryGetValue(use.SchemaPath, out var rule)) return rule;
        if (use.Key?.LastRelease is { } last) return (_, _) => Mapped.Impossible($"gitlab-runner ignores it since after {last.ToString(2)}: left out.");
        return Sections.FirstOrDefault(section => use.SchemaPath.StartsWith(section.Prefix, StringComparison.OrdinalIgnoreCase)).Rule ?? Copy;
    }

    public static bool IsOfDocker(KeyUse use) => DockerSections.Any(section => use.SchemaPath.StartsWith(Runner + section, StringComparison.OrdinalIgnoreCase));

    /// <summary>Writes the key where it stood.</summary>
    public static Mapped Copy(KeyUse use, Draft draft)
    {
        draft.Put(Below(use), use.Node.Copy());
        return Mapped.Direct();
    }

    /// <summary>The path below its runner, with places in arrays of tables.</summary>
    public static string Below(KeyUse use) => use.SchemaPath.StartsWith(Runner, StringComparison.OrdinalIgnoreCase) ? use.Path[(use.Path.IndexOf('.', StringComparison.Ordinal) + 1)..] : use.Path;

    private static readonly string[] DockerSections = ["docker.", "machine.", "autoscaler."];

    private static readonly (string Prefix, KeyRule Rule)[] Sections =
    [
        (Runner + "kubernetes.", Kubernetes),
        (Runner + "autoscaler.", (_, _) => Mapped.Impossible("Belongs to the autoscaler of machines (fleeting): on Kubernetes the cluster autoscaler adds and removes nodes.")),
        (Runner + "machine.", (_, _) => Mapped.Impossible("Belongs to docker+machine: on Kubernetes the cluster autoscaler adds and removes nodes.")),
        (Runner + "instance.", OtherExecutor),
        (Runner + "ssh.", OtherExecutor),
        (Runner + "parallels.", OtherExecutor),
        (Runner + "virtualbox.", OtherExecutor),
        (Runner + "custom.", OtherExecutor),
        (Runner + "referees.", (_, _) => Mapped.Impossible("Referees collect metrics of docker+machine hosts only: scrape the nodes with your cluster's monitoring.")),
    ];

    private static Mapped OtherExecutor(KeyUse use, Draft draft) => Mapped.Impossible("Belongs to another executor, which a Kubernetes runner does not use: left out.");

    private static Mapped Kubernetes(KeyUse use, Draft draft)
    {
        // Names of Secrets are no secrets.
        var name = use.Key?.Name is "image_pull_secrets" or "pause_pod_image_pull_secrets" or "secret" ? "" : use.Key?.Name ?? "";
        var clean = UnseenSecrets.Without(use.Node, name, out var taken);
        if (clean is null) return Mapped.Approximate("A secret, so it is not written: give it to the manager from a Secret.");
        draft.Put(Below(use), clean);
        return taken == 0 ? Mapped.Direct("Stood in [runners.kubernetes] already.") : Mapped.Approximate($"Stood in [runners.kubernetes] already. {UnseenSecrets.Said(taken)}");
    }

    private static Mapped Unknown(KeyUse use, Draft draft)
    {
        var text = use.Node switch
        {
            ConfigScalar scalar => SecretSigns.Shown(use.Path[(use.Path.LastIndexOf('.') + 1)..], scalar.ToString()),
            ConfigTable table => $"(a section with {table.Entries.Count} keys)",
            ConfigList list => $"(a list of {list.Items.Count})",
            _ => "",
        };
        draft.Comments.Add($"Unknown to gitlab-runner, so it did nothing: {Below(use)} = {text.ReplaceLineEndings(" ")}");
        return Mapped.Impossible("gitlab-runner does not know this key and ignores it. It is kept as a comment; check its spelling and its section.");
    }
}
