using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Images, which of them jobs may use, and how they are pulled.</summary>
internal static partial class ImageRules
{
    private const string Docker = KeyRules.Runner + "docker.";

    private static readonly string[] Policies = ["always", "if-not-present", "never"];

    public static IReadOnlyDictionary<string, KeyRule> All { get; } = new Dictionary<string, KeyRule>
    {
        [Docker + "image"] = Image,
        [Docker + "helper_image"] = HelperImage,
        [Docker + "helper_image_flavor"] = Flavor,
        [Docker + "pull_policy"] = PullPolicy,
        [Docker + "allowed_pull_policies"] = AllowedPullPolicies,
        [Docker + "allowed_images"] = Globs("allowed_images"),
        [Docker + "allowed_services"] = Globs("allowed_services"),
        [Docker + "disable_entrypoint_overwrite"] = ResourceRules.Never("Not needed: Kubernetes never applies image:entrypoint to the job's container."),
        [Docker + "disable_pull"] = (use, _) => Mapped.Impossible("gitlab-runner ignores it since after 0.2; use pull_policy."),
        [Docker + "registry"] = (use, _) => Mapped.Impossible("gitlab-runner ignores it since after 0.5; name the registry in each image."),
        [Docker + "image_ttl"] = (use, _) => Mapped.Impossible("gitlab-runner ignores it since after 1.0; the kubelet removes old images."),
    };

    /// <summary>The policies that docker used: always, unless others were named.</summary>
    public static IReadOnlyList<string> PoliciesOf(Draft draft) => draft.Docker.Texts("pull_policy") is { Count: > 0 } named && named.Where(Policies.Contains).ToList() is { Count: > 0 } known ? known : ["always"];

    /// <summary>What jobs may ask for; the runner's own policies are always among them, as every job fails otherwise.</summary>
    public static IReadOnlyList<string> AllowedOf(Draft draft) => [.. (draft.Docker.Texts("allowed_pull_policies") ?? []).Where(Policies.Contains).Concat(PoliciesOf(draft)).Distinct()];

    private static Mapped Image(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        draft.Put("kubernetes.image", use.Node.Copy());
        return Mapped.Direct();
    }

    private static Mapped HelperImage(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var image = use.Text();
        if (image.Contains('$', StringComparison.Ordinal))
        {
            draft.Put("kubernetes.helper_image", image);
            return Mapped.Direct();
        }

        var pinned = Pin().Match(image) is { Success: true } pin && Version.TryParse(pin.Groups[1].Value, out var version) ? version : null;
        if (pinned is not null && draft.Options.TargetVersion is { } wanted && (pinned.Major, pinned.Minor) != (wanted.Major, wanted.Minor))
            return Mapped.Approximate($"Pinned to {pinned.ToString(2)}, but the runner will be {wanted.ToString(2)}: left out, so the helper that fits the runner is used. With a registry of your own, name it with the tag ${{CI_RUNNER_VERSION}}.");
        draft.Put("kubernetes.helper_image", image, "Must be of the runner's own release: change both together, or leave it out.");
        return Mapped.Direct(pinned is null ? "Must be of the same release as the runner." : $"Pinned to {pinned.ToString(2)}: it must be of the same release as the runner, so change both together.");
    }

    private static Mapped Flavor(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        draft.Put("kubernetes.helper_image_flavor", use.Text());
        return Mapped.Direct();
    }

    private static Mapped PullPolicy(KeyUse use, Draft draft)
    {
        var strange = use.Texts().Where(policy => !Policies.Contains(policy)).ToList();
        draft.Put("kubernetes.pull_policy", PoliciesOf(draft));
        draft.Put("kubernetes.allowed_pull_policies", AllowedOf(draft));
        if (strange.Count > 0) return Mapped.Approximate($"Docker knows no policy {string.Join(", ", strange)} either; written is what is left, or always.");
        return Mapped.Approximate(PoliciesOf(draft) is ["always"]
            ? "The same words. Written also as allowed_pull_policies, as a job that asks for a policy fails otherwise."
            : "The same words, but \"present\" now means on the node that the job lands on: images that lived on the docker host alone must be pushed to a registry. Written also as allowed_pull_policies.");
    }

    private static Mapped AllowedPullPolicies(KeyUse use, Draft draft)
    {
        draft.Put("kubernetes.pull_policy", PoliciesOf(draft), "Docker's default; without it Kubernetes uses the cluster's.");
        draft.Put("kubernetes.allowed_pull_policies", AllowedOf(draft));
        var strange = use.Texts().Where(policy => !Policies.Contains(policy)).ToList();
        return strange.Count > 0 ? Mapped.Approximate($"Unknown and left out: {string.Join(", ", strange)}.") : Mapped.Approximate("The same words; \"present\" means on the node that the job lands on.");
    }

    private static KeyRule Globs(string name) => (use, draft) =>
    {
        if (use.IsBlank()) return Mapped.Default;
        draft.Put($"kubernetes.{name}", use.Node.Copy());
        return Mapped.Direct();
    };


    [GeneratedRegex(@":[\w.-]*?v(\d+\.\d+\.\d+)(?:$|-|@)")]
    private static partial Regex Pin();
}
