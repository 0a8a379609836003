using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>
/// The way back of a registration: its runner is paused and has ended its jobs before the objects, the Secret and the runner go;
/// each may be gone already.
/// </summary>
public sealed class RegistrationBack(RegistrationSteps steps, IApplicationStore applications, ReturnSteps returns, IClusterSecrets secrets, MarkedRunner marked, WithdrawRunner withdraw, TimeProvider time)
{
    private const int Looked = 20;

    internal async Task<RegistrationTurn> RunAsync(ClusterRegistration of, CancellationToken cancel)
    {
        if (of is { Runner: null, AskedGitLabAt: { } asked })
        {
            if (!(await marked.FindAsync(of, cancel)).TryGet(out var found, out var silent)) return Wait(of, silent);
            // What was asked for a moment ago may still come about.
            if (found.Number is null && time.GetUtcNow() - asked < RegistrationForward.OnItsWay) return new RegistrationTurn.Wait("Whether GitLab has made the runner is not known yet.", of, IsUnderWay: true);
            if (found.Number is { } made)
            {
                if (await steps.KeepAsync(of with { Runner = made }, cancel) is not { } kept) return new RegistrationTurn.Went(null);
                of = kept;
            }
        }

        RunnerId? there = of.Runner is { } number ? new RunnerId(of.Instance, number) : null;
        var why = $"registration {of.Id} is undone: {of.Said}";
        if (there is { } paused)
        {
            if (!(await withdraw.PauseAsync(paused, Actor.Portal, why, cancel)).TryGet(out var isThere, out var no)) return Wait(of, no);
            if (!isThere) there = null;
            else if (await withdraw.BusyAsync(paused, cancel) is { } busy) return Wait(of, busy);
        }

        if (await ObjectsAsync(of, cancel) is { } objects) return objects;
        switch (await secrets.RemoveAsync(of.Cluster, of.Place, cancel))
        {
            case SecretAnswer.Unknown(var silent, _): return new RegistrationTurn.Wait(silent, of);
            case SecretAnswer.Refused(var message): return new RegistrationTurn.Wait($"The Secret cannot be removed: {message}", of);
        }

        var isTold = of.Remains?.Contains($"runner {of.Runner}", StringComparison.Ordinal) == true;
        if (there is { } runner && !(await withdraw.RunAsync(runner, Actor.Portal, why, isTold, cancel)).TryGet(out _, out var refused)) return Wait(of, refused);
        return new RegistrationTurn.Went(await steps.GoAsync(of, RegistrationState.Undone, Actor.Portal, of.Said, null, cancel));
    }

    /// <summary>What may be left of it, for whoever has to look.</summary>
    internal static string Left(ClusterRegistration of) =>
        $"Look for what is left: {(of.Application is { } application ? $"the objects of application {application}, " : "")}Secret {of.Place.Namespace}/{of.Place.Name}{(of.Runner is { } number ? $", runner {number} in GitLab" : "")}.";

    private static RegistrationTurn.Wait Wait(ClusterRegistration of, Refusal no) => new(string.Join(" ", no.Reasons), of);

    /// <returns>What it waits for; null: they are as before.</returns>
    private async Task<RegistrationTurn?> ObjectsAsync(ClusterRegistration of, CancellationToken cancel)
    {
        var application = of.Application is { } id
            ? await applications.FindAsync(of.Cluster, id, cancel)
            : of.Runner is null ? null : (await applications.ListAsync(of.Cluster, of.Configuration, Looked, null, cancel)).FirstOrDefault(one => one.Runner == of.Runner);
        switch (application)
        {
            case null or { State: ApplicationState.RolledBack }:
                return null;
            case { State: ApplicationState.RollingBack }:
                return new RegistrationTurn.Wait("Its objects are being removed.", of, IsUnderWay: true);
            default:
                var again = application.State == ApplicationState.Unhealthy && application.Steps.Any(one => one is { IsRollBack: true, State: ApplyStepState.Failed });
                var begun = await returns.BeginAsync(application, Actor.Portal, $"registration {of.Id} is undone", cancel) is not null;
                return new RegistrationTurn.Wait(begun && !again ? "Its objects are being removed." : $"Its objects are being removed. {application.Said}", of, IsUnderWay: begun && !again);
        }
    }
}
