using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>A revision of a configuration, to be brought into a cluster.</summary>
/// <param name="Cluster">Its number.</param>
/// <param name="Revision">Left out: the newest.</param>
/// <param name="Fingerprint">Of the preview, which the same body with <c>dryRun</c> gives.</param>
/// <param name="Extras">Of <c>networkPolicy</c>, <c>rbac</c>, <c>quota</c>; left out: the first two.</param>
/// <param name="Force">Objects, as the preview names them, whose fields are taken over from others.</param>
/// <param name="Leave">Objects whose fields stay with the others.</param>
/// <param name="Prune">Objects that the revision no longer has are removed.</param>
/// <param name="Runner">GitLab's number of the runner whose manager must report; left out: the one that was registered for it, if any.</param>
/// <param name="RollBackByItself">When it ends unhealthy.</param>
/// <param name="PatienceSeconds">For the manager to come up and to report; left out: 600.</param>
/// <param name="OverrideUnverified">Why it goes into production although no verification proves it; it stands in the audit trail under the caller's name. Needs the scope admin.</param>
public sealed record ApplyBody(
    long? Cluster = null, int? Revision = null, string? Reason = null, string? Fingerprint = null, IReadOnlyList<string>? Extras = null, IReadOnlyList<string>? Force = null, IReadOnlyList<string>? Leave = null, bool? Prune = null, bool? DryRun = null,
    long? Runner = null, bool? RollBackByItself = null, int? PatienceSeconds = null, string? OverrideUnverified = null)
{
    internal ApplyWish Wish(long configuration, long? known, RequestErrors errors)
    {
        if (Cluster is null) errors.Add("cluster", "Needed: the number of a cluster.");
        return new ApplyWish(
            Cluster ?? 0, configuration, Revision, ApplyWords.Extras(Extras, errors), Fingerprint, Set(Force), Set(Leave), Prune ?? false, Runner ?? known, RollBackByItself ?? false,
            ApplyWords.Patience(PatienceSeconds, ApplyWish.UsualPatience, ApplyWish.LongestPatience, errors), Reason)
        { OverrideUnverified = errors.Note(ProductionGuard.Override, OverrideUnverified, 500) };
    }

    private static HashSet<string> Set(IReadOnlyList<string>? names) => new(names ?? [], StringComparer.Ordinal);
}

/// <summary>A runner to be made in GitLab for a cluster.</summary>
/// <param name="Configuration">What its manager is made of.</param>
/// <param name="Paused">Left out: true.</param>
/// <param name="PatienceSeconds">For the manager to come up and to report; left out: 600. Where somebody installs a chart, a day.</param>
/// <param name="OverrideUnverified">Why its configuration goes into production although no verification proves it; needs the scope admin.</param>
public sealed record RegistrationBody(
    long? Configuration = null, int? Revision = null, IReadOnlyList<string>? Extras = null, string? Description = null, IReadOnlyList<string>? TagList = null, bool? RunUntagged = null, bool? Paused = null, int? PatienceSeconds = null, string? Reason = null, string? OverrideUnverified = null)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    internal RegistrationWish Wish(long cluster, RequestErrors errors)
    {
        if (Configuration is null) errors.Add("configuration", "Needed: the number of a configuration.");
        var description = errors.Text("description", Description, 255);
        foreach (var tag in TagList ?? [])
            if (string.IsNullOrWhiteSpace(tag) || tag != tag.Trim() || tag.Contains(',', StringComparison.Ordinal) || tag.Length > 255)
                errors.Add("tagList", $"'{tag}' is not one tag: no commas, no spaces around it, 1 to 255 characters.");
        return new RegistrationWish(
            cluster, Configuration ?? 0, Revision, ApplyWords.Extras(Extras, errors), description, TagSet.Of(TagList ?? []), RunUntagged ?? false, Paused ?? true, ApplyWords.Patience(PatienceSeconds, ApplyWish.UsualPatience, Longest, errors), Reason)
        { OverrideUnverified = errors.Note(ProductionGuard.Override, OverrideUnverified, 500) };
    }
}

public sealed record ReasonOnlyBody(string? Reason = null);

