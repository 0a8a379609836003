using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>Finished jobs of a project with the same tags that ran on the same executor.</summary>
public sealed record RanJobs(ProjectId Project, TagSet Tags, ExecutorFamily Executor, long Jobs);

/// <summary>A project whose jobs are not where its enrollment says.</summary>
/// <param name="Elsewhere">Of <paramref name="Jobs"/>, those that ran where they were not meant to.</param>
public sealed record ExposureMismatch(Enrollment Enrollment, long Elsewhere, long Jobs, string Sentence);

/// <param name="All">Of all enrolled projects together, as the data quality of a comparison asks it.</param>
/// <param name="Mismatches">Most jobs first.</param>
public sealed record ExposureReport(Exposure All, IReadOnlyList<ExposureMismatch> Mismatches);

/// <summary>
/// Whether enrolled projects' jobs ran where they were meant to (statistics.md A.9). Meant for Kubernetes: jobs of a moved
/// project that ask for an opt-in tag; its other jobs stay where they are on purpose (moving is per job). Meant for docker:
/// all jobs of whoever waits, and of pins. Pure.
/// </summary>
public static class ExposureCheck
{
    /// <param name="optInTags">The opt-in tag and all other translations.</param>
    /// <param name="optInTag">The usual one, for the sentence.</param>
    public static ExposureReport Of(IEnumerable<Enrollment> enrollments, IEnumerable<RanJobs> jobs, TagSet optInTags, string optInTag)
    {
        var byProject = jobs.Where(one => one.Executor is ExecutorFamily.Docker or ExecutorFamily.Kubernetes).ToLookup(one => one.Project);
        var (all, found) = (default(Exposure), new List<ExposureMismatch>());
        foreach (var enrollment in enrollments)
        {
            if (MeantFor(enrollment) is not { } meant) continue;
            var ran = byProject[enrollment.Project].Where(one => meant == ExecutorFamily.Docker || one.Tags.Any(optInTags.Contains)).ToList();
            var (sum, elsewhere) = (ran.Sum(one => one.Jobs), ran.Where(one => one.Executor != meant).Sum(one => one.Jobs));
            all = meant == ExecutorFamily.Kubernetes
                ? all with { Kubernetes = all.Kubernetes + sum, KubernetesElsewhere = all.KubernetesElsewhere + elsewhere }
                : all with { Docker = all.Docker + sum, DockerElsewhere = all.DockerElsewhere + elsewhere };
            if (elsewhere > 0) found.Add(new ExposureMismatch(enrollment, elsewhere, sum, Sentence(enrollment, meant, elsewhere, sum, optInTag)));
        }

        return new ExposureReport(all, [.. found.OrderByDescending(one => one.Elsewhere).ThenBy(one => one.Enrollment.Project.Number)]);
    }

    /// <summary>Null where nothing is meant: while it changes, where it follows the phase, and for who is not asked yet.</summary>
    private static ExecutorFamily? MeantFor(Enrollment enrollment) => (enrollment.State, enrollment.Target) switch
    {
        (EnrollmentState.Moved or EnrollmentState.Verified, EnrollmentTarget.Kubernetes) => ExecutorFamily.Kubernetes,
        (EnrollmentState.Verified, EnrollmentTarget.Docker) or (EnrollmentState.Waitlisted, _) => ExecutorFamily.Docker,
        _ => null,
    };

    private static string Sentence(Enrollment enrollment, ExecutorFamily meant, long elsewhere, long jobs, string optInTag) => (meant, enrollment.State) switch
    {
        (ExecutorFamily.Kubernetes, _) => FormattableString.Invariant(
            $"Project {enrollment.Project} asks for Kubernetes ({optInTag}), and {elsewhere} of {jobs} such jobs ran on docker: see which docker runners carry that tag."),
        (_, EnrollmentState.Waitlisted) => FormattableString.Invariant(
            $"Project {enrollment.Project} waits for its turn, and {elsewhere} of {jobs} jobs ran on Kubernetes already: somebody moved it by hand, and it is no comparison any more."),
        _ => FormattableString.Invariant(
            $"Project {enrollment.Project} is pinned to docker, and {elsewhere} of {jobs} jobs ran on Kubernetes: they lack the fallback tag."),
    };
}
