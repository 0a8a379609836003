using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Something that the portal did, or left undone, by itself, with the stored facts that explain it.</summary>
/// <param name="Record">Its entry in the audit trail, whose sequence number names it.</param>
/// <param name="Operation">What it began, turned round or stopped; null where none.</param>
/// <param name="Gates">That let it through.</param>
/// <param name="Guard">That asked for it.</param>
/// <param name="Flip">That it came from.</param>
public sealed record AutomaticAct(ActKind Kind, AuditRecord Record, ActOperation? Operation, GateEvaluation? Gates, GuardEvaluation? Guard, ScheduledFlip? Flip)
{
    /// <summary>The plan that was refused when its time had come, or that waits for approval.</summary>
    public long? RefusedPlan { get; init; }
}

/// <param name="Runners">Names of those that it has written to.</param>
/// <param name="Superseder">The newest operation that has written to one of them since; null where none has.</param>
public sealed record ActOperation(OperationHead Head, IReadOnlyList<string> Runners, long? Superseder);

public enum ActKind
{
    /// <summary>A step was begun because its gates passed.</summary>
    Flip,

    /// <summary>What stood on the schedule was begun.</summary>
    ScheduledFlip,

    /// <summary>What stood on the schedule was not begun: missed, skipped, given up or refused.</summary>
    MissedFlip,

    /// <summary>A step that was due was held: by a freeze window, by gates, or for want of an approval or a change reference.</summary>
    Held,

    /// <summary>A scheduled brownout was begun, or a tag was given back.</summary>
    Brownout,
    RollBack,
    Evacuation,

    /// <summary>Runners that drifted were put back.</summary>
    Heal,

    /// <summary>A roll back rule fired, and the portal told people instead of acting.</summary>
    Alert,

    /// <summary>An operation was stopped where it stood.</summary>
    Halt,

    /// <summary>Automation was switched off or on: by a person, and decides what the portal may do by itself.</summary>
    Switch,

    /// <summary>Anything else that the portal wrote into the audit trail as its own.</summary>
    Other,
}

/// <param name="Kinds">Empty: all.</param>
/// <param name="Before">Only those with a smaller sequence number; null: all.</param>
public sealed record ActQuery(InstanceId Instance, IReadOnlyCollection<ActKind> Kinds, DateTimeOffset? From, DateTimeOffset? To, int Limit, long? Before);

public interface IActReader
{
    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<AutomaticAct>> NewestAsync(ActQuery query, CancellationToken cancel);
}
