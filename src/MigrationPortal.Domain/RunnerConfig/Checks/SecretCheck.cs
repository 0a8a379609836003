using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Secrets that stand in the file, and variables where gitlab-runner puts none in. Never says what they are.</summary>
public sealed partial class SecretCheck : ConfigCheck
{
    private static readonly KeyRules<string> Secrets = new(
    [
        ("runners[].token", "Give it by a variable of the manager: token = \"$RUNNER_TOKEN\"."),
        ("runners[].kubernetes.bearer_token", "Leave it out: inside the cluster the manager has a service account of its own; else give it by KUBERNETES_BEARER_TOKEN."),
        ("runners[].cache.s3.AccessKey", "Give it by CACHE_S3_ACCESS_KEY from a Secret, or use the identity of the manager's pod (iam)."),
        ("runners[].cache.s3.SecretKey", "Give it by CACHE_S3_SECRET_KEY from a Secret, or use the identity of the manager's pod (iam)."),
        ("runners[].cache.s3.SessionToken", "Give it by CACHE_S3_SESSION_TOKEN from a Secret."),
        ("runners[].cache.gcs.PrivateKey", "Mount the credentials as a file and name it in CredentialsFile, or use workload identity."),
        ("runners[].cache.azure.AccountKey", "Give it by CACHE_AZURE_ACCOUNT_KEY from a Secret, or use workload identity."),
        ("runners[].ssh.password", "Use identity_file."),
        ("**.connector_config.password", "Use key_path."),
        ("sentry_dsn", "Give it by SENTRY_DSN."),
    ]);

    public override IEnumerable<ConfigFinding> Look(CheckedConfig config)
    {
        foreach (var use in config.Uses)
        {
            if (use.Node is ConfigScalar { Value: string { Length: > 0 } text } && use.Key is { LastRelease: null } key && Secrets.Of(key) is { } remedy)
            {
                if (IsPlaceholder(text)) continue;
                if (!text.StartsWith('$'))
                    yield return Found(CheckCodes.SecretInClear, key.Name == "token" ? CheckSeverity.Info : CheckSeverity.Warning, use, $"{key.Name} stands in the file: whoever reads it, or the ConfigMap that holds it, has it.", remedy);
                else if (key.Name != "token")
                    yield return Found(CheckCodes.NotExpanded, CheckSeverity.Error, use, $"{key.Name} holds a variable, and gitlab-runner puts variables in for url and token alone: the text itself is taken.", remedy);
            }

            foreach (var found in Lists(use)) yield return found;
        }
    }

    // NAME=value of jobs, and driver options of docker+machine.
    private static IEnumerable<ConfigFinding> Lists(KeyUse use)
    {
        if (use is not { Key: { Name: "environment" or "MachineOptions" or "MachineOptionsWithName" } key, Node: ConfigList list }) yield break;
        foreach (var entry in list.Items.OfType<ConfigScalar>())
            if (entry.Value is string text && text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && SecretName().IsMatch(text[..at]) && text[(at + 1)..] is { Length: > 0 } value && !IsPlaceholder(value) && !value.StartsWith('$'))
                yield return Found(CheckCodes.SecretInClear, CheckSeverity.Warning, use, $"{key.Name} holds {text[..at]}: its value stands in the file{(key.Name == "environment" ? ", and every job can read it" : "")}.", key.Name == "environment" ? "Make it a masked CI/CD variable of the projects that need it." : "Give it by the environment of the manager.") with { Line = entry.Line };
    }

    private static bool IsPlaceholder(string text) => Placeholder().IsMatch(text);

    [GeneratedRegex(@"\A(REDACTED|TOKEN|PASSWORD|SECRET|CHANGE_?ME|x+|\*+|\.\.\.|<.*>|\[.*\]|\{\{.*\}\}|__.*__|.*[_-]REDACTED|YOUR[_-].*)\z", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Placeholder();

    [GeneratedRegex("(PASSWORD|PASSWD|SECRET|TOKEN|PRIVATE.?KEY|ACCESS.?KEY|API.?KEY|CREDENTIAL|DOCKER_AUTH_CONFIG)", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
