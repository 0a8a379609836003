namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Feature flags: those of docker are renamed or dropped, all others stay.</summary>
internal static class FeatureFlags
{
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["FF_DISABLE_UMASK_FOR_DOCKER_EXECUTOR"] = "FF_DISABLE_UMASK_FOR_KUBERNETES_EXECUTOR",
        ["FF_USE_INIT_WITH_DOCKER_EXECUTOR"] = "FF_USE_DUMB_INIT_WITH_KUBERNETES_EXECUTOR",
    };

    private static readonly Dictionary<string, string> Dropped = new(StringComparer.Ordinal)
    {
        ["FF_NETWORK_PER_BUILD"] = "Every pod has a network of its own: the job reaches its services on localhost and by their aliases; the name \"build\" is gone.",
        ["FF_USE_DOCKER_AUTOSCALER_DIAL_STDIO"] = "Belongs to docker-autoscaler.",
        ["FF_USE_FLEETING_ACQUIRE_HEARTBEATS"] = "Belongs to docker-autoscaler.",
        ["FF_USE_NATIVE_CONTAINER_STOP"] = "Belongs to docker's containers; pods have pod_termination_grace_period_seconds.",
        ["FF_USE_WINDOWS_LEGACY_PROCESS_STRATEGY"] = "Belongs to Windows.",
        ["FF_USE_WINDOWS_JOB_OBJECT"] = "Belongs to Windows.",
    };

    public static Mapped Rule(KeyUse use, Draft draft)
    {
        var parts = new List<ConvertedPart>();
        if (use.Node is not ConfigTable flags) return Mapped.Default;
        foreach (var (name, value) in flags.Entries)
        {
            var on = value is ConfigScalar { Value: true };
            var (target, part) = Of(name, on);
            if (target is not null && !draft.Knows("feature_flags")) part = part with { Mapping = KeyMapping.Impossible, Target = "", Remedy = "feature_flags needs runner 13.11 or newer: set it in environment." };
            else if (target is not null) draft.Target.Open("feature_flags").Set(target, new ConfigScalar(on));
            parts.Add(part);
        }

        if (parts.Exists(part => part.Target.Length > 0)) draft.Wrote("feature_flags");
        return Mapped.OfMany(parts);
    }

    /// <summary>What a flag is called on Kubernetes; null: nothing is written.</summary>
    public static (string? Target, ConvertedPart Part) Of(string name, bool on)
    {
        if (Renamed.TryGetValue(name, out var renamed)) return (renamed, new(name, KeyMapping.Direct, $"feature_flags.{renamed}", $"Called {renamed} on Kubernetes."));
        if (Dropped.TryGetValue(name, out var why)) return (null, new(name, on ? KeyMapping.Impossible : KeyMapping.Direct, "", on ? $"Dropped. {why}" : "Was off, and is not needed."));
        return (name, new(name, KeyMapping.Direct, $"feature_flags.{name}", ""));
    }
}
