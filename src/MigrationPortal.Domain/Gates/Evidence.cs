using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>The arms of a step that count, read once and put in order, so that each day up to which it is asked costs little more than its sums.</summary>
internal sealed class Evidence
{
    private readonly GatePolicy _policy;
    private readonly IReadOnlyList<long> _projects;

    public Evidence(GateFacts facts, GatePolicy policy, DateOnly from, bool all)
    {
        (_policy, From, All, Until) = (policy, from, all, DateOnly.MaxValue);
        // Where projects were moved by choice or by a coin, one project may fail as a block, as a day may (statistics.md C).
        var byProject = facts.Step.Stage == GateStage.Cohort;
        var (strata, days, keys, projects, rows) = (new Places<(long, string)>(), new Places<DateOnly>(), new List<string>(), new List<long>(), new List<ComparisonRow>(facts.Arms.Count));
        foreach (var arm in OldestFirst(Comparisons.Counted(facts, policy, from, DateOnly.MaxValue)))
        {
            var stratum = strata.Of((arm.Project, byProject ? "" : arm.Tags ?? ""));
            if (stratum == keys.Count)
            {
                keys.Add(Comparisons.Stratum(facts.Step.Stage, arm));
                projects.Add(arm.Project);
            }

            rows.Add(new ComparisonRow(stratum, days.Of(arm.Day), byProject ? stratum : ComparisonRow.NoProject, new Stratum(arm.Kubernetes.Rate(all), arm.Docker.Rate(all))));
        }

        (_projects, Table) = (projects, ComparisonTable.Of([.. rows], keys, days.Values, byProject ? keys.Count : 0));
    }

    private Evidence(Evidence whole, DateOnly until) => (_policy, _projects, From, All, Until, Table) = (whole._policy, whole._projects, whole.From, whole.All, until, whole.Table.Before(until));

    public DateOnly From { get; }

    /// <summary>The day after the last one that counts.</summary>
    public DateOnly Until { get; }

    /// <summary>Of all failures instead of those of infrastructure.</summary>
    public bool All { get; }

    public ComparisonTable Table { get; }

    /// <summary>Each stratum's project and jobs.</summary>
    public IEnumerable<(long Project, Stratum Jobs)> Strata => _projects.Zip(Table.Strata);

    /// <summary>Each project with a table of its strata alone.</summary>
    public IEnumerable<(long Project, ComparisonTable Jobs)> ByProject => Enumerable.Range(0, _projects.Count).GroupBy(stratum => _projects[stratum]).Select(project => (project.Key, Table.Only([.. project])));

    /// <summary>As it stood before a day.</summary>
    public Evidence Before(DateOnly until) => new(this, until);

    /// <param name="confidence">Two-sided.</param>
    public Comparison Compare(double confidence) => Comparison.Of(Table, _policy.MarginOf(All), confidence);

    private static IEnumerable<ArmDay> OldestFirst(IEnumerable<ArmDay> arms)
    {
        var read = arms.ToList();
        for (var index = 1; index < read.Count; index++)
            if (read[index].Day < read[index - 1].Day) return read.OrderBy(arm => arm.Day);
        return read;
    }
}
