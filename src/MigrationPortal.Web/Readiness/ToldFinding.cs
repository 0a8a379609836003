using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Web.Readiness;

/// <summary>A finding as it is told: the same words at several lines of one job are one.</summary>
/// <param name="Lines">Ascending, without 0: empty when no single line is at fault.</param>
/// <param name="Known">Who said that it is all right; null: nobody.</param>
public sealed record ToldFinding(Finding Finding, IReadOnlyList<int> Lines, Acknowledgement? Known)
{
    private const int MostLines = 6;

    /// <summary>"line 41", "lines 4, 9 and 12"; empty when no single line is at fault.</summary>
    public string Place => Lines.Count switch
    {
        0 => "",
        1 => $"line {Lines[0]}",
        > MostLines => $"lines {string.Join(", ", Lines.Take(MostLines))} and {Lines.Count - MostLines} more",
        _ => $"lines {string.Join(", ", Lines.SkipLast(1))} and {Lines[^1]}",
    };
}

/// <summary>What was found in one job.</summary>
/// <param name="Job">Null: in the file itself.</param>
/// <param name="Serious">Predicted failures, worst first; those that somebody said are all right come last.</param>
/// <param name="Notes">What is good to know.</param>
public sealed record JobFindings(string? Job, IReadOnlyList<ToldFinding> Serious, IReadOnlyList<ToldFinding> Notes)
{
    /// <summary>Of what nobody said is all right.</summary>
    public Severity Worst { get; } = Serious.Where(one => one.Known is null).Select(one => one.Finding.Severity).DefaultIfEmpty(Severity.Info).Min();

    /// <summary>By job, the file itself first, then the worst; jobs of equal trouble as they are written.</summary>
    public static IReadOnlyList<JobFindings> Of(IEnumerable<Finding> findings, IReadOnlyList<Acknowledgement>? acknowledged = null)
    {
        var known = (acknowledged ?? []).ToDictionary(one => (one.Rule, one.Job));
        return
        [
            .. findings.GroupBy(finding => finding.Job)
                .Select(job => Of(job.Key, job, known))
                .OrderBy(job => job.Job is not null).ThenBy(job => job.Worst).ThenBy(job => job.Serious.Count == 0),
        ];
    }

    private static JobFindings Of(string? job, IEnumerable<Finding> findings, Dictionary<(string, string), Acknowledgement> known)
    {
        var told = findings.GroupBy(finding => (finding.Rule, finding.Severity, finding.Message, finding.Remedy))
            .Select(same => new ToldFinding(same.First(), [.. same.Select(one => one.Line).Where(line => line > 0).Distinct().Order()], job is null ? null : known.GetValueOrDefault((same.Key.Rule, job))))
            .OrderBy(one => one.Known is not null).ThenBy(one => one.Finding.Severity).ThenBy(one => one.Lines is [var first, ..] ? first : 0).ToLookup(one => one.Finding.Severity == Severity.Info);
        return new(job, [.. told[false]], [.. told[true]]);
    }
}
