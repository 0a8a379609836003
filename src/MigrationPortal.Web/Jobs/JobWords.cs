using MigrationPortal.Domain.Jobs;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Jobs;

/// <summary>A job's state as a colour and a word; of a failed one the raw reason, which says more than "failed".</summary>
public static class JobWords
{
    public static VerdictKind Kind(JobRow job) => job.Status switch
    {
        JobStatus.Success => VerdictKind.Pass,
        JobStatus.Failed => VerdictKind.Fail,
        JobStatus.Other => VerdictKind.Unknown,
        _ => VerdictKind.Wait,
    };

    public static string State(JobRow job) => job switch
    {
        { Status: JobStatus.Failed, FailureReason: { Length: > 0 } reason } => reason.Replace('_', ' '),
        _ => job.Status.ToString().ToLowerInvariant(),
    };
}
