using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>An entry of docker's <c>volumes</c>, read as gitlab-runner reads it (<c>executors/docker/internal/volumes/parser</c>).</summary>
/// <param name="Source">A directory or file of the host, the name of a volume, or empty: an anonymous volume.</param>
/// <param name="Destination">In the container; may hold variables of jobs.</param>
/// <param name="IsReadOnly">Also where docker's mode is an overlay (<c>O</c>): what is written there is lost.</param>
/// <param name="Options">Whatever else was said: the SELinux label, propagation.</param>
public sealed partial record VolumeSpec(string Source, string Destination, bool IsReadOnly, string Options, bool IsWindows)
{
    public bool IsAnonymous => Source.Length == 0;

    public bool IsFromHost => IsWindows ? Source.Contains(':', StringComparison.Ordinal) || Source.Contains('\\', StringComparison.Ordinal) : Source.StartsWith('/') || Source.StartsWith('~') || Source.StartsWith("./", StringComparison.Ordinal);

    /// <returns>Null when gitlab-runner refuses it as well.</returns>
    public static VolumeSpec? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Linux().Match(text) is { Success: true } linux)
        {
            var mode = linux.Groups["mode"].Value;
            var options = string.Join(", ", new[] { linux.Groups["label"].Value, linux.Groups["propagation"].Value }.Where(one => one.Length > 0));
            return new(linux.Groups["source"].Value, linux.Groups["destination"].Value, mode is "ro" or "RO" or "O" or "o" or "Ro" or "rO", options, false);
        }

        if (Windows().Match(text) is { Success: true } windows)
            return new(windows.Groups["source"].Value, windows.Groups["destination"].Value, windows.Groups["mode"].Value.Equals("ro", StringComparison.OrdinalIgnoreCase), "", true);
        return null;
    }

    // A path from home or from here is refused by gitlab-runner, but stands in files that people write; it is told apart so that the answer names the file.
    [GeneratedRegex(@"^(?:(?<source>(?:~|\.)?/(?:[^\\/:*?""<>|\r\n]+/)*[^\\/:*?""<>|\r\n]*|[^\\/:*?""<>|\r\n]+):)?(?<destination>/(?:[^\\/:*?""<>|\r\n]+/)*[^\\/:*?""<>|\r\n]*)(?::(?<mode>ro|rw|O))?(?:[:,](?<label>z))?(?:[:,](?<propagation>shared|slave|private|rshared|rslave|rprivate))?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Linux();

    [GeneratedRegex(@"^(?:(?<source>(?:\\\\\?\\)?[a-z]:[\\/](?:[^\\/:*?""<>|\r\n]+[\\/])*[^\\/:*?""<>|\r\n]*|[^\\/:*?""<>|\r\n]+|[/\\]{2}\.[/\\]pipe[/\\][^:*?""<>|\r\n]+):)?(?<destination>(?:\\\\\?\\)?[a-z]:(?:[\\/][^\\/:*?""<>\r\n]+)*[\\/]?|[/\\]{2}\.[/\\]pipe[/\\][^:*?""<>|\r\n]+)(?::(?<mode>ro|rw))?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Windows();
}
