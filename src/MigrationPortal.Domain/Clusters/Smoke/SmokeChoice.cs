namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>What an administrator chooses for the smoke jobs: a cluster may be without internet, so nothing is taken from there unasked. Stored as JSON: names are promises.</summary>
/// <param name="Tag">Of the runner under test.</param>
/// <param name="Image">With a POSIX shell; null: the configuration's own default image runs all of it.</param>
/// <param name="ServiceImage">A small server; null: services are not tried.</param>
/// <param name="ServicePort">That it listens on, 1 to 65535.</param>
/// <param name="ForbiddenImage">One that the allowlist must refuse; null: a name that nobody allows.</param>
/// <param name="Reach">Beside GitLab, its registry and the blocked metadata address.</param>
public sealed record SmokeChoice(string Tag, string? Image, string? ServiceImage, int ServicePort, string? ForbiddenImage, IReadOnlyList<SmokeTarget> Reach)
{
    /// <summary>As Redis listens.</summary>
    public const int UsualPort = 6379;

    /// <summary>Places at most: each takes up to eight seconds.</summary>
    public const int MostTargets = 20;
}

/// <param name="Host">A name or an IPv4 address.</param>
/// <param name="Open">False: it must not be reached.</param>
public sealed record SmokeTarget(string Host, int Port, bool Open)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
