namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Slips that circulate in documents and public repositories (kubernetes-executor.md 0), with what is right.</summary>
internal static class KeySlips
{
    private const string Kubernetes = "runners[].kubernetes";

    // By the end of the path: the key of the same section that is meant.
    private static readonly (string End, string Meant)[] Siblings =
    [
        (".volumes.secret[].secret_name", "name"),
        (".volumes.secret[].secretname", "name"),
        (".volumes.config_map[].config_map_name", "name"),
        (".volumes.pvc[].claim_name", "name"),
        (".volumes.pvc[].claimname", "name"),
        (".volumes.host_path[].path", "host_path"),
        (".volumes.empty_dir[].size", "size_limit"),
        (".volumes.configmap", "config_map"),
        (".volumes.persistent_volume_claim", "pvc"),
        (".kubernetes.image_pull_policy", "pull_policy"),
        (".kubernetes.imagepullpolicy", "pull_policy"),
        (".kubernetes.service_account_name", "service_account"),
        (".kubernetes.serviceaccountname", "service_account"),
        (".kubernetes.tolerations", "node_tolerations"),
        (".kubernetes.labels", "pod_labels"),
        (".kubernetes.annotations", "pod_annotations"),
        (".kubernetes.security_context", "build_container_security_context"),
        (".kubernetes.securitycontext", "build_container_security_context"),
        (".kubernetes.container_security_context", "build_container_security_context"),
        (".kubernetes.init_permissions_security_context", "init_permissions_container_security_context"),
        (".kubernetes.capabilities", "cap_add"),
        (".kubernetes.priority_class", "priority_class_name"),
        (".kubernetes.runtime_class", "runtime_class_name"),
        (".kubernetes.pod_spec_patch", "pod_spec"),
        (".kubernetes.pull_secrets", "image_pull_secrets"),
        (".kubernetes.hostaliases", "host_aliases"),
        (".kubernetes.extra_hosts", "host_aliases"),
        (".kubernetes.cpus", "cpu_limit"),
        (".capabilities.cap_add", "add"),
        (".capabilities.cap_drop", "drop"),
    ];

    // By the end of the path: what to say where no key is meant.
    private static readonly (string End, string Remedy)[] Remedies =
    [
        (".volumes.projected", "No release has projected volumes. Use [[runners.kubernetes.volumes.secret]] for each Secret, with items as a table of key to path, and sub_path where several files belong into one directory; or a patch in [[runners.kubernetes.pod_spec]] with FF_USE_ADVANCED_POD_SPEC_CONFIGURATION on."),
        (".volumes.secret[].secret_name", "Write the name of the Secret in name: it is that of the volume, too."),
        (".volumes.secret[].secretname", "Write the name of the Secret in name: it is that of the volume, too."),
        (".volumes.secret[].default_mode", "Secrets are mounted with mode 0644; another mode needs a patch in [[runners.kubernetes.pod_spec]]."),
        (".volumes.config_map[].default_mode", "Config maps are mounted with mode 0644; another mode needs a patch in [[runners.kubernetes.pod_spec]]."),
        (".volumes.secret[].optional", "A Secret that is missing keeps the pod from starting; an optional one needs a patch in [[runners.kubernetes.pod_spec]]."),
        (".volumes.csi[].node_publish_secret_ref", "Set it with a patch in [[runners.kubernetes.pod_spec]]."),
        (".volumes.host_path[].type", "There is no type of host path volumes; take it out."),
        (".pod_security_context.sysctls", "Set sysctls with a patch in [[runners.kubernetes.pod_spec]]: securityContext.sysctls."),
        (".pod_security_context.fs_group_change_policy", "Set it with a patch in [[runners.kubernetes.pod_spec]]: securityContext.fsGroupChangePolicy."),
        (".kubernetes.topology_spread_constraints", "Set them with a patch in [[runners.kubernetes.pod_spec]]: topologySpreadConstraints."),
        ("runners[].tags", "Tags belong to the runner in GitLab, not to this file: set them there, or with the API."),
        ("runners[].tag_list", "Tags belong to the runner in GitLab, not to this file: set them there, or with the API."),
        ("runners[].run_untagged", "It belongs to the runner in GitLab, not to this file."),
        ("runners[].locked", "It belongs to the runner in GitLab, not to this file."),
        ("runners[].paused", "It belongs to the runner in GitLab, not to this file."),
        ("runners[].access_level", "It belongs to the runner in GitLab, not to this file."),
        ("runners[].maximum_timeout", "It belongs to the runner in GitLab, not to this file."),
        ("runners[].registration_token", "Registration tokens are no part of this file; a runner has a token of its own (glrt-…) under token."),
    ];

    public static ConfigKey? Sibling(string path)
    {
        foreach (var (end, meant) in Siblings)
            if (path.EndsWith(end, StringComparison.OrdinalIgnoreCase)) return ConfigKeys.Find(path[..(path.LastIndexOf('.') + 1)] + meant);
        return null;
    }

    public static string? Remedy(string path)
    {
        foreach (var (end, remedy) in Remedies)
            if (path.EndsWith(end, StringComparison.OrdinalIgnoreCase)) return remedy;
        if (path[(path.LastIndexOf('.') + 1)..].StartsWith("FF_", StringComparison.OrdinalIgnoreCase)) return "Feature flags stand in [runners.feature_flags], or as texts in environment.";
        return path.Contains(".volumes.", StringComparison.OrdinalIgnoreCase) && path.StartsWith(Kubernetes, StringComparison.OrdinalIgnoreCase) && path.Count(c => c == '.') == 3
            ? "Kinds of volumes are host_path, pvc, config_map, secret, empty_dir, csi and nfs. Anything else needs a patch in [[runners.kubernetes.pod_spec]]." : null;
    }
}
