using System.Globalization;
using System.Text;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

public static class StragglerWords
{
    private const int MostRefs = 5;

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Where the jobs come from, such as "release/1 (schedule), merge requests".</summary>
    public static string Refs(IReadOnlyList<StragglingRef> refs) =>
        string.Join(", ", refs.Take(MostRefs).Select(Ref)) + (refs.Count > MostRefs ? $" and {refs.Count - MostRefs} more" : "");

    public static string Ref(StragglingRef one) => $"{Ref(one.Name)}{(one.Sources.Contains("schedule") ? " (schedule)" : "")}";

    public static string Ref(string name) => name.Length == 0 ? "a ref that is not known" : name == StragglerPlace.MergeRequests ? "merge requests" : name;

    /// <summary>Why these are the ones who are asked.</summary>
    public static string Why(LadderRung rung) => rung switch
    {
        LadderRung.Committers => "members who committed there in the last 90 days",
        LadderRung.Maintainers => "nobody who committed lately is an active member, so its maintainers",
        LadderRung.Owners => "it has no active maintainer, so the owners of it or its groups",
        _ => "nobody of it can be asked: an administrator has to",
    };

    /// <summary>The merge request's description, for people who never asked for this.</summary>
    internal static string Describe(string branch, CiEditRecord edit, IEnumerable<JobChange> staying, DateTimeOffset finalAt) =>
        new StringBuilder($"CI jobs on `{branch}` still run on docker runners, which end for this project on {Day(finalAt)}. A change on another branch does not reach this one.\n\n")
            .Append(MoveWords.Describe(edit, staying)).ToString();
}
