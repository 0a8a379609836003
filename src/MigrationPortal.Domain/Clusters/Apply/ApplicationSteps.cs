using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>Takes an application from one state to the next: stored and audited together, or neither.</summary>
public sealed class ApplicationSteps(IApplicationStore applications, IAuditTrail audit, IPortalEvents events, IWorldClock clock, TimeProvider time)
{
    /// <summary>How long writes may take to come through while the cluster does not answer.</summary>
    internal static readonly TimeSpan WritePatience = TimeSpan.FromMinutes(30);

    /// <returns>Null when the cluster has an active one.</returns>
    public Task<Application?> BeginAsync(Application application, CancellationToken cancel) => WriteAsync(application.AskedBy, "cluster.apply", application.Reason, () => AddAsync(application, cancel), cancel);

    /// <returns>Null when somebody else changed it meanwhile, or another one is active in the cluster.</returns>
    public Task<Application?> GoAsync(Application application, ApplicationState to, Actor who, string? said, string? reason, CancellationToken cancel)
    {
        if (!ApplicationTransitions.May(application.State, to)) throw new InvalidOperationException($"An application does not go from {application.State} to {to}.");
        var now = time.GetUtcNow();
        var after = application with
        {
            State = to,
            Said = said,
            Since = now,
            Deadline = now + (to == ApplicationState.Verifying ? application.Patience : WritePatience),
            EndedAt = to is ApplicationState.Healthy or ApplicationState.Unhealthy or ApplicationState.RolledBack or ApplicationState.Cancelled ? now : null,
        };
        var verb = to switch { ApplicationState.RollingBack => "cluster.roll-back", ApplicationState.RolledBack => "cluster.rolled-back", _ => $"cluster.{to.ToString().ToLowerInvariant()}" };
        return WriteAsync(who, verb, reason ?? said, () => applications.SaveAsync(after, cancel), cancel);
    }

    /// <summary>Stores what was done or seen; its state stays.</summary>
    public async Task<Application?> KeepAsync(Application application, CancellationToken cancel)
    {
        var saved = await applications.SaveAsync(application, cancel);
        if (saved is not null) await TellAsync(saved, cancel);
        return saved;
    }

    // Vouching for what is not verified is an entry of its own.
    private async Task<Application?> AddAsync(Application application, CancellationToken cancel)
    {
        var stored = await applications.AddAsync(application, cancel);
        if (stored?.Override is { } vouched)
            await audit.AppendAsync(new AuditEntry(clock.Now(stored.Instance), stored.Instance, vouched.Who, "cluster.apply-unverified", $"cluster/{stored.Cluster}", vouched.Reason, null, JsonSerializer.Serialize(new { application = stored.Id, configuration = stored.Configuration, revision = stored.Revision })), cancel);
        return stored;
    }

    private async Task<Application?> WriteAsync(Actor who, string verb, string? why, Func<Task<Application?>> write, CancellationToken cancel)
    {
        var saved = await audit.WriteAsync(stored => new AuditEntry(clock.Now(stored.Instance), stored.Instance, who, verb, $"cluster/{stored.Cluster}", why, null, Shown(stored)), write, cancel);
        if (saved is not null) await TellAsync(saved, cancel);
        return saved;
    }

    private static string Shown(Application stored) => JsonSerializer.Serialize(new
    {
        application = stored.Id,
        configuration = stored.Configuration,
        revision = stored.Revision,
        target = stored.Target.ToString(),
        state = stored.State.ToString(),
        objects = stored.Objects.Select(one => one.Key.ToString()),
    });

    private Task TellAsync(Application application, CancellationToken cancel) => events.PublishAsync(new PortalEvent(PortalTopic.Clusters, application.Instance, application.Cluster), cancel);
}
