namespace MigrationPortal.Domain.Gates;

/// <summary>
/// Failures whose raw reason has not been read. Of a deleted project, or of one that the token cannot read, it never comes: those count
/// as failures of infrastructure, on both executors alike, because a project's reasons are lost wherever its jobs ran and counting one
/// side alone would make that side worse; where they are many, nothing passes that would not pass without them. Others may still come and hold the gate meanwhile.
/// </summary>
internal sealed class UnreadReasons
{
    /// <summary>Whole days. Each reason is asked for within minutes and then hourly, so one that has not come over a weekend's outage never comes.</summary>
    public const int DaysToCome = 3;

    private readonly DateOnly _before;
    private readonly HashSet<long> _silent;

    public UnreadReasons(GateFacts facts)
    {
        _before = DateOnly.FromDateTime(facts.At.UtcDateTime).AddDays(-DaysToCome);
        var waiting = new HashSet<long>();
        foreach (var arm in facts.Arms)
            if (arm.Day >= _before && Of(arm) > 0) waiting.Add(arm.Project);
        // Of a project that cannot be read, new failures come each day: not one reason of its last failures came, so no other will.
        _silent = waiting.Count == 0 ? [] :
        [
            .. facts.Arms.Where(arm => arm.Day < _before && waiting.Contains(arm.Project) && Failed(arm) > 0).GroupBy(arm => arm.Project)
                .Where(project => project.Max(arm => arm.Day) is var last && project.Where(arm => arm.Day == last).All(arm => Of(arm) == Failed(arm))).Select(project => project.Key),
        ];
    }

    /// <summary>Those on both executors.</summary>
    public static long Of(ArmDay arm) => arm.Kubernetes.Unread + arm.Docker.Unread;

    public bool NeverCome(ArmDay arm) => arm.Day < _before || _silent.Contains(arm.Project);

    /// <summary>The arm with what never comes counted as failures of infrastructure.</summary>
    public ArmDay Settled(ArmDay arm) => Of(arm) == 0 || !NeverCome(arm) ? arm : arm with { Kubernetes = Settled(arm.Kubernetes), Docker = Settled(arm.Docker) };

    private static ArmCounts Settled(ArmCounts counts) => counts with { Infrastructure = counts.Infrastructure + counts.Unread };

    private static long Failed(ArmDay arm) => arm.Kubernetes.Failed + arm.Docker.Failed;
}
