using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>The way forward of a registration, one step a call.</summary>
public sealed class RegistrationForward(
    RegistrationSteps steps, RegisterRunner register, RenewToken renew, HeldTokens held, MarkedRunner marked, IClusterSecrets secrets, TokenNamespace space, RegistrationApply apply, IManagerContacts contacts, TimeProvider time)
{
    /// <summary>After it GitLab is asked again for what it was asked and nobody heard: a request that was on its way has arrived by then, or never will.</summary>
    internal static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(1);

    internal async Task<RegistrationTurn> RunAsync(ClusterRegistration of, CancellationToken cancel) => of.State switch
    {
        RegistrationState.Creating => await CreateAsync(of, cancel),
        RegistrationState.Delivering => await DeliverAsync(of, cancel),
        RegistrationState.Applying => await apply.RunAsync(of, cancel),
        RegistrationState.Waiting => await HearAsync(of, cancel),
        _ => throw new InvalidOperationException("A registration that has ended."),
    };

    private async Task<RegistrationTurn> CreateAsync(ClusterRegistration of, CancellationToken cancel)
    {
        if (of.AskedGitLabAt is { } asked)
        {
            if (!(await marked.FindAsync(of, cancel)).TryGet(out var found, out var silent)) return new RegistrationTurn.Wait(string.Join(" ", silent.Reasons), of);
            if (found.Number is { } number) return new RegistrationTurn.Went(await steps.GoAsync(of with { Runner = number, AskedGitLabAt = null }, RegistrationState.Delivering, Actor.Portal, null, null, cancel));
            if (time.GetUtcNow() - asked < OnItsWay) return new RegistrationTurn.Wait("Whether GitLab has made the runner is not known yet.", of);
        }

        if (await steps.KeepAsync(of with { AskedGitLabAt = time.GetUtcNow() }, cancel) is not { } written) return new RegistrationTurn.Went(null);
        of = written;
        var wanted = new NewRunner(of.Description, RunnerRole.Kubernetes, TagSet.Of(of.Tags), of.RunUntagged) { Paused = of.Paused, Note = of.Note };
        if (!(await register.RunAsync(of.Instance, wanted, of.AskedBy, of.Reason, cancel)).TryGet(out var made, out var no))
            return no.Code == "gitlab-unavailable" ? new RegistrationTurn.Wait("Whether GitLab has made the runner is not known yet.", of) : await UndoAsync(of, no, cancel);
        held.Hold(of.Id, made.Token);
        return new RegistrationTurn.Went(await steps.GoAsync(of with { Runner = made.Id.Number, AskedGitLabAt = null }, RegistrationState.Delivering, Actor.Portal, null, null, cancel));
    }

    private async Task<RegistrationTurn> DeliverAsync(ClusterRegistration of, CancellationToken cancel)
    {
        if (!(await space.MakeAsync(of, cancel)).TryGet(out _, out var no)) return await WaitOrUndoAsync(of, no, cancel);
        if (held.Find(of.Id) is not { } token)
        {
            // Each new token ends the one before: GitLab is asked for one only when the cluster would take it.
            if (await secrets.TryAsync(of.Cluster, of.Place, cancel) is var taken && taken is not SecretAnswer.Done) return await AnsweredAsync(of, taken, cancel);
            if (of.AskedGitLabAt is { } asked && time.GetUtcNow() - asked < OnItsWay) return new RegistrationTurn.Wait("GitLab was asked for another token, and did not answer: it is asked again in a minute.", of);
            if (await steps.KeepAsync(of with { AskedGitLabAt = time.GetUtcNow() }, cancel) is not { } written) return new RegistrationTurn.Went(null);
            of = written;
            if (!(await renew.RunAsync(new RunnerId(of.Instance, of.Runner!.Value), Actor.Portal, $"the token of registration {of.Id} was lost before it was delivered", cancel)).TryGet(out var renewed, out no)) return await WaitOrUndoAsync(of, no, cancel);
            held.Hold(of.Id, token = renewed.Token);
        }

        return await AnsweredAsync(of, await secrets.PutAsync(of.Cluster, of.Place, token, cancel), cancel);
    }

    private async Task<RegistrationTurn> AnsweredAsync(ClusterRegistration of, SecretAnswer answer, CancellationToken cancel) => answer switch
    {
        SecretAnswer.Done => new RegistrationTurn.Went(await steps.GoAsync(of, of.Target == ApplyTarget.Helm ? RegistrationState.Waiting : RegistrationState.Applying, Actor.Portal, null, null, cancel)),
        SecretAnswer.Foreign => await UndoAsync(of, Refusal.Of("secret-taken", $"Secret {of.Place.Namespace}/{of.Place.Name} is there, and this registration did not make it."), cancel),
        SecretAnswer.Refused(var message) => await UndoAsync(of, Refusal.Of("refused", $"The Secret was refused: {message}"), cancel),
        SecretAnswer.Unknown(var why, _) => new RegistrationTurn.Wait(why, of),
        _ => throw new InvalidOperationException("An answer without a case."),
    };

    private async Task<RegistrationTurn> HearAsync(ClusterRegistration of, CancellationToken cancel)
    {
        try
        {
            if (await contacts.ReadAsync(new RunnerId(of.Instance, of.Runner!.Value), cancel) is not { } managers) return await UndoAsync(of, Refusal.Of("unknown-runner", $"Runner {of.Runner} does not exist in GitLab any more."), cancel);
            return managers.Any(one => one.ContactedAt > of.ContactAfter && one.Status != RunnerStatus.Offline)
                ? new RegistrationTurn.Went(await steps.GoAsync(of, RegistrationState.Done, Actor.Portal, null, null, cancel))
                : new RegistrationTurn.Wait("The Secret is there: install the chart. GitLab has not heard from its manager yet.", of);
        }
        catch (GitLabUnavailableException fault)
        {
            return new RegistrationTurn.Wait(fault.Message, of);
        }
    }

    private async Task<RegistrationTurn> WaitOrUndoAsync(ClusterRegistration of, Refusal no, CancellationToken cancel) =>
        no.Code is "gitlab-unavailable" or "cluster-unavailable" ? new RegistrationTurn.Wait(string.Join(" ", no.Reasons), of) : await UndoAsync(of, no, cancel);

    private async Task<RegistrationTurn> UndoAsync(ClusterRegistration of, Refusal no, CancellationToken cancel) =>
        new RegistrationTurn.Went(await steps.GoAsync(of, RegistrationState.Undoing, Actor.Portal, string.Join(" ", no.Reasons), null, cancel));
}
