using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>The way forward of a registration, one step a call.</summary>
public sealed class RegistrationForward(
    RegistrationSteps steps, RegisterRunner register, RenewToken renew, MarkedRunner marked, IClusterSecrets secrets, TokenNamespace space, RegistrationApply apply, IManagerContacts contacts, TimeProvider time)
{
    /// <summary>After it GitLab is asked again for a runner that it does not show: a request that was on its way has arrived by then, or never will.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(1);

    internal async Task<RegistrationTurn> RunAsync(ClusterRegistration of, CancellationToken cancel) => of.State switch
    {
        RegistrationState.Creating => await CreateAsync(of, cancel),
        RegistrationState.Delivering => await DeliverAsync(of, null, cancel),
        RegistrationState.Applying => await apply.RunAsync(of, cancel),
        RegistrationState.Waiting => await HearAsync(of, cancel),
        _ => throw new InvalidOperationException("A registration that has ended."),
    };

    private async Task<RegistrationTurn> CreateAsync(ClusterRegistration of, CancellationToken cancel)
    {
        if (of.AskedGitLabAt is { } asked)
        {
            if (!(await marked.FindAsync(of, cancel)).TryGet(out var found, out var silent)) return new RegistrationTurn.Wait(string.Join(" ", silent.Reasons), of);
            if (found.Number is { } number) return new RegistrationTurn.Went(await steps.GoAsync(of with { Runner = number }, RegistrationState.Delivering, Actor.Portal, null, null, cancel));
            if (time.GetUtcNow() - asked < OnItsWay) return new RegistrationTurn.Wait("Whether GitLab has made the runner is not known yet.", of);
        }

        if (await steps.KeepAsync(of with { AskedGitLabAt = time.GetUtcNow() }, cancel) is not { } written) return new RegistrationTurn.Went(null);
        of = written;
        var wanted = new NewRunner(of.Description, RunnerRole.Kubernetes, TagSet.Of(of.Tags), of.RunUntagged) { Paused = of.Paused, Note = of.Note };
        if (!(await register.RunAsync(of.Instance, wanted, of.AskedBy, of.Reason, cancel)).TryGet(out var made, out var no))
            return no.Code == "gitlab-unavailable" ? new RegistrationTurn.Wait("Whether GitLab has made the runner is not known yet.", of) : await UndoAsync(of, no, cancel);
        var there = await steps.GoAsync(of with { Runner = made.Id.Number }, RegistrationState.Delivering, Actor.Portal, null, null, cancel);
        return there is null ? new RegistrationTurn.Went(null) : await DeliverAsync(there, made.Token, cancel);
    }

    /// <param name="token">Null: it died with the process that had it.</param>
    private async Task<RegistrationTurn> DeliverAsync(ClusterRegistration of, string? token, CancellationToken cancel)
    {
        if (!(await space.MakeAsync(of, cancel)).TryGet(out _, out var no)) return await WaitOrUndoAsync(of, no, cancel);
        if (token is null)
        {
            if (!(await renew.RunAsync(new RunnerId(of.Instance, of.Runner!.Value), Actor.Portal, $"the token of registration {of.Id} was lost before it was delivered", cancel)).TryGet(out var renewed, out no)) return await WaitOrUndoAsync(of, no, cancel);
            token = renewed.Token;
        }

        return await secrets.PutAsync(of.Cluster, of.Place, token, cancel) switch
        {
            SecretAnswer.Done => new RegistrationTurn.Went(await steps.GoAsync(of, of.Target == ApplyTarget.Helm ? RegistrationState.Waiting : RegistrationState.Applying, Actor.Portal, null, null, cancel)),
            SecretAnswer.Foreign => await UndoAsync(of, Refusal.Of("secret-taken", $"Secret {of.Place.Namespace}/{of.Place.Name} is there, and this registration did not make it."), cancel),
            SecretAnswer.Refused(var message) => await UndoAsync(of, Refusal.Of("refused", $"The Secret was refused: {message}"), cancel),
            SecretAnswer.Unknown(var why, _) => new RegistrationTurn.Wait(why, of),
            _ => throw new InvalidOperationException("An answer without a case."),
        };
    }

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
