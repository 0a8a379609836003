using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Readiness;

/// <summary>A maintainer says that a finding is known and all right: it counts no more as a predicted failure. Their project is the caller's to check.</summary>
public sealed class AcknowledgeFinding(IScanStore scans, IAuditTrail audit, IPortalEvents events, IWorldClock clock, TimeProvider time)
{
    public const int LongestReason = 500;

    /// <returns>Refuses <c>reason-missing</c>, <c>unknown-finding</c> when the last scan has no such finding.</returns>
    public async Task<Outcome<Acknowledgement>> RunAsync(ProjectId project, string rule, string job, string? reason, Actor by, CancellationToken cancel)
    {
        var said = reason?.Trim() ?? "";
        if (said.Length is 0 or > LongestReason) return Refusal.Of("reason-missing", $"Say in at most {LongestReason} characters why the job will work all the same.");
        var scan = await scans.FindAsync(project, cancel);
        if (scan is null || !scan.Findings.Any(finding => finding.Rule == rule && finding.Job == job)) return Refusal.Of("unknown-finding", $"The last look at {project} has no finding {rule} of the job {job}. Look again: it may be mended.");
        var given = new Acknowledgement(project, rule, job, by, clock.Now(project.Instance), said);
        await audit.ChangeAsync(async () => (true, await scans.AcknowledgeAsync(given, cancel) ? Entry("readiness.acknowledge", given) : null), cancel);
        await events.PublishAsync(new PortalEvent(PortalTopic.Readiness, project.Instance, null), cancel);
        return given;
    }

    /// <returns>Refuses <c>unknown-acknowledgement</c>.</returns>
    public async Task<Outcome<bool>> TakeBackAsync(ProjectId project, string rule, string job, Actor by, CancellationToken cancel)
    {
        var taken = await audit.ChangeAsync(
            async () => await scans.TakeBackAsync(project, rule, job, cancel)
                ? (true, Entry("readiness.acknowledge-back", new Acknowledgement(project, rule, job, by, clock.Now(project.Instance), "")))
                : (false, (AuditEntry?)null),
            cancel);
        if (!taken) return Refusal.Of("unknown-acknowledgement", $"Nobody has acknowledged {rule} of the job {job}.");
        await events.PublishAsync(new PortalEvent(PortalTopic.Readiness, project.Instance, null), cancel);
        return true;
    }

    private AuditEntry Entry(string what, Acknowledgement given) => new(
        time.GetUtcNow(), given.Project.Instance, given.By, what, $"project/{given.Project}", given.Reason.Length > 0 ? given.Reason : null, null, JsonSerializer.Serialize(new { rule = given.Rule, job = given.Job }));
}
