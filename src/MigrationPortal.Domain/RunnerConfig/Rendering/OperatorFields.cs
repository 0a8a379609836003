namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>Fields of the Operator's <c>Runner</c> spec. An Operator drops fields that it does not know, without a word.</summary>
public static class OperatorFields
{
    private static readonly Version First = new(1, 0);
    // The first whose definition is known to have them; 1.8 has not.
    private static readonly Version Logs = new(1, 34);

    private static readonly Dictionary<string, Version> Since = new(StringComparer.Ordinal)
    {
        ["gitlabUrl"] = First,
        ["token"] = First,
        ["tags"] = First,
        ["runUntagged"] = First,
        ["locked"] = First,
        ["protected"] = First,
        ["concurrent"] = First,
        ["interval"] = First,
        ["config"] = First,
        ["env"] = First,
        ["namespace"] = Logs,
        ["buildImage"] = First,
        ["helperImage"] = First,
        ["runnerImage"] = First,
        ["imagePullPolicy"] = First,
        ["serviceaccount"] = First,
        ["ca"] = First,
        ["cloneURL"] = First,
        ["cacheType"] = First,
        ["cachePath"] = First,
        ["cacheShared"] = First,
        ["s3"] = First,
        ["gcs"] = First,
        ["azure"] = First,
        ["podSpec"] = new(1, 23),
        ["logLevel"] = Logs,
        ["logFormat"] = Logs,
        ["listenAddr"] = Logs,
        ["sentryDsn"] = Logs,
        ["connectionMaxAge"] = Logs,
        ["shutdownTimeout"] = Logs,
        ["deploymentSpec"] = new(1, 40),
    };

    public static IEnumerable<string> All => Since.Keys;

    /// <summary>Whether an Operator of <paramref name="version"/> keeps the field.</summary>
    public static bool IsKept(string field, Version version) => Since.TryGetValue(field, out var since) && since <= version;

    /// <summary>The first Operator that keeps it; null: none does.</summary>
    public static Version? FirstOf(string field) => Since.GetValueOrDefault(field);
}
