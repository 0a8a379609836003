using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Edits;

/// <summary>What must be so before any text is changed.</summary>
internal static class WishCheck
{
    public static IEnumerable<string> Reasons(IReadOnlyCollection<JobStanding> jobs, ILookup<string, JobWish> wishes, CiMap merged)
    {
        var byName = jobs.ToDictionary(job => job.Name, StringComparer.Ordinal);
        foreach (var wish in wishes.Select(group => group.Last()).Where(wish => wish.Kind != WishKind.Leave))
        {
            if (wishes[wish.Job].Select(one => TagSet.Of(one.Tags)).Distinct().Count() > 1) yield return $"{wish.Job} is to have different tags at once; the copies of a parallel job are one in the file. Say one list.";
            if (wish.Tags.Count > JobWish.MostTags) yield return $"{wish.Job} would have {wish.Tags.Count} tags; GitLab takes at most {JobWish.MostTags}.";
            if (wish.Tags.Any(IsUnwritable)) yield return $"A tag for {wish.Job} is empty or holds a control character.";
            if (!byName.TryGetValue(wish.Job, out var job))
            {
                yield return merged[wish.Job] is CiMap map && map.Find("trigger") is not null
                    ? $"{wish.Job} starts another pipeline and needs no runner: change that pipeline's own project."
                    : $"{wish.Job} is not a job of this configuration: read the project again.";
            }
            else if (job.Changes && job.Current.FirstOrDefault(HasVariable) is { } variable)
            {
                yield return job.HasMatrix
                    ? $"{wish.Job} has the tag {variable}, perhaps from its parallel:matrix: change the values there, or set the variable."
                    : $"{wish.Job} has the tag {variable}: set the variable instead of changing the file.";
            }
        }
    }

    public static bool IsUnwritable(string tag) => tag.Length == 0 || tag.Any(char.IsControl) || tag.Trim() != tag;

    private static bool HasVariable(string tag) => tag.Contains('$', StringComparison.Ordinal);
}
