using System.Globalization;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Domain.Plans;

/// <summary>Advice before jobs come to Kubernetes that will fail there: who is concerned, and who has not been heard (product.md, Readiness).</summary>
public static class PredictedToFail
{
    public const string Code = "predicted-to-fail";

    private const int MostNamed = 5;

    /// <summary>At most one warning. Never a blocker: a project that answers nobody must not hold everybody's migration.</summary>
    public static IEnumerable<PlanWarning> Warnings(BlastRadius radius, Predictions predictions, JobClassCensus census)
    {
        ArgumentNullException.ThrowIfNull(radius);
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(census);
        var failing = radius.Classes.Where(one => one.Effect == JobClassEffect.PredictedToFail).ToList();
        if (failing.Count == 0) yield break;
        var hit = failing.SelectMany(one => one.Projects, (one, project) => (project, one.Tags)).ToHashSet();
        var silent = predictions.Failures.Where(one => !one.IsAnswered && hit.Contains((one.Project, one.Tags))).GroupBy(one => one.Project).OrderByDescending(one => one.Sum(job => job.JobsPerDay)).ThenBy(one => one.Key.Number).ToList();
        var names = silent.Take(MostNamed).Select(one => string.Create(CultureInfo.InvariantCulture, $"{census.Projects.GetValueOrDefault(one.Key)?.FullPath ?? $"project {one.Key.Number}"} ({one.Sum(job => job.JobsPerDay):#,0.#} a day)"));
        var named = silent.Count == 0 ? "" : $": {string.Join(", ", names)}{(silent.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {silent.Count - MostNamed} more") : "")}";
        var unknown = predictions.UnknownTags == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $" Not counted: {predictions.UnknownTags:#,0} blocked {(predictions.UnknownTags == 1 ? "job" : "jobs")} whose tags a variable gives, {predictions.UnknownPerDay:#,0.#} a day.");
        yield return new PlanWarning(Code, string.Create(CultureInfo.InvariantCulture,
            $"{failing.Sum(one => one.JobsPerDay):#,0.#} jobs a day of {Projects(radius.Projects(JobClassEffect.PredictedToFail))} are predicted to fail on Kubernetes; {Projects(silent.Count)} {(silent.Count == 1 ? "has" : "have")} neither pinned, acknowledged nor answered{named}.{unknown}"));
    }

    private static string Projects(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? "project" : "projects")}");
}
