namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>The keys above all runners.</summary>
internal static class GlobalRules
{
    private static readonly KeyRule Drain = (_, _) => Mapped.Impossible("Removes idle machines of docker+machine: pods need no such thing. Give the manager a terminationGracePeriodSeconds longer than the longest job instead.");

    public static IReadOnlyDictionary<string, KeyRule> All { get; } = new Dictionary<string, KeyRule>
    {
        ["concurrent"] = Concurrent,
        ["user"] = (use, _) => use.IsBlank() ? Mapped.Default : Mapped.Impossible("The user of the shell executor; who job containers run as is said in security contexts."),
        ["listen_address"] = Listen,
        ["metrics_server"] = Metrics,
        ["sentry_dsn"] = Sentry,
        ["session_server.listen_address"] = Session,
        ["session_server.advertise_address"] = Session,
        ["machine.shutdown_drain.enabled"] = Drain,
        ["machine.shutdown_drain.concurrency"] = Drain,
        ["machine.shutdown_drain.max_retries"] = Drain,
        ["machine.shutdown_drain.retry_backoff"] = Drain,
    };

    private static Mapped Concurrent(KeyUse use, Draft draft)
    {
        KeyRules.Copy(use, draft);
        return Mapped.Direct("One manager drives hundreds of pods: what bounds it now is the namespace's ResourceQuota and the nodes, so look at it again.");
    }

    private static Mapped Listen(KeyUse use, Draft draft)
    {
        KeyRules.Copy(use, draft);
        var address = use.Text();
        return address.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) || address.StartsWith("127.", StringComparison.Ordinal)
            ? Mapped.Approximate("In a pod nobody else reaches localhost: write \":9252\" for Prometheus to scrape it.")
            : Mapped.Direct();
    }

    private static Mapped Metrics(KeyUse use, Draft draft)
    {
        if (use.Text() is { Length: > 0 } address) draft.Put("listen_address", address);
        return Mapped.Approximate("Called listen_address since 12.0; the old name is ignored.");
    }

    private static Mapped Sentry(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        return Mapped.Approximate("Holds a key, so it is not written: give the manager the environment variable SENTRY_DSN from a Secret.");
    }

    private static Mapped Session(KeyUse use, Draft draft)
    {
        KeyRules.Copy(use, draft);
        return use.IsBlank() ? Mapped.Default : Mapped.Approximate("The web terminal then needs a Service or Ingress to the manager and a single replica (chart: sessionServer).");
    }
}
