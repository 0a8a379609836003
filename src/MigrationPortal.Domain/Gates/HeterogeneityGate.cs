using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>
/// Projects that are bad on Kubernetes although the average is fine (statistics.md C.6): they are listed, and exempted or pinned, never
/// averaged away. The limits hold for all judged projects together (Bonferroni): each judged as if it were the only one, chance alone
/// would call some project of a large instance bad every time. A project's jobs fail together while its code is broken, so a day left
/// out counts as well (statistics.md A.8). Which jobs of a project land where is no chance either: whoever asks first when its pipelines
/// run takes them, so a project that looks worse is compared name by name before it is called so.
/// </summary>
public sealed class HeterogeneityGate : Gate
{
    public override string Key => "projects";

    public override string Title => "No project much worse";

    public override bool Judges(GateStage stage) => stage.Compares();

    /// <summary>The projects that are worse, the worst first.</summary>
    public static IReadOnlyList<WorseProject> Worse(GateFacts facts, GatePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        var (suspects, confidence) = Judged(facts, policy);
        var names = facts.Names.ToLookup(one => one.Project);
        return
        [
            .. suspects.Select(project => project.ByName(names[project.Project], confidence)).Where(project => project.Low > policy.BadProjectMargin)
                .OrderByDescending(project => project.Low).ThenBy(project => project.Project),
        ];
    }

    /// <summary>Numbers of those that look worse before names are looked at.</summary>
    public static IReadOnlyList<long> Suspects(GateFacts facts, GatePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        return facts.Step.Stage.Compares() ? [.. Judged(facts, policy).Suspects.Select(one => one.Project)] : [];
    }

    private static (IReadOnlyList<WorseProject> Suspects, double Confidence) Judged(GateFacts facts, GatePolicy policy)
    {
        if (LookPlan.Of(facts.Step, policy) is not { } plan) return ([], 0);
        // Of each project only what both executors ran: jobs that cannot move yet may fail more or less, and say nothing of it.
        var seen = new Evidence(facts, policy, plan.EvidenceFrom, all: true).Before(DateOnly.FromDateTime(facts.At.UtcDateTime));
        var judged = seen.ByProject.Where(project => project.Jobs.Compared.Kubernetes.Finished >= policy.BadProjectJobs).ToList();
        var confidence = 1 - (2 * policy.Alpha / Math.Max(1, judged.Count));
        return ([.. judged.Select(project => WorseProject.Of(project.Project, project.Jobs, confidence)).OfType<WorseProject>().Where(project => project.Low > policy.BadProjectMargin)], confidence);
    }

    public override GateReading Read(GateFacts facts, GatePolicy policy)
    {
        if (LookPlan.Of(facts.Step, policy) is null) return Says(GateVerdict.Unknown, "no step yet", "The migration has not begun.");
        var worse = Worse(facts, policy);
        var left = policy.Exempted.Count == 0 ? "" : $" {policy.Exempted.Count} {(policy.Exempted.Count == 1 ? "project is" : "projects are")} left out of the analysis by name.";
        return worse.Count == 0
            ? Says(GateVerdict.Pass, "none", $"No project with {policy.BadProjectJobs} or more jobs on Kubernetes fails clearly more than {GateWords.Points(policy.BadProjectMargin)} points more often there.{left}")
            : Says(GateVerdict.Fail, worse.Count == 1 ? "1 project" : $"{worse.Count} projects", $"{(worse.Count == 1 ? "1 project fails" : $"{worse.Count} projects fail")} clearly more than {GateWords.Points(policy.BadProjectMargin)} points more often on Kubernetes although the average may be fine: help, pin or exempt {(worse.Count == 1 ? "it" : "them")} by name.{left}");
    }
}

/// <summary>A project compared with itself, all failures.</summary>
/// <param name="Low">
/// Lower limit of Kubernetes − docker, as a fraction, at a confidence that holds for all judged projects together: the lowest one of
/// Newcombe's, of the jackknife by day, of that within days, where the project ran on both on the same ones, and of that by job name.
/// </param>
public sealed record WorseProject(long Project, Rate Kubernetes, Rate Docker, double Low, double High)
{
    /// <returns>Null when it did not run on both.</returns>
    internal static WorseProject? Of(long project, ComparisonTable jobs, double confidence)
    {
        var (kubernetes, docker) = jobs.Compared;
        if (NewcombeInterval.Of(kubernetes, docker, confidence) is not var (low, high)) return null;
        // Along a ramp Kubernetes has more of the later days: code that breaks then would pass for a bad executor.
        return new WorseProject(project, kubernetes, docker, low, high).Widened(BlockJackknife.ByDay(jobs, confidence)).Widened(BlockJackknife.ByDay(jobs.WithinDays(), confidence));
    }

    /// <summary>Names say nothing where they do not tell most of its jobs: the digests of names may be younger than the evidence.</summary>
    internal WorseProject ByName(IEnumerable<NameDay> names, double confidence)
    {
        var table = ComparisonTable.Of([.. names.Select(one => new ComparisonCell(one.Name, one.Day, one.Kubernetes.Rate(all: true), one.Docker.Rate(all: true)))]);
        return 2 * table.Compared.Kubernetes.Finished < Kubernetes.Finished ? this : Widened(BlockJackknife.ByDay(table, confidence));
    }

    private WorseProject Widened(BlockJackknife? other) => other is null ? this : this with { Low = Math.Min(Low, other.Low), High = Math.Max(High, other.High) };
}
