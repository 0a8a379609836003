using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>
/// One way in which a move reaches a project. It writes down what stood before and only then changes something, so that the
/// way back restores exactly that; asked again after a crash it finds what it did. Refusals carry a <see cref="DeskCode"/> or
/// <c>way-not-offered</c>.
/// </summary>
/// <exception cref="Instances.GitLabUnavailableException">Of every call: GitLab did not answer; what was asked for may stand.</exception>
public interface IMoveWay
{
    EnrollmentWay Way { get; }

    /// <summary>Whether and for how many jobs it can be used, from what is stored alone.</summary>
    WayOffer Offer(MovePlan plan);

    /// <summary>Looks at the project as the person and says what stands there, for <see cref="Enrollment.Original"/>.</summary>
    /// <param name="earlier">What stood before an earlier change by this way that still stands; null: there was none.</param>
    /// <returns>Refuses <c>way-not-offered</c> when the project does not fit after all.</returns>
    Task<Outcome<string>> LookAsync(MovePlan plan, string? earlier, PersonToken person, CancellationToken cancel);

    /// <summary>Makes the change; done already, it changes nothing.</summary>
    Task<Outcome<MoveProgress>> ApplyAsync(Enrollment enrollment, MovePlan plan, PersonToken person, CancellationToken cancel);

    /// <summary>Restores what <see cref="Enrollment.Original"/> says; done already, it changes nothing.</summary>
    Task<Outcome<MoveProgress>> UndoAsync(Enrollment enrollment, PersonToken person, CancellationToken cancel);

    /// <summary>Jobs whose tags it leads, with those that they have once its change is taken out; without others.</summary>
    /// <param name="jobs">Of the newest scan.</param>
    IReadOnlyList<JobTags> WhatStood(Enrollment enrollment, IReadOnlyList<ScannedJob> jobs) => [.. jobs.Select(job => new JobTags(job.Name, job.Tags, job.Tags, false))];

    /// <summary>Takes the change out for good, jobs following the phase from then on; done already, it changes nothing.</summary>
    /// <param name="scan">The newest.</param>
    Task<Outcome<MoveProgress>> GraduateAsync(Enrollment enrollment, ProjectScan scan, PersonToken person, CancellationToken cancel) => UndoAsync(enrollment, person, cancel);

    /// <summary>How far a change or a return is, read as the portal. Null: nothing to follow, or not to be told now.</summary>
    Task<MoveProgress?> FollowAsync(Enrollment enrollment, CancellationToken cancel);
}

/// <param name="Jobs">That would move by it; 0 when it is not offered.</param>
/// <param name="Why">Why it is not offered; null when it is.</param>
public sealed record WayOffer(EnrollmentWay Way, int Jobs, string? Why)
{
    public bool IsOffered => Why is null;

    /// <summary>Names of jobs that stay where they are although their tags would let them move. Null: as the plan says.</summary>
    public IReadOnlyList<string>? Staying { get; init; }

    public static WayOffer Not(EnrollmentWay way, string why) => new(way, 0, why);
}

/// <summary>How far a change of a project is.</summary>
public abstract record MoveProgress
{
    private MoveProgress()
    {
    }

    /// <summary>It stands.</summary>
    public sealed record Done(string Said) : MoveProgress;

    /// <summary>People still have to do something, such as merge.</summary>
    /// <param name="Address">Where.</param>
    /// <param name="Original">What <see cref="Enrollment.Original"/> is to hold from now on.</param>
    public sealed record Open(string Address, string Said, string Original) : MoveProgress;

    /// <summary>People said no to it.</summary>
    public sealed record GivenUp(string Why) : MoveProgress;
}
