using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.RunnerConfig.Conversion;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <param name="Files">At most 200.</param>
public sealed record ConvertManyBody(IReadOnlyList<NamedConfigBody>? Files, string? TargetVersion, string? Namespace, string? Image, PrivilegeProfile? Privileges, bool? ProposeCache, PeaksBody? Peaks);

/// <param name="Name">Such as builds/config.toml; it names the file in the answer.</param>
public sealed record NamedConfigBody(string? Name, string? Toml);

/// <param name="Toml">Null: nothing was converted, see problems.</param>
public sealed record ConvertedFileView(string Name, string? Toml, IReadOnlyList<string> Problems, IReadOnlyList<ConvertedKeyView> Keys, IReadOnlyList<ConversionNoteView> Notes, IReadOnlyList<WorksheetRowView> Worksheet);

/// <param name="Converted">Files with a result.</param>
/// <param name="Direct">Keys over all files; so are the other two.</param>
public sealed record ConversionSumView(int Files, int Converted, int Direct, int Approximate, int Impossible);

/// <param name="Key">Its path in any file, such as runners[].docker.devices.</param>
/// <param name="Files">In how many files.</param>
public sealed record ImpossibleKeyView(string Key, int Count, int Files);

/// <param name="ImpossibleKeys">The most frequent first.</param>
public sealed record ConvertedFilesView(IReadOnlyList<ConvertedFileView> Files, ConversionSumView Sum, IReadOnlyList<ImpossibleKeyView> ImpossibleKeys);

/// <summary>Stateless: many configurations at once.</summary>
internal static class ConvertManyEndpoint
{
    public const string Description = """
        A file that is no TOML or has no docker runner does not stop the others: its `toml` is null and `problems` says why.
        `?as=zip` answers with a zip: the converted files below `kubernetes/`, and `report.md`.
        """;

    private const int LongestName = 300;

    public static Results<Ok<ConvertedFilesView>, FileContentHttpResult, ProblemHttpResult> Convert(ConvertManyBody body, string? @as)
    {
        var errors = new RequestErrors();
        var wantsZip = errors.OneOf<bool>("as", @as, [("json", false), ("zip", true)]) ?? false;
        var files = Files(body.Files, errors);
        var options = ConvertBody.Read(errors, body.TargetVersion, body.Namespace, body.Image, body.Privileges, body.ProposeCache, body.Peaks);
        if (errors.Any) return errors.ToProblem();

        var converted = ConvertMany.Of(files, options);
        if (wantsZip) return TypedResults.File(ConversionArchive.Write(converted), "application/zip", "kubernetes-runners.zip");
        return TypedResults.Ok(new ConvertedFilesView(
            [.. converted.Files.Select(View)],
            new(converted.Files.Count, converted.Converted, converted.Count(KeyMapping.Direct), converted.Count(KeyMapping.Approximate), converted.Count(KeyMapping.Impossible)),
            [.. converted.Impossible.Select(key => new ImpossibleKeyView(key.Key, key.Count, key.Files))]));
    }

    private static List<NamedConfig> Files(IReadOnlyList<NamedConfigBody>? files, RequestErrors errors)
    {
        if (files is not { Count: > 0 }) errors.Add("files", "Needed: a list of files, each with name and toml.");
        else if (files.Count > ConversionArchive.MostFiles) errors.Add("files", $"At most {ConversionArchive.MostFiles} at once.");
        else if (files.Any(file => file?.Name is not { Length: > 0 and <= LongestName } || file.Toml is null)) errors.Add("files", $"Each needs a name of at most {LongestName} characters, and toml.");
        else if (files.Any(file => file.Toml!.Length > ConversionArchive.LongestFile)) errors.Add("files", $"None may be longer than {ConversionArchive.LongestFile} characters.");
        else return [.. files.Select(file => new NamedConfig(file.Name!, file.Toml!))];
        return [];
    }

    private static ConvertedFileView View(ConvertedFile file)
    {
        if (file.Result is null) return new(file.Name, null, file.Problems, [], [], []);
        var view = ConversionView.Of(file.Result);
        return new(file.Name, view.Toml, [], view.Keys, view.Notes, view.Worksheet);
    }
}
