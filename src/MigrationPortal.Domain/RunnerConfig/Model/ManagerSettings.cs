namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary>
/// A runner manager's whole <c>config.toml</c>, typed where people work daily. Null is unset everywhere, which is not false
/// and not 0. Keys, types and first releases are those of <see cref="ConfigKeys"/>; all other keys are in <see cref="ConfigRest"/>.
/// </summary>
public sealed record ManagerSettings
{
    /// <summary>Jobs at the same time, over all runners of this manager; 0 keeps it from starting.</summary>
    public long? Concurrent { get; init; }

    /// <summary>Seconds.</summary>
    public long? CheckInterval { get; init; }

    public string? LogLevel { get; init; }

    public string? LogFormat { get; init; }

    public string? User { get; init; }

    /// <summary>Where Prometheus reads; unset: nowhere.</summary>
    public string? ListenAddress { get; init; }

    public string? ConnectionMaxAge { get; init; }

    /// <summary>Seconds that a forced stop waits.</summary>
    public long? ShutdownTimeout { get; init; }

    public string? SentryDsn { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public SessionServerSettings? SessionServer { get; init; }

    public IReadOnlyList<RunnerSettings>? Runners { get; init; }

    public static ManagerSettings Of(ConfigDocument document) => ConfigLens.Read<ManagerSettings>(document.Root);
}

public sealed record SessionServerSettings
{
    public string? ListenAddress { get; init; }

    public string? AdvertiseAddress { get; init; }

    /// <summary>Seconds.</summary>
    public long? SessionTimeout { get; init; }
}
