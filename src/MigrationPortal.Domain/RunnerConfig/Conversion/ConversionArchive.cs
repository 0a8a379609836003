using System.IO.Compression;
using System.Text;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Configurations in a zip, and their conversions in another one. What a zip says of itself is not believed: bytes are counted as they come.</summary>
public static class ConversionArchive
{
    public const int MostFiles = 200;

    /// <summary>Characters of one file; a configuration of hundreds of runners is far below.</summary>
    public const int LongestFile = 1_000_000;

    /// <summary>Characters of all files.</summary>
    public const int LongestOfAll = 10_000_000;

    /// <summary>Entries that are walked over at all, files or not.</summary>
    private const int MostEntries = 5_000;

    private static readonly string[] Endings = [".toml", ".tftpl", ".example"];

    // The same conversion gives the same bytes.
    private static readonly DateTimeOffset Stamp = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The .toml files of a zip; refused with <c>invalid-archive</c>.</summary>
    public static Outcome<IReadOnlyList<NamedConfig>> Read(Stream zip)
    {
        try
        {
            using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > MostEntries) return Refusal.Of("invalid-archive", $"The zip has {archive.Entries.Count} entries; at most {MostEntries} are looked at.");
            var entries = archive.Entries.Where(IsConfig).OrderBy(entry => entry.FullName, StringComparer.Ordinal).ToList();
            if (entries.Count == 0) return Refusal.Of("invalid-archive", "There is no .toml file in the zip.");
            if (entries.Count > MostFiles) return Refusal.Of("invalid-archive", $"The zip has {entries.Count} .toml files; at most {MostFiles} are converted at once.");
            var files = new List<NamedConfig>();
            var total = 0;
            foreach (var entry in entries)
            {
                if (Text(entry) is not { } text) return Refusal.Of("invalid-archive", $"{entry.FullName} is longer than {LongestFile} characters.");
                total += text.Length;
                if (total > LongestOfAll) return Refusal.Of("invalid-archive", $"The files together are longer than {LongestOfAll} characters.");
                files.Add(new(entry.FullName, text));
            }

            return files;
        }
        catch (InvalidDataException)
        {
            return Refusal.Of("invalid-archive", "The file is no zip, or it is damaged.");
        }
    }

    /// <summary>Every converted file under <c>kubernetes/</c>, and the report as <c>report.md</c>.</summary>
    public static byte[] Write(ConvertedFiles converted)
    {
        ArgumentNullException.ThrowIfNull(converted);
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "report.md", ConversionMarkdown.Of(converted));
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var file in converted.Files)
                if (file.Result is { } result) Add(archive, Unique(names, file.Name), result.Document.Render());
        }

        return bytes.ToArray();
    }

    private static bool IsConfig(ZipArchiveEntry entry) =>
        !entry.FullName.EndsWith('/') && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal) && !entry.Name.StartsWith("._", StringComparison.Ordinal) && Endings.Any(ending => entry.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static string? Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open(), new UTF8Encoding(false, false));
        var buffer = new char[LongestFile + 1];
        var length = reader.ReadBlock(buffer, 0, buffer.Length);
        return length > LongestFile ? null : new string(buffer, 0, length);
    }

    // Names come from outside: nothing that leaves the folder they are unpacked into.
    private static string Unique(HashSet<string> names, string name)
    {
        var parts = name.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part is not ("." or "..")).Select(part => string.Concat(part.Select(c => char.IsControl(c) || ":*?\"<>|".Contains(c, StringComparison.Ordinal) ? '_' : c)));
        var plain = string.Join('/', parts) is { Length: > 0 } path ? path : "config.toml";
        var unique = plain;
        for (var i = 2; !names.Add(unique); i++) unique = $"{plain}-{i}.toml";
        return $"kubernetes/{unique}";
    }

    private static void Add(ZipArchive archive, string name, string text)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Stamp;
        using var writer = new StreamWriter(entry.Open(), new UTF8Encoding(false));
        writer.Write(text);
    }
}
