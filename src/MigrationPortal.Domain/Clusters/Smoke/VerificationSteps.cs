using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>Takes a verification from one state to the next: stored and audited together, or neither.</summary>
public sealed class VerificationSteps(IVerificationStore store, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <returns>Null when one is active already.</returns>
    public async Task<Verification?> BeginAsync(VerificationWish wish, ProjectId project, long application, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var now = clock.Now(project.Instance);
        var begun = new Verification(
            0, wish.Configuration, wish.Revision!.Value, wish.Cluster, project, wish.Choice, wish.Probe, VerificationState.Preparing, BranchOf(wish, now), VerificationBranch.Unmade, null, null, null, null, [], null, who, now, now, now + wish.Patience, 0)
        { Application = application };
        return await WriteAsync(begun, who, "verification.begin", () => store.AddAsync(begun, cancel), cancel);
    }

    /// <returns>Null when somebody else changed it meanwhile.</returns>
    public Task<Verification?> GoAsync(Verification before, VerificationState to, Actor who, string? reason, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(before);
        if (!VerificationTransitions.May(before.State, to)) throw new InvalidOperationException($"A verification does not go from {before.State} to {to}.");
        var after = before with { State = to, Reason = reason, Since = clock.Now(before.Instance) };
        return WriteAsync(after, who, $"verification.{to.ToString().ToLowerInvariant()}", () => store.SaveAsync(after, cancel), cancel);
    }

    /// <summary>Stores what was learnt; its state stays.</summary>
    public async Task<Verification?> KeepAsync(Verification verification, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(verification);
        var saved = await store.SaveAsync(verification, cancel);
        if (saved is not null) await TellAsync(saved, cancel);
        return saved;
    }

    // Two of one second would be of one configuration, cluster and revision, of which one at a time is active.
    private static string BranchOf(VerificationWish wish, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{Verification.BranchPrefix}{wish.Configuration}-{wish.Revision}-{wish.Cluster}-{now.UtcDateTime:yyyyMMddHHmmss}");

    private async Task<Verification?> WriteAsync(Verification after, Actor who, string verb, Func<Task<Verification?>> write, CancellationToken cancel)
    {
        var shown = JsonSerializer.Serialize(new { verification = after.Id, revision = after.Revision, cluster = after.Cluster, application = after.Application, project = after.Project.Number, pipeline = after.Pipeline?.Number, probe = after.ProbePipeline?.Number, failed = after.Checks.Where(one => one.State == CheckState.Failed).Select(one => one.Key), notKnown = after.Checks.Where(one => one.State == CheckState.NotKnown).Select(one => one.Key) });
        var saved = await audit.WriteAsync(new AuditEntry(after.Since, after.Instance, who, verb, $"runner-config/{after.Configuration}", after.Reason, null, shown), write, cancel);
        if (saved is not null) await TellAsync(saved, cancel);
        return saved;
    }

    private Task TellAsync(Verification verification, CancellationToken cancel) => events.PublishAsync(new PortalEvent(PortalTopic.Configurations, null, verification.Configuration), cancel);
}
