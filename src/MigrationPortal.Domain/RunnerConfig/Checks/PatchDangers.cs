using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>What a patch can undo: a field of the pod, the value that is meant, and the keys that protect it.</summary>
/// <param name="Path">Of <see cref="PatchLeaf.Path"/>; the group <c>c</c> is the container.</param>
/// <param name="IsBad">Of the value; null where the field is taken away.</param>
/// <param name="Keys">That are undone, with <c>{c}</c> for the container's context.</param>
/// <param name="Says">What a job then can do.</param>
/// <param name="IsPolicy">It is worth a word even where none of the keys is set.</param>
internal sealed record PatchDanger(Regex Path, Func<string?, bool> IsBad, string[] Keys, string Says, bool IsPolicy = true);

internal static class PatchDangers
{
    private const string Container = @"^(?:containers|initContainers|ephemeralContainers)\[(?<c>[^\]]*)\]";

    public static readonly IReadOnlyList<PatchDanger> All =
    [
        new(Of(Container + @"\.securityContext\.privileged$"), IsTrue, ["{c}.privileged", "privileged"], "the container is privileged: whoever writes a CI file is root on the node"),
        new(Of(Container + @"\.securityContext\.allowPrivilegeEscalation$"), IsTrue, ["{c}.allow_privilege_escalation", "allow_privilege_escalation"], "processes may gain more rights than they start with"),
        new(Of(Container + @"\.securityContext\.runAsUser$"), _ => true, ["{c}.run_as_user", "pod_security_context.run_as_user", "allowed_users"], "the container runs as another user"),
        new(Of(Container + @"\.securityContext\.runAsGroup$"), _ => true, ["{c}.run_as_group", "pod_security_context.run_as_group", "allowed_groups"], "the container runs as another group"),
        new(Of(Container + @"\.securityContext\.runAsNonRoot$"), IsNotTrue, ["{c}.run_as_non_root", "pod_security_context.run_as_non_root"], "the container may run as root"),
        new(Of(Container + @"\.securityContext\.readOnlyRootFilesystem$"), IsNotTrue, ["{c}.read_only_root_filesystem"], "the container may write to its image", false),
        new(Of(Container + @"\.securityContext\.capabilities\.add(\[|$)"), value => value is not null, ["{c}.capabilities.drop", "{c}.capabilities.add", "cap_drop"], "the container gets more capabilities"),
        new(Of(Container + @"\.securityContext\.capabilities\.drop(\[|$)"), value => value is null or "{}", ["{c}.capabilities.drop", "cap_drop"], "the container keeps capabilities that are dropped else"),
        new(Of(Container + @"\.securityContext\.capabilities$"), value => value is null, ["{c}.capabilities.drop", "cap_drop"], "the container keeps capabilities that are dropped else"),
        new(Of(Container + @"\.securityContext\.procMount$"), value => value?.Equals("Unmasked", StringComparison.OrdinalIgnoreCase) == true, ["{c}.proc_mount"], "the container sees all of /proc"),
        new(Of(Container + @"\.securityContext\.seccompProfile(\.type)?$"), value => value is null or "Unconfined", ["{c}.seccomp_profile.type", "pod_security_context.seccomp_profile.type"], "no seccomp profile confines the container"),
        new(Of(Container + @"\.securityContext\.appArmorProfile(\.type)?$"), value => value is null or "Unconfined", ["{c}.app_armor_profile.type", "pod_security_context.app_armor_profile.type"], "no AppArmor profile confines the container"),
        new(Of(Container + @"\.securityContext(\.\$patch)?$"), value => value is null or "delete" or "replace" or "{}", ["{c}.run_as_user", "{c}.run_as_non_root", "{c}.privileged", "{c}.allow_privilege_escalation", "{c}.capabilities.drop", "allowed_users"], "the whole security context of the container is taken away, the dropped capabilities included"),
        new(Of(Container + @"\.image$"), value => value is not null, ["allowed_images", "allowed_services"], "the container runs another image than the job names", false),
        new(Of(Container + @"\.imagePullPolicy$"), value => value is not null, ["pull_policy", "allowed_pull_policies"], "images are pulled by another policy", false),
        new(Of(Container + @"\.resources\.limits\.(cpu|memory|ephemeral-storage)$"), _ => true, ["{r}{0}_limit"], "another limit holds than the runner's", false),
        new(Of(Container + @"\.resources\.requests\.(cpu|memory|ephemeral-storage)$"), _ => true, ["{r}{0}_request"], "another request holds than the runner's", false),
        new(Of(@"^securityContext\.runAsUser$"), _ => true, ["pod_security_context.run_as_user", "allowed_users"], "containers run as another user"),
        new(Of(@"^securityContext\.runAsGroup$"), _ => true, ["pod_security_context.run_as_group", "allowed_groups"], "containers run as another group"),
        new(Of(@"^securityContext\.runAsNonRoot$"), IsNotTrue, ["pod_security_context.run_as_non_root"], "containers may run as root"),
        new(Of(@"^securityContext\.fsGroup$"), _ => true, ["pod_security_context.fs_group"], "another group holds the files", false),
        new(Of(@"^securityContext\.seccompProfile(\.type)?$"), value => value is null or "Unconfined", ["pod_security_context.seccomp_profile.type"], "no seccomp profile confines the containers"),
        new(Of(@"^securityContext\.appArmorProfile(\.type)?$"), value => value is null or "Unconfined", ["pod_security_context.app_armor_profile.type"], "no AppArmor profile confines the containers"),
        new(Of(@"^securityContext(\.\$patch)?$"), value => value is null or "delete" or "replace", ["pod_security_context.run_as_user", "pod_security_context.run_as_non_root", "pod_security_context.fs_group"], "the security context of the pod is taken away"),
        new(Of("^hostNetwork$"), IsTrue, [], "the pod is on the network of its node, past every network policy"),
        new(Of("^(hostPID|hostIPC)$"), IsTrue, [], "the pod sees the processes of its node"),
        new(Of("^hostUsers$"), IsTrue, [], "root in the pod is root on the node", false),
        new(Of(@"^volumes\[[^\]]*\]\.hostPath(\.path)?$"), value => value is not null, [], "the pod reaches files of its node"),
        new(Of(@"^volumes\[[^\]]*\]\.projected\.sources\[[^\]]*\]\.serviceAccountToken(\.|$)"), _ => true, ["automount_service_account_token"], "jobs can read a token of the service account"),
        new(Of("^(serviceAccountName|serviceAccount)$"), value => value is not null, ["service_account", "service_account_overwrite_allowed"], "jobs act in the cluster as another service account"),
        new(Of("^automountServiceAccountToken$"), IsTrue, ["automount_service_account_token"], "jobs can read the token of the service account"),
        new(Of("^runtimeClassName$"), _ => true, ["runtime_class_name"], "containers run in another runtime", false),
        new(Of("^nodeName$"), value => value is not null, ["node_selector"], "pods run on that node alone", false),
        new(Of("^priorityClassName$"), _ => true, ["priority_class_name"], "pods have another priority", false),
        new(Of("^schedulerName$"), _ => true, ["scheduler_name"], "another scheduler places the pods", false),
        new(Of("^dnsPolicy$"), _ => true, ["dns_policy"], "names are looked up elsewhere", false),
    ];

    private static bool IsTrue(string? value) => value?.Equals("true", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsNotTrue(string? value) => !IsTrue(value);

    private static Regex Of(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
