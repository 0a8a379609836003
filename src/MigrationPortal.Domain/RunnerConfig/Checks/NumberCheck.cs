namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Numbers and durations outside of what makes sense.</summary>
public sealed class NumberCheck : ConfigCheck
{
    private static readonly KeyRules<Range> Ranges = new(
    [
        ("concurrent", new(1, int.MaxValue, "gitlab-runner takes no job at all")),
        ("check_interval", new(int.MinValue, int.MaxValue, "")),
        ("shutdown_timeout", new(int.MinValue, int.MaxValue, "")),
        ("runners[].docker.oom_score_adjust", new(-1000, 1000, "Docker refuses the container")),
        ("runners[].docker.services_limit", new(-1, long.MaxValue, "it has no meaning")),
        ("runners[].docker.memory_swap", new(-1, long.MaxValue, "Docker refuses the container")),
        ("runners[].kubernetes.poll_timeout", new(int.MinValue, int.MaxValue, "")),
        ("runners[].kubernetes.poll_interval", new(int.MinValue, int.MaxValue, "")),
        ("runners[].kubernetes.resource_availability_check_max_attempts", new(int.MinValue, int.MaxValue, "")),
        ("runners[].kubernetes.**.run_as_user", new(0, long.MaxValue, "Kubernetes refuses the pod")),
        ("runners[].kubernetes.**.run_as_group", new(0, long.MaxValue, "Kubernetes refuses the pod")),
        ("runners[].kubernetes.**.fs_group", new(0, long.MaxValue, "Kubernetes refuses the pod")),
        ("runners[].kubernetes.**.weight", new(1, 100, "Kubernetes refuses the pod")),
        ("runners[].kubernetes.container_lifecycle.**.port", new(1, 65535, "Kubernetes refuses the pod")),
        ("runners[].autoscaler.**.protocol_port", new(0, 65535, "gitlab-runner cannot connect")),
        ("**", new(0, long.MaxValue, "it has no meaning")),
    ]);

    public override IEnumerable<ConfigFinding> Look(CheckedConfig config)
    {
        foreach (var use in config.Uses)
        {
            if (use.Key is not { LastRelease: null } key) continue;
            switch (key.Type, use.Node)
            {
                case ("int", ConfigScalar { Value: long number }) when Ranges.Of(key) is { } range && (number < range.Least || number > range.Most):
                    yield return Found(CheckCodes.BadValue, range.Consequence == "it has no meaning" ? CheckSeverity.Warning : CheckSeverity.Error, use, $"{key.Name} cannot be {number}: {range.Consequence}.",
                        range.Most is int.MaxValue or long.MaxValue ? $"Write {range.Least} or more, or leave it out." : $"Write a number from {range.Least} to {range.Most}.");
                    break;
                case ("duration-string", ConfigScalar { Value: string text }) when GoDuration.Read(text) is null:
                    yield return Found(CheckCodes.BadValue, CheckSeverity.Error, use, $"{key.Name} is no duration: gitlab-runner refuses the whole file.", $"Write it with units of Go: {key.Name} = \"90s\", \"5m\" or \"1h30m\"; there are no days.");
                    break;
                case ("duration-string", ConfigScalar { Value: string text }) when GoDuration.Read(text) < 0 && key.Name != "connection_max_age":
                    yield return Found(CheckCodes.BadValue, CheckSeverity.Warning, use, $"{key.Name} is below 0.", "Write a duration above 0, or leave it out.");
                    break;
            }
        }
    }

    private sealed record Range(long Least, long Most, string Consequence);
}
