using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>What a Kubernetes runner allows and offers; what is left out is as in its configuration where that is given, else the executor's default.</summary>
/// <param name="Toml">The runner's config.toml, or a template for registration: its first runner of the Kubernetes executor counts, and the docker runners beside it for what jobs are used to.</param>
/// <param name="PrivilegedServices">Service containers are privileged.</param>
/// <param name="PrivilegedBuild">The build container is privileged.</param>
/// <param name="AllowedImages">Globs; empty: all.</param>
/// <param name="AllowedServices">Globs; empty: all.</param>
/// <param name="AllowedPullPolicies">Empty: a job may ask for none.</param>
/// <param name="Cache">It has a cache backend.</param>
/// <param name="MemoryLimit">Of the build container, as a Kubernetes quantity such as <c>4Gi</c>.</param>
/// <param name="CpuLimit">Of the build container, such as <c>2</c> or <c>500m</c>.</param>
/// <param name="OverwriteLimits">The most that a job may set by each <c>KUBERNETES_*</c> variable.</param>
/// <param name="Capabilities">Added ones, without <c>CAP_</c>.</param>
/// <param name="Mounts">Mount paths of its volumes.</param>
/// <param name="EgressPorts">Ports that the pods may call; left out: what network policies usually allow.</param>
/// <param name="TagSets">Tags of each Kubernetes runner; left out: tags are not judged.</param>
/// <param name="OldMounts">Paths that the docker runner mounted; left out: the usual ones.</param>
public sealed record ProfileBody(
    string? Toml, bool? PrivilegedServices, bool? PrivilegedBuild, IReadOnlyList<string>? AllowedImages, IReadOnlyList<string>? AllowedServices, IReadOnlyList<string>? AllowedPullPolicies,
    bool? Cache, bool? RunAsNonRoot, long? RunAsUser, IReadOnlyList<long>? AllowedUsers, IReadOnlyList<long>? AllowedGroups, string? MemoryLimit, string? CpuLimit,
    IReadOnlyDictionary<string, string>? OverwriteLimits, IReadOnlyList<string>? Capabilities, bool? AllowsPing, IReadOnlyList<string>? Mounts, int? PollTimeoutSeconds,
    IReadOnlyList<string>? Architectures, bool? HonorsEntrypoint, IReadOnlyList<int>? EgressPorts, IReadOnlyList<string>? Devices, bool? Unconfined, bool? OnSpotNodes,
    IReadOnlyList<IReadOnlyList<string>>? TagSets, bool? TakesUntagged, IReadOnlyList<string>? OldMounts, IReadOnlyList<string>? OldHosts)
{
    internal RunnerProfile Read(RequestErrors errors)
    {
        var basis = Basis(errors);
        return basis with
        {
            PrivilegedServices = PrivilegedServices ?? basis.PrivilegedServices,
            PrivilegedBuild = PrivilegedBuild ?? basis.PrivilegedBuild,
            AllowedImages = AllowedImages ?? basis.AllowedImages,
            AllowedServices = AllowedServices ?? basis.AllowedServices,
            AllowedPullPolicies = AllowedPullPolicies ?? basis.AllowedPullPolicies,
            HasCache = Cache ?? basis.HasCache,
            RunAsNonRoot = RunAsNonRoot ?? basis.RunAsNonRoot,
            RunAsUser = RunAsUser ?? basis.RunAsUser,
            AllowedUsers = AllowedUsers ?? basis.AllowedUsers,
            AllowedGroups = AllowedGroups ?? basis.AllowedGroups,
            MemoryLimit = (long?)Amount(MemoryLimit, "profile.memoryLimit", "such as 4Gi", errors) ?? basis.MemoryLimit,
            CpuLimit = Amount(CpuLimit, "profile.cpuLimit", "such as 2 or 500m", errors) ?? basis.CpuLimit,
            OverwriteLimits = OverwriteLimits ?? basis.OverwriteLimits,
            Capabilities = Capabilities ?? basis.Capabilities,
            AllowsPing = AllowsPing ?? basis.AllowsPing,
            Mounts = Mounts ?? basis.Mounts,
            PollTimeoutSeconds = PollTimeoutSeconds ?? basis.PollTimeoutSeconds,
            Architectures = Architectures is { Count: > 0 } ? Architectures : basis.Architectures,
            HonorsEntrypoint = HonorsEntrypoint ?? basis.HonorsEntrypoint,
            EgressPorts = EgressPorts ?? basis.EgressPorts,
            Devices = Devices ?? basis.Devices,
            Unconfined = Unconfined ?? basis.Unconfined,
            OnSpotNodes = OnSpotNodes ?? basis.OnSpotNodes,
            TagSets = TagSets ?? basis.TagSets,
            TakesUntagged = TakesUntagged ?? basis.TakesUntagged,
            OldMounts = OldMounts ?? basis.OldMounts,
            OldHosts = OldHosts ?? basis.OldHosts,
        };
    }

    private RunnerProfile Basis(RequestErrors errors)
    {
        if (Toml is null) return RunnerProfile.Default;
        var reading = ConfigDocument.Read(Toml);
        if (reading.Document is not { } document) errors.Add("profile.toml", $"It is no TOML: see line {reading.Faults[0].Line}.");
        else if (ProfileOfConfig.Of(document) is { } profile) return profile;
        else errors.Add("profile.toml", "It has no runner of the Kubernetes executor: executor = \"kubernetes\", or a section [runners.kubernetes].");
        return RunnerProfile.Default;
    }

    private static double? Amount(string? text, string field, string such, RequestErrors errors)
    {
        if (text is null) return null;
        if (Quantity.Read(text) is { } amount && amount is > 0 and < 1e18) return amount;
        errors.Add(field, $"Must be a Kubernetes quantity above 0, {such}.");
        return null;
    }
}
