using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>
/// Names the two runners that projects are moved with as a whole. GitLab is asked what they are at this moment; what a setting
/// of the runner mends (locked, paused, no contact yet) is shown beside the pair and keeps nobody from naming it.
/// Projects that have a former pair keep it until they go back.
/// </summary>
public sealed class SetRunnerPair(FreshFleet fleet, ChangeSettings settings)
{
    /// <param name="pair">Null: no pair any more.</param>
    /// <returns>Refuses <c>invalid-pair</c> with a reason for each runner that can never be one.</returns>
    /// <exception cref="Instances.GitLabUnavailableException">GitLab did not answer.</exception>
    public async Task<Outcome<PairNow?>> RunAsync(InstanceId instance, RunnerPair? pair, Actor who, CancellationToken cancel)
    {
        var now = pair is null ? null : PairNow.Of(pair, await fleet.ReadAsync(instance, cancel));
        if (now is not null && Problems(now) is { Count: > 0 } problems) return new Refusal("invalid-pair", problems);
        await settings.RunAsync(instance, who, "settings.runner-pair", "runner-pair", before => before.Pair == pair ? before : before with { Pair = pair }, one => one.Pair, cancel);
        return new Outcome<PairNow?>.Done(now);
    }

    private static List<string> Problems(PairNow now) =>
    [
        .. now.Pair.Kubernetes == now.Pair.Docker ? [$"docker: runner {now.Pair.Docker} is the Kubernetes one already. Name two runners."] : (string[])[],
        .. new[] { ("kubernetes", now.Kubernetes), ("docker", now.Docker) }.SelectMany(half => half.Item2.Wrong.Select(fault => $"{half.Item1}: {Words(half.Item2, fault)}")),
    ];

    private static string Words(PairHalf half, PairFault fault) => fault switch
    {
        PairFault.NotThere => $"GitLab has no runner {half.Runner}. Look at the number on its page in GitLab.",
        PairFault.NotAProjectRunner => $"runner {half.Runner} is no project runner, and GitLab assigns only those. Register one in a project.",
        _ => $"runner {half.Runner} has another executor. Name one with {(half.Family == Fleet.ExecutorFamily.Kubernetes ? "the Kubernetes executor" : "a docker executor")}.",
    };
}
