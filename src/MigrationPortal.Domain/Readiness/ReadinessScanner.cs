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

    private readonly (ReadinessRule Rule, ulong Bit)[] _rules = [.. rules.Select(rule => (rule, RuleIndex.Default.Of(rule)))];

    /// <summary>With all rules.</summary>
    public static readonly ReadinessScanner Default = new(ReadinessRules.All);

    /// <summary>Never throws for any text.</summary>
    public ScanResult Scan(string yaml, RunnerProfile? profile = null, CiLimits? limits = null)
    {
        var configuration = CiConfiguration.Read(yaml, limits);
        var scripts = new ScriptLibrary(RuleIndex.Default);
        profile ??= RunnerProfile.Default;
        var everyJob = RuleIndex.Default.Of(profile);
        var findings = new List<Finding>();
        foreach (var problem in configuration.Problems) findings.Add(Of(problem));
        foreach (var job in configuration.Jobs)
        {
            var view = new JobView(job, scripts);
            Look(view, profile, everyJob | scripts.Concerned(view), findings);
            if (findings.Count < MostFindings) continue;
            configuration = configuration with { Problems = [.. configuration.Problems, TooMany(job)] };
            findings.Add(Of(configuration.Problems[^1]));
            break;
        }

        return new(configuration, Ordered(findings));
    }

    private static Finding Of(CiProblem problem) =>
        new(problem.Code, problem.Stops ? Severity.Blocks : Severity.Likely, problem.Job, problem.Line, problem.Message, problem.Remedy, null);

    private static CiProblem TooMany(CiJob job) =>
        new(CiProblem.Limit, job.Line, null, $"More than {MostFindings:#,##0} things were found; jobs from {job.Name} on are not looked at.", "Correct what many jobs share, or scan the file in parts.", Stops: true);

    private void Look(JobView job, RunnerProfile profile, ulong concerned, List<Finding> findings)
    {
        foreach (var (rule, bit) in _rules)
        {
            if ((bit & concerned) == 0) continue;
            var from = findings.Count;
            foreach (var finding in rule.Look(job, profile))
            {
                if (IsTold(findings, from, finding)) continue;
                findings.Add(finding);
                if (findings.Count - from == MostOfOneRule) break;
            }

            if (weights is not null) for (var at = from; at < findings.Count; at++) findings[at] = Weighed(findings[at]);
        }
    }

    /// <summary>The rule has said the same of the same line; it has said at most <see cref="MostOfOneRule"/> things.</summary>
    private static bool IsTold(List<Finding> findings, int from, Finding finding)
    {
        for (var at = from; at < findings.Count; at++)
            if (findings[at].Line == finding.Line && findings[at].Message == finding.Message) return true;
        return false;
    }

    /// <summary>Those that are alike stay in the order in which they were found.</summary>
    private static Finding[] Ordered(List<Finding> findings)
    {
        var places = new int[findings.Count];
        for (var at = 0; at < places.Length; at++) places[at] = at;
        Array.Sort(places, (one, other) =>
        {
            var (a, b) = (findings[one], findings[other]);
            return a.Line != b.Line ? a.Line.CompareTo(b.Line)
                : a.Severity != b.Severity ? a.Severity.CompareTo(b.Severity)
                : string.CompareOrdinal(a.Rule, b.Rule) is not 0 and var order ? order
                : one.CompareTo(other);
        });
        return Array.ConvertAll(places, place => findings[place]);
    }

    private Finding Weighed(Finding finding) => weights is not null && weights.TryGetValue(finding.Rule, out var severity) ? finding with { Severity = severity } : finding;
}
