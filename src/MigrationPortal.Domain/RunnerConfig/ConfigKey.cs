namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>One key that gitlab-runner reads, or once read.</summary>
/// <param name="Path">With <c>[]</c> after arrays of tables: <c>runners[].kubernetes.volumes.pvc[].name</c>.</param>
/// <param name="Type">Such as <c>string</c>, <c>string[]</c>, <c>string|string[]</c>, <c>duration-string</c>, <c>table&lt;string,bool&gt;</c>; empty for keys that are gone.</param>
/// <param name="Nullable">Unset differs from false, 0 and the empty text.</param>
/// <param name="Since">The first release with it; null: not known.</param>
/// <param name="IsReleased">False: in no release yet.</param>
/// <param name="Variable">The environment variable that sets it at registration; null: none.</param>
/// <param name="LastRelease">The last minor release that read it; null: it is read today.</param>
public sealed record ConfigKey(string Path, string Type, bool Nullable, Version? Since, bool IsReleased, string? Variable, Version? LastRelease)
{
    /// <summary>Its last part, without <c>[]</c>.</summary>
    public string Name { get; } = Path[(Path.LastIndexOf('.') + 1)..].TrimEnd('[', ']');

    /// <summary>Below it stand names that the user chooses.</summary>
    public bool IsMap => Type.StartsWith("table<", StringComparison.Ordinal);

    /// <summary>Below it stand keys of this list.</summary>
    public bool IsSection => Type is "table" or "array-of-tables";

    /// <summary>True when a runner of <paramref name="version"/> reads it; keys whose first release is not known count as old.</summary>
    public bool IsReadBy(Version version) => LastRelease is null ? IsReleased && (Since is null || Since.Major < version.Major || (Since.Major == version.Major && Since.Minor <= version.Minor)) : version.Major < LastRelease.Major || (version.Major == LastRelease.Major && version.Minor <= LastRelease.Minor);
}
