using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>
/// Follows what people do with a change (a merge request is merged or closed), and calls a move verified by what the project's
/// next jobs really ran on. Called by a sweep; run twice it changes nothing the second time.
/// </summary>
public sealed class FollowMoves(IEnrollmentStore enrollments, IEnumerable<IMoveWay> ways, IMoveTags tags, IJobReader jobs, IScanStore scans, EnrollmentSteps steps, IWorldClock clock)
{
    /// <returns>How many went on.</returns>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var went = 0;
        foreach (var moving in await enrollments.InStateAsync(instance, EnrollmentState.Moving, cancel)) if (await FollowAsync(moving, EnrollmentState.Moved, EnrollmentState.Refused, cancel)) went++;
        foreach (var returning in await enrollments.InStateAsync(instance, EnrollmentState.Returning, cancel)) if (await FollowAsync(returning, returning.Target == EnrollmentTarget.Default ? EnrollmentState.Graduated : EnrollmentState.Returned, EnrollmentState.Moved, cancel)) went++;
        var known = await tags.ReadAsync(instance, cancel);
        foreach (var moved in await enrollments.InStateAsync(instance, EnrollmentState.Moved, cancel)) if (await VerifyAsync(moved, known, cancel)) went++;
        return went;
    }

    private async Task<bool> FollowAsync(Enrollment enrollment, EnrollmentState done, EnrollmentState givenUp, CancellationToken cancel)
    {
        if (ways.FirstOrDefault(way => way.Way == enrollment.Way) is not { } by || await by.FollowAsync(enrollment, cancel) is not { } progress) return false;
        return progress switch
        {
            MoveProgress.Done { Said: var said } => await steps.GoAsync(enrollment, done, Actor.Portal, said, "enrollment.followed", cancel) is not null,
            MoveProgress.GivenUp { Why: var why } when givenUp == EnrollmentState.Refused => await steps.GiveUpAsync(enrollment, givenUp, Actor.Portal, why, cancel) is not null,
            MoveProgress.GivenUp { Why: var why } => await steps.GoAsync(enrollment.Target == EnrollmentTarget.Default ? enrollment with { Target = EnrollmentTarget.Kubernetes } : enrollment, givenUp, Actor.Portal, why, "enrollment.given-up", cancel) is not null,
            MoveProgress.Open { Original: var original } when original != enrollment.Original => await steps.KeepAsync(enrollment with { Original = original }, cancel) is not null,
            _ => false,
        };
    }

    /// <summary>One finished job, started since the change, that asks for the target's tags and ran there; of a runner pair any job that its runner ran.</summary>
    private async Task<bool> VerifyAsync(Enrollment moved, MoveTags known, CancellationToken cancel)
    {
        if (moved.Target == EnrollmentTarget.Docker && PinCheck.WhyNot(moved, await scans.FindAsync(moved.Project, cancel), known) is not null) return false;
        var since = new TimeWindow(moved.Since, clock.Now(moved.Project.Instance));
        foreach (var filter in Shown(moved, known, since))
        {
            var ran = await jobs.FinishedAsync(filter, 1, null, cancel);
            if (ran.Rows is not [var row, ..]) continue;
            return await steps.GoAsync(moved, EnrollmentState.Verified, Actor.Portal, $"job {row.Id.Number} ran there", "enrollment.verified", cancel) is not null;
        }

        return false;
    }

    private static IEnumerable<JobFilter> Shown(Enrollment moved, MoveTags known, TimeWindow since)
    {
        var any = new JobFilter(moved.Project.Instance, since, moved.Project, Started: since);
        if (moved is { Way: EnrollmentWay.ProjectRunner, Original: { } original }) return [any with { Runner = PairRecord.Read(original).RunnerOf(moved.Target) }];
        var (executor, wanted) = moved.Target == EnrollmentTarget.Docker
            ? (ExecutorFamily.Docker, known.Fallback is { } fallback ? TagSet.Of(fallback) : TagSet.Empty)
            : (ExecutorFamily.Kubernetes, known.ToKubernetes);
        return wanted.Select(tag => any with { Executor = executor, Tag = tag });
    }
}
