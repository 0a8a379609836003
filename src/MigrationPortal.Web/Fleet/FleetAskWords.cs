using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <summary>The saved questions in words, for pages and the API.</summary>
internal static class FleetAskWords
{
    public static readonly (string Word, FleetQuestion Value)[] Keys =
    [
        ("tag", FleetQuestion.WithTag), ("online", FleetQuestion.AllOnline), ("no-manager", FleetQuestion.NoManagerOnline), ("versions", FleetQuestion.Versions),
        ("silent", FleetQuestion.Silent), ("idle", FleetQuestion.RanNothing),
    ];

    public static string Key(FleetQuestion question) => Keys.First(one => one.Value == question).Word;

    public static string Title(FleetAsk ask) => ask.Question switch
    {
        FleetQuestion.WithTag => string.IsNullOrEmpty(ask.Tag) ? "All runners with a tag" : $"All runners with tag {ask.Tag}",
        FleetQuestion.AllOnline => "Are they all online?",
        FleetQuestion.NoManagerOnline => "Runners with no manager online",
        FleetQuestion.Versions => "Managers and versions",
        FleetQuestion.Silent => "Not contacted for an hour",
        _ => $"Ran nothing in {Words.Count(ask.Days, "day")}",
    };

    /// <summary>The answer in one sentence, with what it is of.</summary>
    public static string Sentence(FleetAnswer answer)
    {
        var narrowed = answer.Ask.Question != FleetQuestion.WithTag && !string.IsNullOrEmpty(answer.Ask.Tag) ? $" with tag {answer.Ask.Tag}" : "";
        var (found, of) = (answer.Rows.Count, $"{Words.Count(answer.Of, "runner")}{narrowed}");
        if (answer.Of == 0) return "There is nothing to ask about: no runner passes the filters.";
        return answer.Ask.Question switch
        {
            FleetQuestion.WithTag => string.IsNullOrEmpty(answer.Ask.Tag)
                ? $"Choose a tag; {Words.Count(answer.Rows.SelectMany(row => row.Runner.Attributes.Tags).Distinct().Count(), "tag")} are on {of}."
                : $"{Words.Count(found)} of {of} {(found == 1 ? "has" : "have")} tag {answer.Ask.Tag}.",
            FleetQuestion.AllOnline => found == 0 ? $"Yes: {(answer.Of == 1 ? $"the only runner{narrowed} was" : $"all {of} were")} in contact within {Words.Span(JobMatcher.ContactLimit)}." : $"No: {Words.Count(found)} of {of} {(found == 1 ? "has" : "have")} not been in contact for {Words.Span(JobMatcher.ContactLimit)}.",
            FleetQuestion.NoManagerOnline => $"{Words.Count(found)} of {of} {(found == 1 ? "has" : "have")} no manager that GitLab calls online.",
            FleetQuestion.Versions => Versions(answer),
            FleetQuestion.Silent => $"{Words.Count(found)} of {of} {(found == 1 ? "has" : "have")} not contacted GitLab for an hour.",
            _ when answer.KnownSince is { } since => $"{Words.Count(found)} of {of} {(found == 1 ? "has" : "have")} no known job in {Words.Count(answer.Ask.Days, "day")}; jobs are read whole only since {IncidentWords.Hour(since)} UTC.",
            _ => $"{Words.Count(found)} of {of} {(found == 1 ? "has" : "have")} started no job in {Words.Count(answer.Ask.Days, "day")}.",
        };
    }

    private static string Versions(FleetAnswer answer)
    {
        var versions = answer.Rows.GroupBy(row => row.Manager!.Version).OrderByDescending(group => group.Key, FleetQuestions.ByVersion).ToList();
        var newest = versions.FirstOrDefault();
        return newest is null ? "No manager has made contact yet."
            : $"{Words.Count(answer.Of, "manager")} on {Words.Count(versions.Count, "version")}: {string.Join(", ", versions.Take(4).Select(group => $"{group.Count()} on {group.Key ?? "an unknown version"}"))}{(versions.Count > 4 ? ", the rest older" : "")}.";
    }
}
