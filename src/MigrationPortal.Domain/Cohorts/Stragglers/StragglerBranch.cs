using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <summary>What became of one ref whose jobs still ran on docker. Stored by name: never rename one.</summary>
public enum BranchState
{
    /// <summary>The change is stored; GitLab is being asked, or was when the portal was cut off.</summary>
    Opening,

    /// <summary>People have the merge request before them.</summary>
    Open,

    Merged,

    /// <summary>A person closed it. It is named from then on, and never opened again.</summary>
    Declined,

    /// <summary>Its CI file asks for nothing on docker any more.</summary>
    Right,

    /// <summary>No merge request can do it: the reason says why.</summary>
    NotFixable,
}

/// <param name="Change">The texts before and after; null where there is no merge request.</param>
/// <param name="Why">Why there is none.</param>
/// <param name="Since">The instance's time of the last look.</param>
public sealed record StragglerBranch(ProjectId Project, string Ref, BranchState State, CiEditRecord? Change, MoveRecord.Request? Request, string? Why, DateTimeOffset Since, long Version)
{
    /// <summary>What stands in the file may have changed since: it is looked at again.</summary>
    /// <param name="lastDay">On which such a job ran; days after the merge it was not enough.</param>
    public bool IsDue(DateTimeOffset now, DateOnly lastDay) => State switch
    {
        BranchState.Right or BranchState.NotFixable => now - Since >= TimeSpan.FromDays(1),
        BranchState.Opening => now - Since >= TimeSpan.FromMinutes(10),
        BranchState.Merged => lastDay > DateOnly.FromDateTime(Since.UtcDateTime).AddDays(1),
        _ => false,
    };
}
