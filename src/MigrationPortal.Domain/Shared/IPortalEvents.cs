namespace MigrationPortal.Domain.Shared;

/// <summary>
/// Hints over all replicas that something changed, so that pages read again. A hint may come twice or, while the
/// database is away, be lost; after a reconnect every subscriber gets one event per topic.
/// </summary>
public interface IPortalEvents
{
    /// <summary>Calls back on a thread of its own until disposed; a slow handler delays nobody but itself.</summary>
    IDisposable Subscribe(Func<PortalEvent, Task> handler);

    Task PublishAsync(PortalEvent happened, CancellationToken cancel);
}

/// <param name="Instance">Null: of every instance.</param>
/// <param name="Id">The object's id where there is one, such as the operation's.</param>
public sealed record PortalEvent(PortalTopic Topic, InstanceId? Instance, long? Id);

public enum PortalTopic
{
    Fleet,
    Jobs,
    Operations,
    Phases,
    Audit,
    Instances,

    /// <summary>Something was told, sent or taken.</summary>
    Notices,

    /// <summary>Days were counted again: what only changes with the hour.</summary>
    Digests,

    /// <summary>The gates of the next step were read.</summary>
    Gates,

    /// <summary>A cohort, a wave or a project's enrollment changed.</summary>
    Cohorts,

    /// <summary>CI files were looked at, a job's failure was explained, or somebody acknowledged a finding.</summary>
    Readiness,

    /// <summary>Somebody asked for help, or went on with it.</summary>
    Help,

    /// <summary>A runner configuration has a new revision.</summary>
    Configurations,

    /// <summary>A cluster was added, changed or removed, fell silent or came back, or its rights were looked at. Its pods come and go without a hint.</summary>
    Clusters,

    /// <summary>A surge went on, or something new was seen of it.</summary>
    Surges,
}
