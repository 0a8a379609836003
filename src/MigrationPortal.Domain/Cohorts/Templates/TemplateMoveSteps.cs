using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Templates;

/// <summary>Takes a template's move from one state to the next: stored and audited together, or neither.</summary>
public sealed class TemplateMoveSteps(ITemplateMoveStore moves, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <returns>Null when the template got another move meanwhile.</returns>
    public Task<TemplateMove?> BeginAsync(TemplateMove move, CancellationToken cancel)
    {
        var begun = move with { Since = clock.Now(move.Owner.Instance) };
        return WriteAsync(null, begun, "template.move", () => moves.AddAsync(begun, cancel), cancel);
    }

    /// <returns>Null when somebody else changed it meanwhile.</returns>
    public Task<TemplateMove?> GoAsync(TemplateMove move, SharedMoveState to, Actor who, string? reason, string verb, CancellationToken cancel)
    {
        var after = move.Go(to, who, clock.Now(move.Owner.Instance), reason);
        return WriteAsync(move, after, verb, () => moves.SaveAsync(after, move.State, cancel), cancel);
    }

    private async Task<TemplateMove?> WriteAsync(TemplateMove? before, TemplateMove after, string verb, Func<Task<TemplateMove?>> write, CancellationToken cancel)
    {
        var entry = new AuditEntry(after.Since, after.Owner.Instance, after.By, verb, $"template/{after.Template.Id}", after.Reason, before is null ? null : Shown(before), Shown(after));
        var saved = await audit.WriteAsync(entry, write, cancel);
        if (saved is not null) await events.PublishAsync(new PortalEvent(PortalTopic.Cohorts, after.Owner.Instance, null), cancel);
        return saved;
    }

    private static string Shown(TemplateMove one) => JsonSerializer.Serialize(new { state = one.State.ToString().ToLowerInvariant(), file = one.Template.Name, projects = one.Projects.Count, request = one.Address });
}
