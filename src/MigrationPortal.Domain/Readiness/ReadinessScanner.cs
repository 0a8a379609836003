using MigrationPortal.Domain.Readiness.Ci;

namespace MigrationPortal.Domain.Readiness;

/// <summary>Looks at every job of a CI configuration with every rule. Pure: the same text and profile give the same findings.</summary>
/// <param name="rules">Those that are asked.</param>
/// <param name="weights">What a rule's findings count as instead of what it says; null: as it says.</param>
public sealed class ReadinessScanner(IReadOnlyList<ReadinessRule> rules, IReadOnlyDictionary<string, Severity>? weights = null)
{
    /// <summary>One rule tells so many places of one job at most; a job with more has the same trouble everywhere.</summary>
    private const int MostOfOneRule = 20;

    /// <summary>More than anybody reads: a file of 5,000 jobs with four troubles each has fewer.</summary>
    private const int MostFindings = 25_000;

    /// <summary>With all rules.</summary>
    public static readonly ReadinessScanner Default = new(ReadinessRules.All);

    /// <summary>Never throws for any text.</summary>
    public ScanResult Scan(string yaml, RunnerProfile? profile = null, CiLimits? limits = null)
    {
        var configuration = CiConfiguration.Read(yaml, limits);
        var scripts = new ScriptLibrary();
        var findings = new List<Finding>();
        foreach (var problem in configuration.Problems) findings.Add(Of(problem));
        foreach (var job in configuration.Jobs)
        {
            findings.AddRange(Look(new JobView(job, scripts), profile ?? RunnerProfile.Default));
            if (findings.Count < MostFindings) continue;
            configuration = configuration with { Problems = [.. configuration.Problems, TooMany(job)] };
            findings.Add(Of(configuration.Problems[^1]));
            break;
        }

        return new(configuration, [.. findings.OrderBy(finding => finding.Line).ThenBy(finding => finding.Severity).ThenBy(finding => finding.Rule, StringComparer.Ordinal)]);
    }

    private static Finding Of(CiProblem problem) =>
        new(problem.Code, problem.Stops ? Severity.Blocks : Severity.Likely, problem.Job, problem.Line, problem.Message, problem.Remedy, null);

    private static CiProblem TooMany(CiJob job) =>
        new(CiProblem.Limit, job.Line, null, $"More than {MostFindings:#,##0} things were found; jobs from {job.Name} on are not looked at.", "Correct what many jobs share, or scan the file in parts.", Stops: true);

    private IEnumerable<Finding> Look(JobView job, RunnerProfile profile) =>
        rules.SelectMany(rule => rule.Look(job, profile).DistinctBy(finding => (finding.Line, finding.Message)).Take(MostOfOneRule).Select(Weighed));

    private Finding Weighed(Finding finding) => weights is not null && weights.TryGetValue(finding.Rule, out var severity) ? finding with { Severity = severity } : finding;
}
