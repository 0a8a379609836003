using MigrationPortal.Domain.Clusters.Export;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>How far an application is. Stored by name.</summary>
public enum ApplicationState
{
    /// <summary>Objects are written.</summary>
    Applying,

    /// <summary>All is written; the manager has to come up and to report to GitLab.</summary>
    Verifying,

    /// <summary>Handed over to who manages it; counts once the cluster matches.</summary>
    Waiting,

    /// <summary>Seen running as wanted.</summary>
    Healthy,

    /// <summary>Refused on the way, or not well in time: what is written stays until somebody rolls back.</summary>
    Unhealthy,
    RollingBack,

    /// <summary>As before it.</summary>
    RolledBack,

    /// <summary>Handed over, and nobody waits any more.</summary>
    Cancelled,
}

/// <summary>Bringing one revision of a configuration into one cluster, written down before each step.</summary>
/// <param name="Configuration">Its number.</param>
/// <param name="Objects">As applied. Hold no secret.</param>
/// <param name="Before">The good application to return to; null: there was none.</param>
/// <param name="Runner">GitLab's number of the runner whose manager must report; null: not known, then nobody waits for it.</param>
/// <param name="ReturnsByItself">Rolls back without a click when it ends unhealthy.</param>
/// <param name="Patience">How long the manager may take to come up and report.</param>
/// <param name="Deadline">Of the state, real time.</param>
/// <param name="ContactAfter">A contact later than this, in the instance's time, is the new manager's; null until all is written.</param>
/// <param name="Said">Why it is unhealthy, or what it waits for.</param>
/// <param name="AskedAt">Real time, as all others here.</param>
/// <param name="Version">Fences writes.</param>
/// <param name="Export">Where it was proposed; null: the portal applies it, or somebody took the folder.</param>
public sealed record Application(
    long Id, long Cluster, InstanceId Instance, long Configuration, string ConfigurationName, int Revision, ApplyTarget Target, ApplicationState State, IReadOnlyList<ApplyStep> Steps, IReadOnlyList<AppliedObject> Objects,
    long? Before, long? Runner, bool ReturnsByItself, TimeSpan Patience, DateTimeOffset Deadline, DateTimeOffset? ContactAfter, string? Said, Actor AskedBy, string Reason, DateTimeOffset AskedAt, DateTimeOffset Since, DateTimeOffset? EndedAt, long Version, ExportRequest? Export = null)
{
    /// <summary>Who let it into production although no verification proved it; null: nobody had to.</summary>
    public UnverifiedOverride? Override { get; init; }

    /// <summary>Nothing else is applied to the cluster meanwhile.</summary>
    public bool IsActive => State is ApplicationState.Applying or ApplicationState.Verifying or ApplicationState.RollingBack;

    public bool IsGoingBack => State is ApplicationState.RollingBack;

    /// <summary>The step that comes next, or is under way; null: none is left.</summary>
    public int? Next()
    {
        for (var index = 0; index < Steps.Count; index++)
            if (Steps[index].IsRollBack == IsGoingBack && Steps[index].State is ApplyStepState.Pending or ApplyStepState.Running) return index;
        return null;
    }

    public Application WithStep(int index, ApplyStep step) => this with { Steps = [.. Steps.Select((one, at) => at == index ? step : one)] };
}

/// <summary>An object as it was sent. Stored as JSON: names are promises.</summary>
/// <param name="Body">JSON.</param>
/// <param name="Force">Fields of others were taken over.</param>
public sealed record AppliedObject(ObjectKey Key, string Body, bool Force);
