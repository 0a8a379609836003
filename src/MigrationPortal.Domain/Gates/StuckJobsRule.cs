using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>
/// Jobs wait because of the last step: rolled back, a runner would take them that does not take them now. What waits for other
/// reasons, such as a tag that nobody ever had, is no reason to roll back.
/// </summary>
public sealed class StuckJobsRule : GuardRule
{
    /// <summary>Jobs that somebody can take, but that wait too long: fewer, or in fewer projects, may be one project's own trouble.</summary>
    public const int LeastOld = 5;

    public override string Key => "stuck";

    public override string Title => "Jobs are stuck since the last step";

    public override bool MustPersist => true;

    public override string Limit => $"a pending job has no runner since the last step, or {LeastOld} in {BurstRule.LeastProjects} projects wait longer than the policy allows, and a runner would take them if the step were rolled back.";

    public override GuardReading Read(GuardFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var stuck = facts.Stuck;
        var found = $"{GateWords.Count(stuck.NoRunner)} pending jobs have no runner since the last step, and {GateWords.Count(stuck.TooOld)} more in {GateWords.Count(stuck.OldProjects)} projects wait too long, which runners would take if it were rolled back"
            + (stuck.Brownout == 0 ? "" : $"; {GateWords.Count(stuck.Brownout)} that wait for a brownout do not count");
        var isBreached = stuck.NoRunner > 0 || (stuck.TooOld >= LeastOld && stuck.OldProjects >= BurstRule.LeastProjects);
        return Says(isBreached ? GuardAct.RollBack : GuardAct.None, $"{GateWords.Count(stuck.NoRunner + stuck.TooOld)} jobs", $"{found}.");
    }
}
