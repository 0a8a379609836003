using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MigrationPortal.Domain.RunnerConfig.Conversion;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>Takes configurations in, pasted or as files, and what is wished of the result.</summary>
public sealed partial class ConvertForm
{
    internal const string Field = "convert-source";

    /// <summary>What pasted text is called among files.</summary>
    internal const string Pasted = "config.toml";

    /// <summary>Bytes of one chosen file, zip or not.</summary>
    private const long LongestUpload = 20 * 1024 * 1024;

    private const string Sample = "[[runners]]\n  name = \"docker\"\n  executor = \"docker\"\n  [runners.docker]\n    image = \"node:22\"\n    memory = \"2g\"\n    volumes = [\"/cache\"]";

    private List<NamedConfig> files = [];
    private List<string> problems = [];
    private string version = "";
    private string space = "";
    private PrivilegeProfile privileges;
    private bool proposeCache;

    [Inject]
    private Browser Browser { get; set; } = null!;

    [Parameter, EditorRequired]
    public required EventCallback<ConvertWish> OnFiles { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    private async Task ReadFilesAsync(InputFileChangeEventArgs chosen)
    {
        (files, problems) = ([], []);
        if (chosen.FileCount > ConversionArchive.MostFiles)
        {
            problems.Add($"At most {ConversionArchive.MostFiles} files at once.");
            return;
        }

        var read = new List<NamedConfig>();
        foreach (var file in chosen.GetMultipleFiles(ConversionArchive.MostFiles))
        {
            if (file.Size > LongestUpload)
            {
                problems.Add($"{file.Name} has more than {LongestUpload / 1024 / 1024} MB.");
                continue;
            }

            using var bytes = new MemoryStream();
            await using (var stream = file.OpenReadStream(LongestUpload)) await stream.CopyToAsync(bytes);
            bytes.Position = 0;
            if (file.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
                read.AddRange(ConversionArchive.Read(bytes).Match(found => found, refused => { problems.AddRange(refused.Reasons.Select(reason => $"{file.Name}: {reason}")); return []; }));
            else
            {
                using var reader = new StreamReader(bytes);
                var text = await reader.ReadToEndAsync();
                if (text.Length > ConversionArchive.LongestFile) problems.Add($"{file.Name} is longer than {ConversionArchive.LongestFile} characters.");
                else read.Add(new(file.Name, text));
            }
        }

        files = read;
    }

    private async Task SendAsync()
    {
        if (IsBusy) return;
        var pasted = await Browser.TextOfAsync(Field, ConversionArchive.LongestFile + 1);
        var errors = new RequestErrors();
        var options = ConvertBody.Read(errors, version, space, null, privileges, proposeCache, null);
        List<string> wrong = [.. problems, .. errors.Sentences];
        if (pasted.Length > ConversionArchive.LongestFile) wrong.Add($"The text is longer than {Words.Count(ConversionArchive.LongestFile)} characters.");
        else if (string.IsNullOrWhiteSpace(pasted) && files.Count == 0 && wrong.Count == 0) wrong.Add("Paste a config.toml, or choose files first.");
        List<NamedConfig> all = [.. string.IsNullOrWhiteSpace(pasted) ? [] : new[] { new NamedConfig(Pasted, pasted) }, .. files];
        await OnFiles.InvokeAsync(new(Distinct(all), options, wrong));
    }

    // Files of several folders may have one name.
    private static List<NamedConfig> Distinct(List<NamedConfig> files)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return files.ConvertAll(file =>
        {
            var name = file.Name;
            for (var i = 2; !names.Add(name); i++) name = $"{file.Name} ({i})";
            return file with { Name = name };
        });
    }
}
