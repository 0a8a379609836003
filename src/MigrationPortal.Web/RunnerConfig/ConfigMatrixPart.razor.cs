using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>The same keys of several containers side by side.</summary>
public sealed partial class ConfigMatrixPart
{
    internal static readonly IReadOnlyList<(string Prefix, string Title)> Containers =
        [("runners[0].kubernetes.", "Build"), ("runners[0].kubernetes.service_", "Each service"), ("runners[0].kubernetes.helper_", "Helper"), ("runners[0].kubernetes.pod_", "Whole pod")];

    internal static readonly IReadOnlyList<(string Key, string Title)> Amounts =
    [
        ("cpu_request", "CPU request"), ("cpu_limit", "CPU limit"), ("memory_request", "Memory request"), ("memory_limit", "Memory limit"), ("ephemeral_storage_request", "Storage request"), ("ephemeral_storage_limit", "Storage limit"),
    ];

    internal static readonly IReadOnlyList<(string Key, string Title)> Most = [.. Amounts.Select(one => ($"{one.Key}_overwrite_max_allowed", one.Title))];

    internal static readonly IReadOnlyList<(string Prefix, string Title)> Contexts =
    [
        ("runners[0].kubernetes.pod_security_context.", "Whole pod"), ("runners[0].kubernetes.build_container_security_context.", "Build"), ("runners[0].kubernetes.helper_container_security_context.", "Helper"),
        ("runners[0].kubernetes.service_container_security_context.", "Services"), ("runners[0].kubernetes.init_permissions_container_security_context.", "Init"),
    ];

    internal static readonly IReadOnlyList<(string Key, string Title)> Identities =
    [
        ("run_as_user", "User"), ("run_as_group", "Group"), ("run_as_non_root", "Never root"), ("fs_group", "Group of files"), ("supplemental_groups", "More groups"), ("privileged", "Privileged"), ("allow_privilege_escalation", "May gain privileges"),
        ("read_only_root_filesystem", "Read-only root"), ("capabilities.add", "Adds capabilities"), ("capabilities.drop", "Drops capabilities"), ("seccomp_profile.type", "Seccomp"), ("app_armor_profile.type", "AppArmor"), ("selinux_type", "SELinux type"), ("proc_mount", "proc mount"),
    ];

    [Parameter, EditorRequired]
    public required ConfigDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public string? Note { get; set; }

    /// <summary>What stands before each key, and the column's name.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<(string Prefix, string Title)> Columns { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<(string Key, string Title)> Rows { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnChanged { get; set; }
}
