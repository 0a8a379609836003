namespace MigrationPortal.Domain.Gates;

/// <summary>
/// Kubernetes takes no jobs any more (statistics.md C(c)): all of its runners are out of contact, or it starts nothing while jobs
/// that it could take wait. Then docker has to take over everything.
/// </summary>
public sealed class BlackoutRule : GuardRule
{
    /// <summary>So long nothing starts, and so long the jobs wait.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    /// <summary>One or two jobs may wait for their own reasons, such as a used-up quota, on a quiet night.</summary>
    public const int LeastWaiting = 3;

    public override string Key => "blackout";

    public override string Title => "Kubernetes takes no jobs";

    public override string Limit => $"no Kubernetes runner is in contact, or none has started a job for {Silence.TotalMinutes:0} minutes while {LeastWaiting} or more that it could take have waited as long.";

    public override string Asks => "Kubernetes is evacuated, if a docker runner is in contact.";

    public override GuardReading Read(GuardFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var (contact, starts) = (facts.Contact, facts.Starts);
        if (!IsFresh(contact.TakenAt, facts)) return Says(GuardAct.None, "not known", "The runners were not read in the last 10 minutes, so nothing is said of their contact.");
        var value = $"{contact.KubernetesInContact} of {contact.Kubernetes} in contact";
        var found = $"{contact.KubernetesInContact} of {contact.Kubernetes} Kubernetes runners are in contact with GitLab; in 10 minutes they started {GateWords.Jobs(starts.Kubernetes)}, while {GateWords.Count(starts.Waiting)} that they could take wait longer";
        if (!IsDark(facts)) return Says(GuardAct.None, value, $"{found}.");
        return contact.DockerInContact > 0
            ? Says(GuardAct.Evacuate, value, $"{found}.")
            : Says(GuardAct.Hold, value, $"{found}. No docker runner is in contact either, so there is nowhere to go.");
    }

    private static bool IsDark(GuardFacts facts)
    {
        if (facts.Contact is { Kubernetes: > 0, KubernetesInContact: 0 }) return true;
        // A state just reached has had no time to start anything, and jobs not looked at are not known.
        return facts.At - facts.Since >= Silence && IsFresh(facts.LookedAt, facts) && facts.Starts is { Kubernetes: 0, Waiting: >= LeastWaiting };
    }

    private static bool IsFresh(DateTimeOffset? seen, GuardFacts facts) => facts.At - seen <= Silence;
}
