using System.Text;
using MigrationPortal.Domain.Cohorts.Edits;

namespace MigrationPortal.Domain.Cohorts.Moves;

internal static class MoveWords
{
    /// <summary>The merge request's description, for people who never asked for this.</summary>
    public static string Describe(CiEditRecord edit, IEnumerable<JobChange> staying)
    {
        var text = new StringBuilder("This changes where CI jobs run, and nothing else.\n\n");
        foreach (var job in edit.Jobs) text.Append("- `").Append(job.Job).Append("`: ").Append(Words(job.Before)).Append(" → ").Append(Words(job.After)).Append('\n');
        var kept = staying.ToList();
        if (kept.Count > 0)
        {
            text.Append("\nThese stay on docker for now:\n\n");
            foreach (var job in kept) text.Append("- `").Append(job.Name).Append("`: ").Append(job.Why).Append('\n');
        }

        return text.Append("\nIt takes effect with the next pipeline after the merge. To go back, use MigrationPortal or revert this merge request.\n").ToString();
    }

    private static string Words(IReadOnlyList<string> tags) => tags.Count == 0 ? "no tags" : string.Join(", ", tags.Select(tag => $"`{tag}`"));
}
