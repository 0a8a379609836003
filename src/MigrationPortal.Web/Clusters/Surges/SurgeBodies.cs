using System.Globalization;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters.Surges;

/// <summary>QA's runners to be lent to production.</summary>
/// <param name="Role"><c>kubernetes</c> or <c>legacy</c>: whose desired state they get; left out: kubernetes.</param>
/// <param name="Like">A managed runner of production whose tags they copy; left out: what the phase wants of a new one.</param>
/// <param name="Until">15 minutes to 14 days from now.</param>
/// <param name="DrainSeconds">How long jobs may go on after the end, 0 to 86400; left out: 3600.</param>
/// <param name="Fingerprint">Of what becomes reachable, from the preview: it confirms that list.</param>
/// <param name="OverrideUnverified">Why it is lent although no verification proves a revision; it stands in the audit trail under the caller's name.</param>
/// <param name="ConfirmRemoval">True: at the end the lent runners are deleted without asking again.</param>
public sealed record SurgeBody(
    string? Role = null, long? Like = null, IReadOnlyList<LendBody?>? Runners = null, string? Until = null, int? DrainSeconds = null, string? Fingerprint = null, bool? ConfirmRemoval = null, string? Reason = null, string? OverrideUnverified = null)
{
    private static readonly (string, RunnerRole)[] Roles = [("kubernetes", RunnerRole.Kubernetes), ("legacy", RunnerRole.Legacy)];

    /// <param name="isPreview">Time, confirmations and reason are not needed yet.</param>
    internal SurgeWish Wish(bool isPreview, RequestErrors errors)
    {
        var role = errors.OneOf("role", Role, Roles) ?? RunnerRole.Kubernetes;
        var until = errors.Time("until", Until);
        if (until is null && Until is null && !isPreview) errors.Add("until", "Needed: when it ends, such as 2026-11-23T08:00:00Z.");
        var runners = new List<LendWish>();
        foreach (var (one, at) in (Runners ?? []).Select((one, at) => (one, at)))
        {
            if (one is { Runner: { } runner, Cluster: { } cluster, Configuration: { } configuration }) runners.Add(new LendWish(runner, cluster, configuration, one.Revision));
            else errors.Add(string.Create(CultureInfo.InvariantCulture, $"runners[{at}]"), "Needed: runner (QA's number), cluster and configuration.");
        }

        if (Runners is null or { Count: 0 }) errors.Add("runners", "Needed: at least one of QA's runners, with its cluster and configuration.");
        var drain = DrainSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Surge.UsualDrain;
        return new SurgeWish(role, Like, runners, until ?? default, drain, Fingerprint, ConfirmRemoval ?? false, errors.Note("reason", Reason, 500)) { OverrideUnverified = errors.Note("overrideUnverified", OverrideUnverified, 500) };
    }
}

/// <param name="Runner">QA's number of it.</param>
/// <param name="Cluster">Of QA, where the lent manager runs.</param>
/// <param name="Configuration">What the lent manager is made of.</param>
/// <param name="Revision">Left out: the one that was last applied there and is healthy; where none was, the newest.</param>
public sealed record LendBody(long? Runner = null, long? Cluster = null, long? Configuration = null, int? Revision = null);

/// <param name="Reason">Needed: it stands in the audit trail.</param>
public sealed record EndSurgeBody(string? Reason = null);
