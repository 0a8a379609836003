using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>
/// Gives a tag back to every runner that a brownout took it from. It insists: one runner that is changed, gone or refused keeps
/// the tag from no other, and what failed is tried again until all of them have it. Run twice, it changes nothing the second time.
/// </summary>
internal sealed class ReturnTags(IRunnerGateway gitlab, FreshFleet fresh, IOperationStore operations, IWorldClock clock)
{
    /// <summary>World time between two tries on a runner that GitLab refuses; others are tried at each call.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    /// <returns>The operation as stored, and what is still missing; no words: every runner has the tag again.</returns>
    public async Task<(Operation Operation, string? Missing, TimeSpan? RetryAfter)> RunAsync(Operation operation, CancellationToken cancel)
    {
        if (operation.Ended() is var ended && !ReferenceEquals(ended, operation)) operation = await operations.SaveAsync(ended, cancel);
        var now = clock.Now(operation.Instance);
        var due = operation.Owed().Where(at => !(operation.Steps[at] is { State: OperationStepState.Failed, IntentAt: { } tried } && now >= tried && now - tried < Rest)).ToList();
        TimeSpan? retryAfter = null;
        if (due.Count > 0)
        {
            var answers = await GiveAsync(operation, due, cancel);
            foreach (var (at, answer) in due.Zip(answers)) operation = operation.WithStep(at, After(operation.Steps[at], answer, now));
            retryAfter = answers.OfType<GitLabAnswer.Unavailable>().Select(gone => gone.RetryAfter).Max();
            operation = await operations.SaveAsync(operation, cancel);
        }
        if (operation.Owed() is { Count: > 0 } left) return (operation, Missing(operation, left), retryAfter);
        try
        {
            // So that pages and later plans see it, too.
            await fresh.ReadAsync(operation.Instance, cancel);
            return (operation, null, null);
        }
        catch (GitLabUnavailableException gone)
        {
            return (operation, gone.Message, gone.RetryAfter);
        }
    }

    // Read, write where it is missing, read back what was written: the last answer counts.
    private async Task<GitLabAnswer[]> GiveAsync(Operation operation, List<int> due, CancellationToken cancel)
    {
        var steps = due.ConvertAll(at => operation.Steps[at]);
        var answers = (await gitlab.ReadAsync(steps.ConvertAll(step => step.Step.Runner), cancel)).ToArray();
        var lacking = Enumerable.Range(0, steps.Count).Where(at => answers[at] is GitLabAnswer.Runner { Attributes: var found } && BrownoutSteps.Returned(steps[at].Step, found) != found).ToList();
        await Parallel.ForEachAsync(lacking, new ParallelOptions { MaxDegreeOfParallelism = gitlab.Concurrency(operation.Instance), CancellationToken = cancel }, async (at, stop) =>
        {
            var found = (GitLabAnswer.Runner)answers[at];
            answers[at] = await gitlab.WriteAsync(steps[at].Step.Runner, BrownoutSteps.Returned(steps[at].Step, found.Attributes), MaintenanceNote.For(steps[at], found.MaintenanceNote, operation), stop);
        });
        var written = lacking.Where(at => answers[at] is GitLabAnswer.Runner).ToList();
        if (written.Count == 0) return answers;
        var readBack = await gitlab.ReadAsync(written.ConvertAll(at => steps[at].Step.Runner), cancel);
        foreach (var (at, answer) in written.Zip(readBack)) answers[at] = answer;
        return answers;
    }

    private static OperationStep After(OperationStep step, GitLabAnswer answer, DateTimeOffset now) => answer switch
    {
        GitLabAnswer.Runner { Attributes: var found } when BrownoutSteps.Returned(step.Step, found) == found =>
            step with { State = OperationStepState.Succeeded, IntentAt = step.IntentAt ?? now, DoneAt = now, Message = null },
        GitLabAnswer.Gone => step with { State = OperationStepState.Skipped, Message = "The runner was deleted in GitLab: nothing to give back." },
        GitLabAnswer.Refused refused => step with { State = OperationStepState.Failed, IntentAt = now, Message = refused.Message },
        GitLabAnswer.Unavailable gone => step with { State = OperationStepState.Waiting, IntentAt = step.IntentAt ?? now, Message = gone.Message },
        _ => step with { State = OperationStepState.Waiting, IntentAt = step.IntentAt ?? now, Message = "It was written, but reads without the tag: somebody else changed it at the same moment." },
    };

    private static string Missing(Operation operation, IReadOnlyList<int> left)
    {
        var first = operation.Steps[left[0]];
        var more = left.Count > 1 ? $" and {left.Count - 1} more" : "";
        return $"{first.Step.RunnerName}{more} lack {operation.Brownout!.Tag} still. {first.Message?.TrimEnd('.')}. It is tried until they have it.";
    }
}
