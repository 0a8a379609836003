namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>One job of the smoke file.</summary>
/// <param name="Name">In GitLab, after <see cref="Prefix"/>.</param>
/// <param name="Script">POSIX shell. Each answer is a line <c>PORTAL-CHECK name=… value=…</c>.</param>
/// <param name="More">Further keys of the job, as YAML.</param>
public sealed record SmokeJob(string Name, string Script, IReadOnlyList<string> More)
{
    public const string Prefix = "portal-smoke ";

    /// <summary>Runs after the others.</summary>
    public bool Reads { get; init; }

    /// <summary>Ends in failure when all is well: the runner must refuse it.</summary>
    public bool MustBeRefused { get; init; }

    /// <summary>The image; null: the one chosen for all.</summary>
    public string? Image { get; init; }

    /// <summary>No image is asked for.</summary>
    public bool OnDefaultImage { get; init; }

    public string FullName => Prefix + Name;
}
