namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>The cache: its place is kept, its keys are not written.</summary>
internal static class CacheRules
{
    private const string Cache = KeyRules.Runner + "cache.";

    private static readonly string[] Types = ["s3", "gcs", "azure"];

    public static IReadOnlyDictionary<string, KeyRule> All { get; } = new Dictionary<string, KeyRule>
    {
        [Cache + "Type"] = Type,
        [Cache + "s3.AccessKey"] = Secret("accesskey", "CACHE_S3_ACCESS_KEY"),
        [Cache + "s3.SecretKey"] = Secret("secretkey", "CACHE_S3_SECRET_KEY"),
        [Cache + "s3.SessionToken"] = Secret("accesskey and secretkey of a lasting user", "CACHE_S3_SESSION_TOKEN"),
        [Cache + "s3.ServerAddress"] = Server,
        [Cache + "gcs.AccessID"] = CopySet,
        [Cache + "gcs.PrivateKey"] = Secret("gcs-access-id and gcs-private-key", "CACHE_GCS_PRIVATE_KEY"),
        [Cache + "gcs.CredentialsFile"] = CredentialsFile,
        [Cache + "azure.AccountKey"] = Secret("azure-account-name and azure-account-key", "CACHE_AZURE_ACCOUNT_KEY"),
    };

    public static bool HasBackend(Draft draft) => draft.Source.Table("cache")?.Text("Type") is { } type && Types.Contains(type, StringComparer.OrdinalIgnoreCase);

    private static Mapped CopySet(KeyUse use, Draft draft) => use.IsBlank() ? Mapped.Default : KeyRules.Copy(use, draft);

    private static Mapped Type(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        if (!HasBackend(draft)) return Mapped.Impossible($"There is no cache of the type {use.Text()}: gitlab-runner knows s3, gcs and azure. On docker the cache then stayed on the host; on Kubernetes there would be none, so name an object store.");
        KeyRules.Copy(use, draft);
        return Mapped.Direct();
    }

    private static KeyRule Secret(string keys, string variable) => (use, draft) =>
    {
        if (use.IsBlank()) return Mapped.Default;
        // Without keys S3 falls back to IAM in silence.
        var s3 = use.SchemaPath.Contains(".s3.", StringComparison.OrdinalIgnoreCase);
        if (s3 && draft.Source.Below("cache", "s3")?["AuthenticationType"] is null && draft.Target.Below("cache", "s3")?["AuthenticationType"] is null)
            draft.Put("cache.s3.AuthenticationType", "access-key", "The keys come from a Secret; without this line and without keys IAM would be assumed.");
        return Mapped.Approximate($"A secret, so it is not written: put it into a Secret and name that in the chart as runners.cache.secretName (keys {keys}), or give the manager {variable} from a Secret.");
    };

    private static Mapped Server(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        KeyRules.Copy(use, draft);
        var host = use.Text().Split(':', '/')[0];
        return host is "localhost" or "host.docker.internal" || host.StartsWith("127.", StringComparison.Ordinal) || host.StartsWith("172.17.", StringComparison.Ordinal) || !host.Contains('.', StringComparison.Ordinal)
            ? Mapped.Approximate($"{host} is known on the old host or in docker's network: name an address that the cluster reaches.")
            : Mapped.Direct();
    }

    private static Mapped CredentialsFile(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        KeyRules.Copy(use, draft);
        return Mapped.Approximate("The file must be there in the manager's pod: mount it from a Secret (chart: runners.cache.secretName), or use the node's or service account's identity.");
    }
}
