using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Pins;

/// <summary>Gives a pin another end: more time, or none any more. An admin's right: a maintainer's own word on it is the pin.</summary>
public sealed class ChangePin(IEnrollmentStore enrollments, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <summary>Exceptions end.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <param name="until">One that has passed ends the pin now.</param>
    /// <returns>Refuses <c>not-pinned</c>, <c>invalid-until</c>, <c>changed-meanwhile</c>.</returns>
    public async Task<Outcome<Enrollment>> RunAsync(ProjectId project, DateTimeOffset until, string reason, Actor who, CancellationToken cancel)
    {
        var now = clock.Now(project.Instance);
        if (until > now + Longest) return Refusal.Of("invalid-until", $"Within a year: {now + Longest:yyyy-MM-dd} at the latest. A time that has passed ends it now.");
        if (await enrollments.ActiveAsync(project, cancel) is not { Target: EnrollmentTarget.Docker } pin) return Refusal.Of("not-pinned", $"Project {project} is not pinned to docker, so there is no end to change.");
        var after = pin with { Until = until < now ? now : until, Reason = reason, By = who, At = now };
        var entry = new AuditEntry(now, project.Instance, who, "enrollment.pin-until", $"project/{project.Number}", reason, Shown(pin), Shown(after));
        var saved = await audit.WriteAsync(entry, () => enrollments.SaveAsync(after, pin.State, cancel), cancel);
        if (saved is null) return EnrollmentSteps.Meanwhile(project);
        await events.PublishAsync(new PortalEvent(PortalTopic.Cohorts, project.Instance, null), cancel);
        return saved;
    }

    private static string Shown(Enrollment pin) => JsonSerializer.Serialize(new { until = pin.Until });
}
