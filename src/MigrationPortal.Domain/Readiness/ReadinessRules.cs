using MigrationPortal.Domain.Readiness.Rules;

namespace MigrationPortal.Domain.Readiness;

/// <summary>All rules, in the order of the facts sheet (kubernetes-executor.md 5.2).</summary>
public static class ReadinessRules
{
    public static readonly IReadOnlyList<ReadinessRule> All =
    [
        new DindServiceRule(),
        new DockerSocketRule(),
        new DindTlsRule(),
        new DindReadinessRule(),
        new PingRule(),
        new KernelRule(),
        new ServiceAliasRule(),
        new DoubleUnderscoreRule(),
        new PortClashRule(),
        new DockerNetworkRule(),
        new EntrypointRule(),
        new DockerUserRule(),
        new ArchitectureRule(),
        new KubernetesUserRule(),
        new RootImageRule(),
        new PackageInstallRule(),
        new CacheRule(),
        new WorkspaceRule(),
        new HostPathRule(),
        new SharedMemoryRule(),
        new MemoryRule(),
        new CpuCountRule(),
        new SlowImageRule(),
        new PullPolicyRule(),
        new AllowedImageRule(),
        new LocalImageRule(),
        new EgressRule(),
        new DeviceRule(),
        new OverwriteRule(),
        new WindowsRule(),
        new BackgroundRule(),
        new TestcontainersRule(),
        new ComposeRule(),
        new ServiceStartRule(),
        new FileModeRule(),
        new GitHomeRule(),
        new ConcurrentIdRule(),
        new ShellMissingRule(),
        new HugeVariableRule(),
        new JobTagsRule(),
        new InteractiveRule(),
        new SpotNodeRule(),
        new OldHostNameRule(),
        new InitRule(),
        new PrivilegedToolRule(),
    ];
}
