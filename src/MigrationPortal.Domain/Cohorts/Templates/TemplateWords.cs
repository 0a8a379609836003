using System.Text;
using MigrationPortal.Domain.Cohorts.Edits;

namespace MigrationPortal.Domain.Cohorts.Templates;

internal static class TemplateWords
{
    private const int MostNamed = 20;

    /// <summary>The merge request's description, for owners who never asked for this. Paths of other people's projects stay out: not all who read it may see them.</summary>
    public static string Describe(CiEditRecord edit, TemplatePreview seen)
    {
        var (led, moving) = (seen.Plan.Led.Count(), seen.Plan.Projects.SelectMany(one => one.Jobs).Where(job => job.Kind == TemplateJobKind.Moves).DistinctBy(job => job.Name).ToList());
        var text = new StringBuilder("This changes where CI jobs of the projects that include `").Append(edit.Root).Append("` run, and nothing else. ")
            .Append(led).Append(led == 1 ? " project takes" : " projects take").Append(" tags from this file.\n\n");
        foreach (var job in moving.Take(MostNamed)) text.Append("- `").Append(job.Name).Append("`: ").Append(Words(job.From)).Append(" → ").Append(Words(job.To)).Append('\n');
        if (moving.Count > MostNamed) text.Append("- and ").Append(moving.Count - MostNamed).Append(" more\n");
        var staying = seen.Plan.Projects.SelectMany(one => one.Jobs).Where(job => job.Kind == TemplateJobKind.Stays).Select(job => job.Name).Distinct().ToList();
        if (staying.Count > 0) text.Append("\nNot ready everywhere, so they keep their tags: ").AppendJoin(", ", staying.Take(MostNamed).Select(name => $"`{name}`")).Append(".\n");
        return text.Append("\nIt takes effect with the next pipelines after the merge. To go back, use MigrationPortal or revert this merge request.\n").ToString();
    }

    public static string Back(TemplateMove move) => $"This takes out what merge request !{move.Request.Number} changed in `{move.Template.File}`: the tags are again what they were before.\n";

    private static string Words(IReadOnlyList<string> tags) => tags.Count == 0 ? "no tags" : string.Join(", ", tags.Select(tag => $"`{tag}`"));
}
