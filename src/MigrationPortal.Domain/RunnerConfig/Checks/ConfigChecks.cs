namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>All checks: of the form of a file, of its values, of what they do together.</summary>
public static class ConfigChecks
{
    public static readonly IReadOnlyList<ConfigCheck> All =
    [
        new UnknownKeyCheck(),
        new RemovedKeyCheck(),
        new TypeCheck(),
        new EnumCheck(),
        new NumberCheck(),
        new QuantityCheck(),
        new ResourceCheck(),
        new IdentityCheck(),
        new CapabilityCheck(),
        new SafetyCheck(),
        new CacheCheck(),
        new RunnerCheck(),
        new PatternCheck(),
        new LabelCheck(),
        new VolumeCheck(),
        new PullCheck(),
        new HelperImageCheck(),
        new NamespaceCheck(),
        new PodSecurityCheck(),
        new PodSpecCheck(),
        new PodNetworkCheck(),
        new PodShapeCheck(),
        new ServiceCheck(),
        new ScheduleCheck(),
        new RightsCheck(),
        new SecretCheck(),
        new FlagCheck(),
        new HelmCheck(),
        new WindowsCheck(),
    ];
}
