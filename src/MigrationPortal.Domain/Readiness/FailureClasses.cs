namespace MigrationPortal.Domain.Readiness;

/// <summary>
/// The words that a verdict may use, those of the contract's <c>failures/classes.json</c>, and whether the way the job ran
/// (rather than its code) is to blame. Programs keep these words: none is renamed.
/// </summary>
public static class FailureClasses
{
    /// <summary>Nothing in the log or beside it says why.</summary>
    public const string Unknown = "unknown";

    /// <summary>The job's own script ended with a failure, and nothing says that its surroundings were the cause.</summary>
    public const string ExitCode = "exit-code";

    public const string Timeout = "timeout";

    private static readonly Dictionary<string, bool> Related = new(StringComparer.Ordinal) { [ExitCode] = false };

    static FailureClasses()
    {
        foreach (var word in (ReadOnlySpan<string>)
        [
            "alias-invalid", "api-unreachable", "apt-nonroot", "cache-local", "crashloop-arch", "dind-host", "dind-mount", "dind-mtu", "dind-tcp",
            "dns-musl", "docker-socket", "egress-blocked", "evicted", "file-permission", "git-ownership", "helper-oom", "home-unwritable",
            "image-denied", "image-name-invalid", "image-not-allowed", "image-not-found", "image-pull", "image-registry-network", "manager-stopped",
            "no-image", "node-drain", "oom-child", "oom-container", "overwrite-regex", "overwrite-too-high", "ping-cap", "pod-deleted",
            "pod-failed-phase", "pod-pending-timeout", "pod-security", "pod-unschedulable-hint", "preempted", "pull-policy-not-allowed", "quota",
            "quota-missing-limits", "rbac", "resource-check", "run-as-nonroot", "secret-volume-missing", "service-name", "service-port-conflict",
            "service-unhealthy", "shell-missing", "shm", "ssh-blocked", "sysctl", Timeout, "user-not-allowed", "user-overridden", "webhook",
        ])
            Related.Add(word, true);
    }

    /// <summary>Every class but <see cref="Unknown"/>, with whether the way it ran is to blame.</summary>
    public static IReadOnlyDictionary<string, bool> All => Related;

    /// <summary>False for <see cref="Unknown"/>: nobody is blamed without a sign.</summary>
    public static bool IsExecutorRelated(string word) => Related.GetValueOrDefault(word);
}
