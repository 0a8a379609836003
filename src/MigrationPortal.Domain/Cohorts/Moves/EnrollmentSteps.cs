using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>Takes an enrollment from one state to the next: stored and audited together, or neither.</summary>
public sealed class EnrollmentSteps(IEnrollmentStore enrollments, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <param name="enrollment">As stored, with what else shall change.</param>
    /// <param name="verb">Of the audit entry.</param>
    /// <returns>Null when somebody else changed it meanwhile.</returns>
    public async Task<Enrollment?> GoAsync(Enrollment enrollment, EnrollmentState to, Actor who, string? reason, string verb, CancellationToken cancel)
    {
        var (from, now) = (enrollment.State, clock.Now(enrollment.Project.Instance));
        var after = enrollment.Go(to, who, now, reason);
        var entry = new AuditEntry(now, enrollment.Project.Instance, who, verb, $"project/{enrollment.Project.Number}", reason, Shown(enrollment), Shown(after));
        var saved = await audit.WriteAsync(entry, () => enrollments.SaveAsync(after, from, cancel), cancel);
        if (saved is not null) await events.PublishAsync(new PortalEvent(PortalTopic.Cohorts, enrollment.Project.Instance, null), cancel);
        return saved;
    }

    /// <summary>The change under way was given up: back to the one that stood before it, where there was one.</summary>
    /// <param name="ended">For a first change: moving is refused, and taking it back is done.</param>
    /// <returns>Null when somebody else changed it meanwhile.</returns>
    public async Task<Enrollment?> GiveUpAsync(Enrollment enrollment, EnrollmentState ended, Actor who, string why, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(enrollment);
        return EarlierMove.Of(await enrollments.HistoryAsync(enrollment.Id, cancel)) is { } earlier
            ? await GoAsync(earlier.Again(enrollment), EnrollmentState.Moved, who, why, "enrollment.given-up", cancel)
            : await GoAsync(enrollment, ended, who, why, "enrollment.given-up", cancel);
    }

    /// <summary>Stores what was learnt of a change under way; its state stays.</summary>
    public Task<Enrollment?> KeepAsync(Enrollment enrollment, CancellationToken cancel) => enrollments.SaveAsync(enrollment, enrollment.State, cancel);

    /// <summary>Somebody who comes by themselves: they have said yes by coming.</summary>
    /// <returns>Null when the project got another place meanwhile.</returns>
    public async Task<Enrollment?> JoinAsync(ProjectId project, EnrollmentKind kind, EnrollmentTarget target, Actor who, string? reason, CancellationToken cancel)
    {
        var now = clock.Now(project.Instance);
        var selected = new Enrollment(0, project, target, kind, null, EnrollmentState.Selected, null, reason, who, now, 0);
        var entry = new AuditEntry(now, project.Instance, who, "enrollment.join", $"project/{project.Number}", reason, null, Shown(selected));
        var added = await audit.WriteAsync(entry, () => enrollments.AddAsync(selected, cancel), cancel);
        return added is null ? null : await GoAsync(added, EnrollmentState.Accepted, who, reason, "enrollment.accept", cancel);
    }

    public static Refusal Meanwhile(ProjectId project) => Refusal.Of("changed-meanwhile", $"Somebody else changed project {project} at this moment: look again.");

    private static string Shown(Enrollment one) => JsonSerializer.Serialize(new { state = one.State.Word(), target = one.Target.Word(), way = one.Way?.Word(), until = one.Until });
}
