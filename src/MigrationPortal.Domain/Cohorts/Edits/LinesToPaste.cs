using System.Text;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>For those who change the file themselves: each job with its tags, in the form that any job can take.</summary>
/// <param name="File">Where they go: in a job that stands there already only its <c>tags</c> are put in or replaced.</param>
public sealed record LinesToPaste(string File, string Text)
{
    /// <returns>Nothing for no jobs.</returns>
    internal static IReadOnlyList<LinesToPaste> Of(string file, IEnumerable<(string Job, IReadOnlyList<string> Tags)> jobs)
    {
        var text = new StringBuilder();
        foreach (var (job, tags) in jobs)
        {
            if (text.Length > 0) text.Append('\n');
            text.Append(YamlWord.Write(job)).Append(":\n  tags: ").Append(YamlWord.List(tags)).Append('\n');
        }

        return text.Length == 0 ? [] : [new LinesToPaste(file, text.ToString())];
    }
}
