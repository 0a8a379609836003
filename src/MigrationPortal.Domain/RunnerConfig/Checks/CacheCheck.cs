namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Pods keep nothing on their node: without an object store, or a volume at the cache directory, there is no cache.</summary>
public sealed class CacheCheck : ConfigCheck
{
    public override IEnumerable<ConfigFinding> Look(CheckedConfig config)
    {
        foreach (var runner in config.Kubernetes)
            if (Missing(runner) is { } found) yield return found;
        foreach (var runner in config.Runners)
            if (runner.Table.Table("cache") is { } cache)
                foreach (var found in Backend(runner, cache)) yield return found;
    }

    private static ConfigFinding? Missing(KubernetesSection runner)
    {
        var cache = runner.Runner.Table.Table("cache");
        if (cache?.Text("Type") is { Length: > 0 } || JobCache.HasVolume(runner)) return null;
        return new(CheckCodes.MissingCache, runner.Runner.Path + ".cache" + (cache is null ? "" : ".Type"), cache?.Line ?? runner.Line, CheckSeverity.Warning,
            cache is null ? "There is no [runners.cache]: on Kubernetes nothing stays on the node, so cache: in CI files has no effect." : "[runners.cache] has no Type: no object store is used, so cache: in CI files has no effect.",
            "Set Type = \"s3\", \"gcs\" or \"azure\" in [runners.cache] with its section, or mount a pvc (ReadWriteMany) at /cache.");
    }

    private static IEnumerable<ConfigFinding> Backend(RunnerSection runner, ConfigTable cache)
    {
        ConfigFinding Found(string key, ConfigNode? at, CheckSeverity severity, string message, string remedy) => new(CheckCodes.BadCache, $"{runner.Path}.cache.{key}", at?.Line ?? cache.Line, severity, message, remedy);

        var kind = cache.Text("Type")?.Replace("v2", "", StringComparison.Ordinal);
        if (kind is not ("s3" or "gcs" or "azure")) yield break;
        if (cache.Table(kind) is not { } store)
        {
            // Clouds can give the rest by environment, as the chart does with its secret.
            yield return Found(kind, cache["Type"], CheckSeverity.Warning, $"Type is \"{kind}\" and there is no [runners.cache.{kind}]: no bucket is named here.", $"Add [runners.cache.{kind}] with {(kind == "azure" ? "ContainerName" : "BucketName")}.");
            yield break;
        }

        string? Text(string key) => store.Text(key) is { Length: > 0 } text ? text : null;
        var bucket = kind == "azure" ? "ContainerName" : "BucketName";
        if (Text(bucket) is null) yield return Found($"{kind}.{bucket}", store, CheckSeverity.Error, $"[runners.cache.{kind}] has no {bucket}: no cache is uploaded.", $"Set {bucket}.");
        switch (kind)
        {
            case "s3" when (Text("AccessKey") is null) != (Text("SecretKey") is null):
                yield return Found("s3.AccessKey", store, CheckSeverity.Error, "AccessKey and SecretKey stand only together; with one of them gitlab-runner takes the identity of its own pod (iam).", "Set both, or neither.");
                break;
            case "s3" when store.Text("AuthenticationType")?.Equals("access-key", StringComparison.OrdinalIgnoreCase) == true && Text("AccessKey") is null:
                yield return Found("s3.AuthenticationType", store["AuthenticationType"], CheckSeverity.Warning, "AuthenticationType is access-key and no keys stand here; they must come from the environment of the manager (CACHE_S3_ACCESS_KEY).", "Set AccessKey and SecretKey by a Secret, or AuthenticationType = \"iam\".");
                break;
            case "s3" when Text("AccessKey") is not null && Text("ServerAddress") is null && string.IsNullOrEmpty(store.Text("AuthenticationType")):
                yield return Found("s3.ServerAddress", store, CheckSeverity.Warning, "Without ServerAddress the keys are left aside: gitlab-runner takes the identity of its own pod (iam).", "Set ServerAddress, or AuthenticationType = \"access-key\".");
                break;
            case "azure" when Text("AccountName") is null:
                yield return Found("azure.AccountName", store, CheckSeverity.Warning, "[runners.cache.azure] has no AccountName; it must come from the environment of the manager.", "Set AccountName, or give it by a Secret.");
                break;
        }
    }
}
