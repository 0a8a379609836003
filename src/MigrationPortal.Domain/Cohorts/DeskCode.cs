using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>
/// The codes of GitLab's own "no" to a person's wish. The reason is GitLab's message; <see cref="Refusal.RetryAfter"/> says
/// when a limit ends. That GitLab does not answer is a fault and not among them.
/// </summary>
public static class DeskCode
{
    /// <summary>The person may see the project and not do this: their role is too low, or the branch is protected.</summary>
    public const string Forbidden = "gitlab-forbidden";

    /// <summary>Not there, or not for this person to see: GitLab tells no difference.</summary>
    public const string NotFound = "gitlab-not-found";

    /// <summary>It is there already: the branch, the open merge request, the variable, the assigned runner.</summary>
    public const string Conflict = "gitlab-conflict";

    /// <summary>A file is not what it was when it was read: read it again and show the change anew.</summary>
    public const string ChangedMeanwhile = "changed-meanwhile";

    /// <summary>GitLab took a part of a change and did not let it be taken back: what stood before is kept, and the next try goes on or back.</summary>
    public const string PartlyDone = "partly-done";

    /// <summary>GitLab does not take the values.</summary>
    public const string Invalid = "gitlab-invalid";

    /// <summary>Too many requests of this person or address.</summary>
    public const string RateLimited = "gitlab-rate-limited";

    /// <summary>The token ended, was revoked or is of too small a scope: the person is asked for consent again.</summary>
    public const string ConsentNeeded = "consent-needed";
}
