using MigrationPortal.Domain.Readiness.Ci;

namespace MigrationPortal.Domain.Readiness;

/// <summary>An image reference (<c>host/path:tag@digest</c>) with the variables that the file sets put in.</summary>
/// <param name="Written">All of it, as the runner sees it.</param>
/// <param name="Host">The registry; null: Docker Hub, or whatever the node has.</param>
/// <param name="Path">Without registry, tag and digest.</param>
/// <param name="Tag">Null when there is none.</param>
/// <param name="Line">Where it is named.</param>
public sealed record ImageName(string Written, string? Host, string Path, string? Tag, int Line)
{
    /// <summary>The last part of the path: <c>postgres</c> of <c>registry.example.org/db/postgres:16</c>.</summary>
    public string Family => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>It still holds a variable that the file does not set.</summary>
    public bool IsOpen => Written.Contains('$', StringComparison.Ordinal);

    /// <summary>Name and tag, the registry left out.</summary>
    public bool Says(string words) => Path.Contains(words, StringComparison.OrdinalIgnoreCase) || (Tag?.Contains(words, StringComparison.OrdinalIgnoreCase) ?? false);

    public static ImageName Of(CiImage image, CiVariables variables) => Read(variables.ExpandOne(image.Name), image.Line);

    /// <summary>Far above what a registry takes (255 signs of a name, 128 of a tag); a longer text is cut there.</summary>
    private const int Longest = 1024;

    public static ImageName Read(string written, int line)
    {
        if (written.Length > Longest) written = written[..Longest];
        var name = written.Trim();
        var digest = name.IndexOf('@', StringComparison.Ordinal);
        var plain = digest < 0 ? name : name[..digest];
        var slash = plain.IndexOf('/', StringComparison.Ordinal);
        // Docker's own rule: the first part is a host when it has a dot or a port, or is "localhost".
        var host = slash > 0 && (plain.AsSpan(0, slash).ContainsAny('.', ':') || plain.AsSpan(0, slash) is "localhost") ? plain[..slash] : null;
        var rest = host is null ? plain : plain[(slash + 1)..];
        var colon = rest.LastIndexOf(':');
        var tagged = colon > rest.LastIndexOf('/');
        return new ImageName(written, host, tagged ? rest[..colon] : rest, tagged ? rest[(colon + 1)..] : null, line);
    }
}
