using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>Whether a finding came true.</summary>
public enum FindingOutcome
{
    /// <summary>The job fails more often on Kubernetes than on docker, and that is no chance.</summary>
    CameTrue,

    /// <summary>The job works on Kubernetes more often than not.</summary>
    CameOtherwise,

    /// <summary>It ran too seldom there to say either, or fails on docker too: that is no word on the executor.</summary>
    Open,
}

/// <summary>A job that a rule said would or may fail on Kubernetes, and that then ran there.</summary>
/// <param name="Kubernetes">Its runs there on whole days on which the finding stood, without retries.</param>
/// <param name="Docker">All of its runs on docker that are counted, before and after.</param>
public sealed record TriedFinding(string Rule, ProjectId Project, string Job, Rate Kubernetes, Rate Docker)
{
    /// <summary>One-sided level of Fisher's exact test for "more often on Kubernetes".</summary>
    private const double Level = 0.05;

    /// <summary>Works: the upper limit of its failures there (Wilson, 95 %) lies below it.</summary>
    private const double Mostly = 0.5;

    /// <exception cref="InvalidOperationException">It did not run on Kubernetes.</exception>
    public FindingOutcome Outcome =>
        Kubernetes.Finished == 0 ? throw new InvalidOperationException($"{Job} did not run on Kubernetes.")
        : FailureBlameByHistory.ProbabilityByChance(Docker, Kubernetes) <= Level ? FindingOutcome.CameTrue
        : WilsonInterval.Of(Kubernetes)!.Value.High < Mostly ? FindingOutcome.CameOtherwise
        : FindingOutcome.Open;
}

/// <summary>
/// How often a rule is right on this instance: of the jobs that it said would or may fail and that then ran on Kubernetes, those that
/// fail there more than on docker (positive predictive value, by job and not by run). Jobs that were mended or kept on docker
/// before they ran there are in no figure, and of the others nobody knows whether they are like them.
/// </summary>
/// <param name="CameTrue">Jobs.</param>
/// <param name="CameOtherwise">Jobs.</param>
/// <param name="Open">Jobs that say nothing yet, in neither.</param>
public sealed record RulePrecision(string Rule, int CameTrue, int CameOtherwise, int Open)
{
    public int Decided => CameTrue + CameOtherwise;

    /// <summary>Fraction; null while no job decides.</summary>
    public double? Value => Decided == 0 ? null : (double)CameTrue / Decided;

    /// <summary>Wilson's limits at 95 %; null while no job decides.</summary>
    public (double Low, double High)? Limits => WilsonInterval.Of(new Rate(CameTrue, Decided));

    /// <summary>By rule; rules of which no job ran on Kubernetes are left out.</summary>
    public static IReadOnlyList<RulePrecision> Of(IEnumerable<TriedFinding> tried) =>
    [
        .. tried.GroupBy(one => one.Rule, StringComparer.Ordinal).OrderBy(rule => rule.Key, StringComparer.Ordinal).Select(rule => new RulePrecision(
            rule.Key, rule.Count(one => one.Outcome == FindingOutcome.CameTrue), rule.Count(one => one.Outcome == FindingOutcome.CameOtherwise),
            rule.Count(one => one.Outcome == FindingOutcome.Open))),
    ];
}

/// <summary>Findings that met Kubernetes.</summary>
public interface ITriedFindings
{
    /// <summary>In the days whose jobs are counted by name (some nine weeks), by rule, project and job. A parallel job is one job.</summary>
    Task<IReadOnlyList<TriedFinding>> ReadAsync(InstanceId instance, CancellationToken cancel);
}
