namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>What becomes of a key of docker.</summary>
public enum KeyMapping
{
    /// <summary>Said on Kubernetes with the same meaning, or without any meaning there as here.</summary>
    Direct,

    /// <summary>Said or proposed, with a difference that the remedy names.</summary>
    Approximate,

    /// <summary>Not to be said in a config.toml of Kubernetes; the remedy names what to do instead.</summary>
    Impossible,
}
