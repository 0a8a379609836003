using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>
/// Another token for a runner whose first one was lost on its way into a cluster. Its managers that have the old one stop: only
/// for runners without any. The token is in the answer and nowhere else.
/// </summary>
public sealed class RenewToken(IRunnerRegistrar registrar, IAuditTrail audit, IWorldClock clock)
{
    /// <returns>Refuses <c>gitlab-refused</c> and <c>gitlab-unavailable</c>.</returns>
    public async Task<Outcome<RegisteredRunner>> RunAsync(RunnerId runner, Actor who, string? reason, CancellationToken cancel)
    {
        await audit.AppendAsync(new AuditEntry(clock.Now(runner.Instance), runner.Instance, who, "runner.token-reset", $"runner/{runner.Number}", reason, null, null), cancel);
        return await registrar.ResetTokenAsync(runner, cancel) switch
        {
            RegistrarAnswer.Created made => new RegisteredRunner(runner, made.Token, null),
            RegistrarAnswer.Refused(var status, var message) => Refusal.Of("gitlab-refused", $"GitLab gives runner {runner.Number} no other token ({status}): {message}"),
            RegistrarAnswer.Unknown(var message) => Refusal.Of("gitlab-unavailable", message),
            _ => throw new InvalidOperationException("An answer without a case."),
        };
    }
}
