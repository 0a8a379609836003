using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>The way back of a registration: its objects, its Secret, its runner; each may be gone already.</summary>
public sealed class RegistrationBack(RegistrationSteps steps, IApplicationStore applications, ReturnSteps returns, IClusterSecrets secrets, MarkedRunner marked, WithdrawRunner withdraw)
{
    private const int Looked = 20;

    internal async Task<RegistrationTurn> RunAsync(ClusterRegistration of, CancellationToken cancel)
    {
        if (await ObjectsAsync(of, cancel) is { } objects) return new RegistrationTurn.Wait(objects, of);
        switch (await secrets.RemoveAsync(of.Cluster, of.Place, cancel))
        {
            case SecretAnswer.Unknown(var why, _): return new RegistrationTurn.Wait(why, of);
            case SecretAnswer.Refused(var message): return new RegistrationTurn.Wait($"The Secret cannot be removed: {message}", of);
        }

        if (of.Runner is null && of.AskedGitLabAt is not null)
        {
            if (!(await marked.FindAsync(of, cancel)).TryGet(out var found, out var silent)) return new RegistrationTurn.Wait(string.Join(" ", silent.Reasons), of);
            of = of with { Runner = found.Number };
        }

        if (of.Runner is { } number && !(await withdraw.RunAsync(new RunnerId(of.Instance, number), Actor.Portal, $"registration {of.Id} is undone: {of.Said}", cancel)).TryGet(out _, out var no))
            return new RegistrationTurn.Wait(string.Join(" ", no.Reasons), of);
        return new RegistrationTurn.Went(await steps.GoAsync(of, RegistrationState.Undone, Actor.Portal, of.Said, null, cancel));
    }

    /// <returns>What it waits for; null: they are as before.</returns>
    private async Task<string?> ObjectsAsync(ClusterRegistration of, CancellationToken cancel)
    {
        var application = of.Application is { } id
            ? await applications.FindAsync(of.Cluster, id, cancel)
            : of.Runner is null ? null : (await applications.ListAsync(of.Cluster, of.Configuration, Looked, null, cancel)).FirstOrDefault(one => one.Runner == of.Runner);
        switch (application)
        {
            case null or { State: ApplicationState.RolledBack }:
                return null;
            case { State: ApplicationState.RollingBack }:
                return "Its objects are being removed.";
            default:
                var again = application.State == ApplicationState.Unhealthy && application.Steps.Any(one => one is { IsRollBack: true, State: ApplyStepState.Failed });
                return await returns.BeginAsync(application, Actor.Portal, $"registration {of.Id} is undone", cancel) is not null && !again ? "Its objects are being removed." : $"Its objects are being removed. {application.Said}";
        }
    }
}
