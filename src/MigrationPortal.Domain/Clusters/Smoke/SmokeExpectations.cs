using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Identity;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>What a configuration promises its jobs, as far as a job can see it.</summary>
/// <param name="DefaultImage">For jobs that name none; null: there is none.</param>
/// <param name="Identity">Of the build container when a job asks for nothing.</param>
/// <param name="NonRoot">Uid 0 is refused.</param>
/// <param name="Cache">Where caches are kept, in words; null: nowhere.</param>
/// <param name="Memory">Bytes; null: no limit of the build container.</param>
/// <param name="Cpu">Cores; null: no limit of the build container.</param>
/// <param name="PodBounds">Limits of the whole pod bound the container, too, in ways that are the cluster's.</param>
/// <param name="Token">Whether a service account token is mounted; null: the service account decides.</param>
/// <param name="Ping">The configuration gives jobs what ping needs.</param>
/// <param name="AllowedImages">Null: every image is.</param>
/// <param name="RefusedPolicy">A pull policy that a job may not ask for; null: all three are allowed.</param>
public sealed record SmokeExpectations(
    SmokeChoice Choice, string? DefaultImage, ContainerIdentity Identity, bool NonRoot, string? Cache, double? Memory, double? Cpu, bool PodBounds, bool? Token, bool Privileged, bool Ping,
    IReadOnlyList<string>? AllowedImages, string? RefusedPolicy)
{
    private static readonly string[] Policies = ["never", "always", "if-not-present"];

    /// <summary>The image that checks with an image of their own run on; null: the default one.</summary>
    public string? AnyImage => Choice.Image ?? DefaultImage;

    /// <summary>One that the allowlist must refuse; null: it allows all, or also that one.</summary>
    public string? RefusedImage => AllowedImages is { Count: > 0 } allowed && (Choice.ForbiddenImage ?? "portal-smoke.invalid/not-allowed:1") is var image && image != DefaultImage && !allowed.Any(one => ImagePattern.Fits(one, image)) ? image : null;

    /// <returns>Refuses <c>unreadable-configuration</c>, <c>not-kubernetes</c>, <c>no-image</c>.</returns>
    public static Outcome<SmokeExpectations> Of(string toml, SmokeChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        if (ConfigDocument.Read(toml).Document is not { } document) return Refusal.Of("unreadable-configuration", "The revision's config.toml is not TOML: correct it in the studio first.");
        if (KubernetesSection.Of(document) is not [var runner, ..]) return Refusal.Of("not-kubernetes", "The revision has no runner with the executor kubernetes: there is nothing to try.");
        var image = runner.Text("image") is { Length: > 0 } set ? set : null;
        if ((choice.Image ?? image) is null) return Refusal.Of("no-image", "The configuration has no default image: name one for the smoke jobs.");
        return new SmokeExpectations(
            choice, image, ResolveIdentity.Of(runner, AskedIdentity.Of(null, null)).Containers[0],
            runner.Flag("build_container_security_context.run_as_non_root") ?? runner.Flag("pod_security_context.run_as_non_root") ?? false,
            CacheOf(runner), Amount(runner, "memory_limit"), Amount(runner, "cpu_limit"), runner.Text("pod_memory_limit") is { Length: > 0 } || runner.Text("pod_cpu_limit") is { Length: > 0 },
            runner.Flag("automount_service_account_token"),
            runner.Flag("build_container_security_context.privileged") ?? runner.Flag("privileged") ?? false,
            CanPing(runner), runner.Texts("allowed_images") is { Count: > 0 } allowed ? allowed : null, RefusedPolicyOf(runner));
    }

    private static string? CacheOf(KubernetesSection runner) =>
        runner.Runner.Table.Table("cache")?.Text("Type") is { Length: > 0 } type ? type : JobCache.HasVolume(runner) ? "a volume" : null;

    private static double? Amount(KubernetesSection runner, string key) => runner.Text(key) is { } text ? Quantity.Read(text) : null;

    private static bool CanPing(KubernetesSection runner) =>
        Capabilities.Of(runner, "build").Gives("NET_RAW")
        || (runner.Runner.IsOn("FF_USE_ADVANCED_POD_SPEC_CONFIGURATION") && runner.Tables("pod_spec").Any(patch => patch.Text("patch")?.Contains("net.ipv4.ping_group_range", StringComparison.Ordinal) == true));

    // A list that is left out allows what pull_policy says, and where that is left out, nothing.
    private static string? RefusedPolicyOf(KubernetesSection runner)
    {
        var allowed = runner.Texts("allowed_pull_policies") is { Count: > 0 } list ? list : runner.Texts("pull_policy") ?? [];
        return Policies.FirstOrDefault(one => !allowed.Contains(one, StringComparer.OrdinalIgnoreCase));
    }
}
