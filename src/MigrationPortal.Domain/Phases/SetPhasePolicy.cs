using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Writes down how the steps out of a phase are taken and judged.</summary>
public sealed class SetPhasePolicy(ChangeSettings settings)
{
    /// <summary>Refuses <c>wrong-policy</c> with every reason.</summary>
    public async Task<Outcome<MigrationSettings>> RunAsync(InstanceId instance, Phase phase, Func<PhasePolicy, PhasePolicy> edit, Actor who, CancellationToken cancel)
    {
        Refusal? wrong = null;
        var after = await settings.RunAsync(
            instance, who, "phase.policy", $"phase/{phase.Key()}",
            before =>
            {
                var policy = edit(before.PolicyOf(phase));
                var problems = policy.Gates.Problems().Concat(policy.Approvals.Problems()).Select(one => $"{one.Property}: {one.Sentence}").ToArray();
                wrong = problems.Length == 0 ? null : Refusal.Of("wrong-policy", problems);
                return wrong is not null || policy == before.PolicyOf(phase) ? before : before with { Policies = new Dictionary<Phase, PhasePolicy>(before.Policies) { [phase] = policy } };
            },
            one => one.PolicyOf(phase), cancel);
        return wrong is null ? after : wrong;
    }
}
