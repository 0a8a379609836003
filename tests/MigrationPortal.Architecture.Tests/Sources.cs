using MigrationPortal.Testing;

namespace MigrationPortal.Architecture.Tests;

/// <summary>The source files of a folder of the repository, without what the build writes.</summary>
internal static class Sources
{
    public static IEnumerable<(string Path, string Text)> Of(string folder, params string[] endings) =>
        Directory.EnumerateFiles(Repository.PathOf(folder.Split('/')), "*", SearchOption.AllDirectories)
            .Select(file => (File: file, Path: Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')))
            .Where(one => endings.Any(ending => one.Path.EndsWith(ending, StringComparison.Ordinal)))
            .Where(one => !one.Path.Contains("/bin/", StringComparison.Ordinal) && !one.Path.Contains("/obj/", StringComparison.Ordinal))
            .Select(one => (one.Path, File.ReadAllText(one.File)));

    /// <summary>Files whose text holds the words, but for those that may.</summary>
    public static IReadOnlyList<string> Holding(string folder, string words, Func<string, bool> mayHold) =>
        [.. Of(folder, ".cs", ".razor").Where(one => one.Text.Contains(words, StringComparison.Ordinal) && !mayHold(one.Path)).Select(one => one.Path)];
}
