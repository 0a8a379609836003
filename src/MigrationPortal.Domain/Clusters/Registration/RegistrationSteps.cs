using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>Takes a registration from one state to the next: stored and audited together, or neither.</summary>
public sealed class RegistrationSteps(IRegistrationStore registrations, IAuditTrail audit, IPortalEvents events, IWorldClock clock, TimeProvider time)
{
    /// <summary>How long GitLab and the cluster may stay silent before all is undone.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>How long undoing is tried again, while GitLab or the cluster refuses.</summary>
    internal static readonly TimeSpan UndoPatience = TimeSpan.FromDays(1);

    /// <summary>Somebody has to install a chart: that is no matter of minutes.</summary>
    internal static readonly TimeSpan ChartPatience = TimeSpan.FromDays(1);

    /// <returns>Null when another one is active for the Secret.</returns>
    public Task<ClusterRegistration?> BeginAsync(ClusterRegistration registration, CancellationToken cancel) =>
        WriteAsync(registration.AskedBy, "cluster.register", registration.Reason, () => AddAsync(registration, cancel), cancel);

    /// <returns>Null when somebody else changed it meanwhile.</returns>
    public Task<ClusterRegistration?> GoAsync(ClusterRegistration registration, RegistrationState to, Actor who, string? said, string? reason, CancellationToken cancel)
    {
        if (!RegistrationTransitions.May(registration.State, to)) throw new InvalidOperationException($"A registration does not go from {registration.State} to {to}.");
        var now = time.GetUtcNow();
        var after = registration with
        {
            State = to,
            Said = said,
            Since = now,
            Deadline = now + to switch
            {
                RegistrationState.Applying => registration.Patience + Patience,
                RegistrationState.Waiting => ChartPatience,
                RegistrationState.Undoing => UndoPatience,
                _ => Patience,
            },
            Tries = 0,
            RetryAt = null,
            Remains = null,
            ContactAfter = to is RegistrationState.Waiting ? clock.Now(registration.Instance) : registration.ContactAfter,
            EndedAt = to is RegistrationState.Done or RegistrationState.Undone or RegistrationState.Left ? now : null,
        };
        return WriteAsync(who, $"cluster.register.{to.ToString().ToLowerInvariant()}", reason ?? said, () => registrations.SaveAsync(after, cancel), cancel);
    }

    /// <summary>Stores what was done or seen; its state stays.</summary>
    public async Task<ClusterRegistration?> KeepAsync(ClusterRegistration registration, CancellationToken cancel)
    {
        var saved = await registrations.SaveAsync(registration, cancel);
        if (saved is not null) await TellAsync(saved, cancel);
        return saved;
    }

    // Vouching for what is not verified is an entry of its own.
    private async Task<ClusterRegistration?> AddAsync(ClusterRegistration registration, CancellationToken cancel)
    {
        var stored = await registrations.AddAsync(registration, cancel);
        if (stored?.Override is { } vouched)
            await audit.AppendAsync(new AuditEntry(clock.Now(stored.Instance), stored.Instance, vouched.Who, "cluster.register-unverified", $"cluster/{stored.Cluster}", vouched.Reason, null, JsonSerializer.Serialize(new { registration = stored.Id, configuration = stored.Configuration, revision = stored.Revision })), cancel);
        return stored;
    }

    private async Task<ClusterRegistration?> WriteAsync(Actor who, string verb, string? why, Func<Task<ClusterRegistration?>> write, CancellationToken cancel)
    {
        var saved = await audit.WriteAsync(stored => new AuditEntry(clock.Now(stored.Instance), stored.Instance, who, verb, $"cluster/{stored.Cluster}", why, null, Shown(stored)), write, cancel);
        if (saved is not null) await TellAsync(saved, cancel);
        return saved;
    }

    private static string Shown(ClusterRegistration stored) => JsonSerializer.Serialize(new
    {
        registration = stored.Id,
        state = stored.State.ToString(),
        runner = stored.Runner,
        secret = $"{stored.Place.Namespace}/{stored.Place.Name}",
        configuration = stored.Configuration,
        revision = stored.Revision,
    });

    private Task TellAsync(ClusterRegistration registration, CancellationToken cancel) => events.PublishAsync(new PortalEvent(PortalTopic.Clusters, registration.Instance, registration.Cluster), cancel);
}
