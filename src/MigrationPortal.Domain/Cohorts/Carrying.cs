using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>Gives projects their places when a group's variable or a template moves them along, and ends those places when it goes back.</summary>
public sealed class Carrying(IEnrollmentStore enrollments, EnrollmentSteps steps)
{
    /// <summary>Each project that has no place gets one that says what carried it; the others keep theirs. Begun and cut off, it goes on.</summary>
    public async Task CarryAsync(IEnumerable<ProjectId> projects, EnrollmentWay way, string why, Actor who, CancellationToken cancel)
    {
        foreach (var project in projects)
        {
            var one = await enrollments.ActiveAsync(project, cancel) ?? await steps.JoinAsync(project, EnrollmentKind.Carried, EnrollmentTarget.Kubernetes, who, why, cancel);
            if (one is not { Kind: EnrollmentKind.Carried, Original: null }) continue;
            while (one is not null && Next(one.State) is { } next) one = await steps.GoAsync(one with { Way = way }, next, who, why, "enrollment.carried", cancel);
        }
    }

    /// <summary>Whoever has done something for their own project meanwhile keeps their place.</summary>
    public async Task ReleaseAsync(IEnumerable<ProjectId> projects, string why, Actor who, CancellationToken cancel)
    {
        foreach (var project in projects)
        {
            if (await enrollments.ActiveAsync(project, cancel) is not { Kind: EnrollmentKind.Carried, Original: null } one) continue;
            if (!one.State.HasChangedSomething())
            {
                await steps.GoAsync(one, EnrollmentState.Withdrawn, who, why, "enrollment.released", cancel);
                continue;
            }

            var returning = one.State == EnrollmentState.Returning ? one : await steps.GoAsync(one, EnrollmentState.Returning, who, why, "enrollment.return", cancel);
            if (returning is not null) await steps.GoAsync(returning, EnrollmentState.Returned, who, why, "enrollment.returned", cancel);
        }
    }

    private static EnrollmentState? Next(EnrollmentState state) => state switch
    {
        EnrollmentState.Selected => EnrollmentState.Accepted,
        EnrollmentState.Accepted => EnrollmentState.Moving,
        EnrollmentState.Moving => EnrollmentState.Moved,
        _ => null,
    };
}
