namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Images and how they are pulled.</summary>
public sealed class PullCheck : KubernetesCheck
{
    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        if (runner.Text("image") is null or "")
            yield return Found(runner, CheckCodes.MissingImage, "image", CheckSeverity.Warning, "There is no default image: a job that names none fails with \"no image specified and no default set in config\".", "Set image, for such jobs.");

        var policies = runner.Texts("pull_policy")?.Where(one => one.Length > 0).ToList() ?? [];
        var allowed = runner.Texts("allowed_pull_policies")?.Where(one => one.Length > 0).ToList() ?? [];
        if (policies.Count == 0)
            yield return Found(runner, CheckCodes.PullPolicy, "pull_policy", CheckSeverity.Info, "No pull_policy is set: the cluster decides, which mostly means that an image that is there is not pulled again. Docker runners pull always.", "Set pull_policy, such as [\"always\"] or [\"if-not-present\"].");
        if (allowed.Count == 0)
            yield return Found(runner, CheckCodes.PullPolicy, "allowed_pull_policies", policies.Count == 0 ? CheckSeverity.Info : CheckSeverity.Warning,
                policies.Count == 0 ? "A job that asks for a pull policy fails: allowed_pull_policies names none." : $"A job may ask for {string.Join(", ", policies)} alone, and fails with any other pull policy: without allowed_pull_policies, pull_policy says what is allowed.",
                "Set allowed_pull_policies to all that jobs may ask for.");
        else if (policies.Except(allowed, StringComparer.Ordinal).ToList() is { Count: > 0 } refused)
            yield return Found(runner, CheckCodes.PullPolicy, "pull_policy", policies.Count == refused.Count ? CheckSeverity.Error : CheckSeverity.Warning,
                $"{string.Join(", ", refused)} is not in allowed_pull_policies{(policies.Count == refused.Count ? ": every job fails." : ".")}", $"Add {string.Join(", ", refused)} to allowed_pull_policies.");
        if (policies.Count > 0 && policies.TrueForAll(one => one == "never"))
            yield return Found(runner, CheckCodes.PullPolicy, "pull_policy", CheckSeverity.Warning, "Nothing is ever pulled: an image that is not on the node keeps the pod waiting until poll_timeout.", "Write if-not-present, unless all images are on all nodes.");

        var named = runner.Texts("image_pull_secrets") is { Count: > 0 } ? "image_pull_secrets" : runner.Text("service_account") is { Length: > 0 } ? "service_account" : null;
        if (named is not null && (runner.Whole("resource_availability_check_max_attempts") ?? 0) == 0)
            yield return Found(runner, CheckCodes.NoAvailabilityCheck, named, CheckSeverity.Info, $"What {named} names is not looked for before the pod is made: where it is missing, the pod waits or fails in words that do not say so.", "Set resource_availability_check_max_attempts to 1 or more.");
        if (runner.Flag("use_service_account_image_pull_secrets") is true && runner.Texts("image_pull_secrets") is { Count: > 0 })
            yield return Found(runner, CheckCodes.PullPolicy, "image_pull_secrets", CheckSeverity.Error, "use_service_account_image_pull_secrets is on, so image_pull_secrets has no effect.", "Take one of the two out.");
        foreach (var secret in (runner.Texts("image_pull_secrets") ?? []).Where(name => !KubernetesNames.IsSubdomain(name)))
            yield return Found(runner, CheckCodes.BadValue, "image_pull_secrets", CheckSeverity.Error, $"\"{(secret.Length > 60 ? secret[..60] : secret)}\" cannot be the name of a Secret.", "Write the names of Secrets of type kubernetes.io/dockerconfigjson.");

        var wait = runner.Whole("poll_timeout") ?? 180;
        if (wait is < 600)
            yield return Found(runner, CheckCodes.ShortPollTimeout, "poll_timeout", CheckSeverity.Info, $"A pod has {(wait <= 0 ? 180 : wait)} seconds to start, pulling its images included; then the job fails with \"timed out waiting for pod to start\".", "Set poll_timeout = 600 or more.");
    }
}
