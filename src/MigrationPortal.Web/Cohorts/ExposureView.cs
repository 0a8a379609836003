using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Finished jobs since each project came into its state.</summary>
/// <param name="Kubernetes">Jobs that asked for Kubernetes, of moved projects.</param>
/// <param name="Docker">Jobs that were meant to stay on docker, of who waits or is pinned.</param>
/// <param name="Mismatch">Share of all these that ran elsewhere, in [0, 1]; null without any.</param>
/// <param name="BlursComparison">That share is too big for an honest comparison.</param>
/// <param name="Projects">How many have jobs elsewhere.</param>
/// <param name="Mismatches">Of those, the ones with most jobs elsewhere.</param>
public sealed record ExposureView(
    long Kubernetes, long KubernetesElsewhere, long Docker, long DockerElsewhere, double? Mismatch, bool BlursComparison, int Projects, IReadOnlyList<ExposureMismatchView> Mismatches)
{
    internal const int MostShown = 200;

    internal static ExposureView Of(ExposureReport report, Func<ProjectId, string?> path)
    {
        var (all, share) = (report.All, report.All.Mismatch);
        return new(
            all.Kubernetes, all.KubernetesElsewhere, all.Docker, all.DockerElsewhere, share, share >= Exposure.Most, report.Mismatches.Count,
            [.. report.Mismatches.Take(MostShown).Select(one => new ExposureMismatchView(one.Enrollment.Project.Number, path(one.Enrollment.Project), one.Enrollment.State.Word(), one.Elsewhere, one.Jobs, one.Sentence))]);
    }
}

/// <param name="Path">Null when the project is not known any more.</param>
/// <param name="Elsewhere">Of <paramref name="Jobs"/>, those that ran where they were not meant to.</param>
public sealed record ExposureMismatchView(long Project, string? Path, string State, long Elsewhere, long Jobs, string Sentence);
