using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>The configuration of a registration: applied as any other, and followed to its end.</summary>
public sealed class RegistrationApply(RegistrationSteps steps, PreviewApply preview, ApplyRevision applies, IApplicationStore applications)
{
    private const int Looked = 20;

    internal async Task<RegistrationTurn> RunAsync(ClusterRegistration of, CancellationToken cancel) =>
        of.Application is { } id ? await FollowAsync(of, await applications.FindAsync(of.Cluster, id, cancel), cancel) : await BeginAsync(of, cancel);

    private async Task<RegistrationTurn> BeginAsync(ClusterRegistration of, CancellationToken cancel)
    {
        // Begun already by a process that did not live to write it down: of this runner there is no other.
        var begun = (await applications.ListAsync(of.Cluster, of.Configuration, Looked, null, cancel)).FirstOrDefault(one => one.Runner == of.Runner);
        if (begun is null)
        {
            if (!(await preview.RunAsync(of.Cluster, of.Configuration, of.Revision, of.Extras, cancel)).TryGet(out var seen, out var no)) return await RefusedAsync(of, no, cancel);
            var wish = new ApplyWish(of.Cluster, of.Configuration, of.Revision, of.Extras, seen.Fingerprint, new HashSet<string>(), new HashSet<string>(), false, of.Runner, true, of.Patience, $"registration {of.Id}: {of.Reason}") { OverrideUnverified = of.Override?.Reason };
            if (!(await applies.RunAsync(wish, of.AskedBy, cancel)).TryGet(out begun, out no)) return await RefusedAsync(of, no, cancel);
        }

        return await steps.KeepAsync(of with { Application = begun.Id }, cancel) is { } kept ? new RegistrationTurn.Wait("The configuration is being applied.", kept) : new RegistrationTurn.Went(null);
    }

    private async Task<RegistrationTurn> FollowAsync(ClusterRegistration of, Application? application, CancellationToken cancel) => application switch
    {
        null => await UndoAsync(of, "Its application is not known any more.", cancel),
        { State: ApplicationState.Healthy } => new RegistrationTurn.Went(await steps.GoAsync(of, RegistrationState.Done, Actor.Portal, application.Steps.LastOrDefault(one => one.Kind == ApplyStepKind.Contact)?.Said, null, cancel)),
        { IsActive: true } => new RegistrationTurn.Wait("The configuration is being applied.", of),
        _ => await UndoAsync(of, application.Said ?? "The configuration could not be applied.", cancel),
    };

    private async Task<RegistrationTurn> RefusedAsync(ClusterRegistration of, Refusal no, CancellationToken cancel) =>
        no.Code is "cluster-unavailable" or "cluster-busy" or "cluster-changed" ? new RegistrationTurn.Wait(string.Join(" ", no.Reasons), of) : await UndoAsync(of, string.Join(" ", no.Reasons), cancel);

    private async Task<RegistrationTurn> UndoAsync(ClusterRegistration of, string why, CancellationToken cancel) => new RegistrationTurn.Went(await steps.GoAsync(of, RegistrationState.Undoing, Actor.Portal, why, null, cancel));
}
