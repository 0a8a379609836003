namespace MigrationPortal.Domain.Cohorts.Moves;

public static class MoveAddress
{
    /// <summary>Of the merge request that people have before them; null when there is none.</summary>
    public static string? Of(Enrollment? enrollment) =>
        enrollment is { Way: EnrollmentWay.MergeRequest, Original: { } original, State: EnrollmentState.Moving or EnrollmentState.Returning }
            ? MoveRecord.Read(original).Current(enrollment.State == EnrollmentState.Returning)?.Address
            : null;
}
