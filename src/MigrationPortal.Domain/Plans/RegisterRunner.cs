using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <param name="Tags">Not empty unless <paramref name="RunUntagged"/>, at most <see cref="Planner.TagLimit"/>.</param>
public sealed record NewRunner(string Description, RunnerRole Role, TagSet Tags, bool RunUntagged)
{
    /// <summary>False: it takes jobs as soon as a manager of it comes up.</summary>
    public bool Paused { get; init; } = true;

    /// <summary>False: plans, gates and ramps leave it alone.</summary>
    public bool Managed { get; init; } = true;

    /// <summary>Its maintenance note, by which it can be found when GitLab's answer is lost.</summary>
    public string Note { get; init; } = "Made by MigrationPortal";
}

/// <param name="Token">Shown to the asker and never stored.</param>
/// <param name="Warning">What could not be written down about a runner that exists; null when all was.</param>
public sealed record RegisteredRunner(RunnerId Id, string Token, string? Warning)
{
    public override string ToString() => $"Registered {Id}";
}

/// <summary>
/// Makes a runner in GitLab, paused unless asked otherwise, so that it takes no job before a plan unpauses it; with the role that it is for.
/// The wish is audited before GitLab is asked, because afterwards nothing may come between the token and the asker.
/// </summary>
public sealed class RegisterRunner(
    IRunnerRegistrar registrar, FreshFleet fleet, IFleetStore standings, IInstanceStore instances, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>Refuses <c>observe-mode</c>, <c>no-tags-left</c>, <c>too-many-tags</c>, <c>gitlab-refused</c> and <c>gitlab-unavailable</c>.</summary>
    public async Task<Outcome<RegisteredRunner>> RunAsync(InstanceId instance, NewRunner wanted, Actor who, string? reason, CancellationToken cancel)
    {
        if (wanted is { RunUntagged: false, Tags.IsEmpty: true })
            return Refusal.Of("no-tags-left", "A runner that refuses untagged jobs needs at least one tag.");
        if (wanted.Tags.Count > Planner.TagLimit)
            return Refusal.Of("too-many-tags", $"GitLab allows {Planner.TagLimit} tags, these are {wanted.Tags.Count}.");
        if (await instances.HealthAsync(instance, cancel) is { Reachable: true, CanWrite: false })
            return Refusal.Of("observe-mode", $"The portal has no token to write to {instance}: it is in observe mode. Configure an api token of an administrator as the write token.");

        await AuditAsync(instance, wanted, who, "runner.create", "runners", reason, cancel);
        var attributes = new RunnerAttributes(wanted.Tags, wanted.RunUntagged, wanted.Paused, RunnerAccessLevel.NotProtected);
        switch (await registrar.CreateAsync(instance, wanted.Description, attributes, wanted.Note, cancel))
        {
            case RegistrarAnswer.Refused(var status, var message):
                return Refusal.Of("gitlab-refused", $"GitLab refused the runner ({status}): {message}");
            case RegistrarAnswer.Unknown(var message):
                return Refusal.Of("gitlab-unavailable", $"GitLab did not answer, so it is not known whether the runner was made: {message} Look at the runners before trying again.");
            case RegistrarAnswer.Created(var id, var token):
                return new RegisteredRunner(id, token, await WriteDownAsync(instance, id, wanted, who, reason));
            default:
                throw new InvalidOperationException("An answer without a case.");
        }
    }

    // The runner exists: the token must reach the asker whatever happens to the rest.
    private async Task<string?> WriteDownAsync(InstanceId instance, RunnerId id, NewRunner wanted, Actor who, string? reason)
    {
        try
        {
            await AuditAsync(instance, wanted, who, "runner.created", $"runner/{id.Number}", reason, CancellationToken.None);
            await StandAsync(instance, id, wanted);
            return null;
        }
#pragma warning disable CA1031 // Whatever it is, it must not take the token with it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return $"Runner {id.Number} exists, but its number or role could not be written down ({fault.GetType().Name}): keep the token and set the role on the runners page.";
        }
    }

    private Task AuditAsync(InstanceId instance, NewRunner wanted, Actor who, string what, string subject, string? reason, CancellationToken cancel) =>
        audit.AppendAsync(new AuditEntry(clock.Now(instance), instance, who, what, subject, reason, null,
            JsonSerializer.Serialize(new { wanted.Description, role = wanted.Role.ToString().ToLowerInvariant(), tags = wanted.Tags, wanted.RunUntagged })), cancel);

    private async Task StandAsync(InstanceId instance, RunnerId id, NewRunner wanted)
    {
        try
        {
            await fleet.ReadAsync(instance, CancellationToken.None);
        }
        catch (GitLabUnavailableException)
        {
            // The next fleet sweep brings it; its role is written down all the same.
        }

        await standings.SetStandingAsync(id, new RunnerStanding(wanted.Role, true, wanted.Managed), CancellationToken.None);
    }
}
