namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Privileged containers, capabilities and the confinement of security_opt.</summary>
internal static class PrivilegeRules
{
    private const string Docker = KeyRules.Runner + "docker.";

    private const string Split = "Make two runners of it: a privileged one with its own tag, with these as allowed_images or allowed_services, and one without privilege for everything else.";

    public static IReadOnlyDictionary<string, KeyRule> All { get; } = new Dictionary<string, KeyRule>
    {
        [Docker + "privileged"] = Privileged,
        [Docker + "services_privileged"] = ServicesPrivileged,
        [Docker + "allowed_privileged_images"] = ResourceRules.Never(Split),
        [Docker + "allowed_privileged_services"] = ResourceRules.Never(Split),
        [Docker + "cap_add"] = CapAdd,
        [Docker + "cap_drop"] = CapDrop,
        [Docker + "security_opt"] = SecurityOptions.OfJobs,
        [Docker + "services_security_opt"] = SecurityOptions.OfServices,
    };

    private static Mapped Privileged(KeyUse use, Draft draft)
    {
        var services = draft.Docker.Flag("services_privileged");
        if (!use.Flag())
        {
            draft.Put("kubernetes.privileged", false);
            return Mapped.Direct();
        }

        if (draft.Options.Privileges == PrivilegeProfile.Hardened)
        {
            draft.Put("kubernetes.privileged", false);
            return Mapped.Impossible("Left out by the hardened profile: jobs with docker-in-docker fail until they build without a daemon (buildah, BuildKit rootless) or have a runner of their own.");
        }

        if (draft.Docker.Texts("allowed_privileged_images") is { Count: > 0 } images)
        {
            draft.Put("kubernetes.privileged", false);
            return Mapped.Impossible($"Docker gave privilege only to {string.Join(", ", images)}; Kubernetes would give it to all, so it is not written. {Split}");
        }

        if (services == false)
        {
            draft.Put("kubernetes.build_container_security_context.privileged", true);
            draft.Put("kubernetes.service_container_security_context.privileged", false);
            return Mapped.Direct("Said of the job's container alone, as services are not privileged.");
        }

        if (draft.Options.Privileges == PrivilegeProfile.ServicesOnly)
        {
            draft.Put("kubernetes.service_container_security_context.privileged", true, "For docker-in-docker; the job's own container needs none.");
            return Mapped.Approximate("Said of services alone, which is what docker-in-docker needs: jobs that need privilege in their own container fail.");
        }

        if (services is null && draft.Docker.Texts("allowed_privileged_services") is { Count: > 0 })
        {
            draft.Put("kubernetes.build_container_security_context.privileged", true);
            draft.Put("kubernetes.service_container_security_context.privileged", false);
            return Mapped.Approximate("Said of the job's container alone: of the services docker gave it only to the allowed ones, and Kubernetes would give it to all.");
        }

        draft.Put("kubernetes.privileged", true, "Flags every container of the pod. If docker-in-docker is all it is for, take it out and set\nservice_container_security_context.privileged = true instead.");
        return Mapped.Direct("Flags every container, and needs a namespace whose Pod Security level allows it. If docker-in-docker services are all it is for, service_container_security_context.privileged = true is enough.");
    }

    private static Mapped ServicesPrivileged(KeyUse use, Draft draft)
    {
        var allowed = draft.Docker.Texts("allowed_privileged_services") is { Count: > 0 };
        if (use.Flag() && (allowed || draft.Options.Privileges == PrivilegeProfile.Hardened))
        {
            draft.Put("kubernetes.service_container_security_context.privileged", false);
            return Mapped.Impossible(allowed ? $"Docker gave it only to the allowed services; Kubernetes would give it to all, so it is not written. {Split}" : "Left out by the hardened profile: docker-in-docker fails with it.");
        }

        if (use.Flag() && draft.Docker.Flag("privileged") == true)
        {
            draft.Wrote(draft.Options.Privileges == PrivilegeProfile.ServicesOnly ? "kubernetes.service_container_security_context.privileged" : "kubernetes.privileged");
            return Mapped.Direct("Said by privileged already.");
        }

        if (draft.Target.Below("kubernetes", "service_container_security_context")?.Flag("privileged") == use.Flag()) draft.Wrote("kubernetes.service_container_security_context.privileged");
        else draft.Put("kubernetes.service_container_security_context.privileged", use.Flag());
        return Mapped.Direct(use.Flag() ? "Needs a namespace whose Pod Security level allows it." : "");
    }

    private static Mapped CapAdd(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var wanted = Plain(use.Texts());
        draft.Put("kubernetes.cap_add", wanted, wanted.Contains("NET_RAW") || wanted.Contains("ALL") ? null : "Docker grants NET_RAW (ping) by itself, this executor drops it: add \"NET_RAW\" if jobs ping.");
        return Mapped.Approximate("Without CAP_, for all containers; the Pod Security level of the namespace must allow it. What docker grants by itself, NET_RAW, is dropped here: add it if jobs ping.");
    }

    private static Mapped CapDrop(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        // Docker adds after it drops, this executor drops last.
        var added = Plain(draft.Docker.Texts("cap_add") ?? []);
        var dropped = Plain(use.Texts());
        var both = dropped.Intersect(added).ToList();
        if (dropped.Except(both).ToList() is { Count: > 0 } left) draft.Put("kubernetes.cap_drop", left);
        return Mapped.Approximate(both.Count > 0 ? $"Without {string.Join(", ", both)}, which cap_add grants: on docker adding wins, here dropping would." : "Without CAP_, for all containers.");
    }

    private static List<string> Plain(IEnumerable<string> names) => [.. names.Select(name => name.Trim().ToUpperInvariant()).Select(name => name.StartsWith("CAP_", StringComparison.Ordinal) ? name[4..] : name).Where(name => name.Length > 0).Distinct()];
}
