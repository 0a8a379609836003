using MigrationPortal.Testing;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>What a failed story leaves to look at: logs, pictures, traces.</summary>
internal static class Artifacts
{
    public static string Folder { get; } = Directory.CreateDirectory(Repository.PathOf("artifacts", "end-to-end")).FullName;

    public static string PathFor(string story, string file)
    {
        var name = string.Concat(story.Select(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.' ? letter : '-'));
        return Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, name)).FullName, file);
    }
}
