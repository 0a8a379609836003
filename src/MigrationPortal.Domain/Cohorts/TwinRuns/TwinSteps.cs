using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.TwinRuns;

/// <summary>Takes a twin run from one state to the next: stored and audited together, or neither.</summary>
public sealed class TwinSteps(ITwinStore twins, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <returns>Null when the project got an active one meanwhile.</returns>
    public async Task<TwinRun?> BeginAsync(TwinPlan plan, Actor who, CancellationToken cancel)
    {
        var now = clock.Now(plan.Project.Instance);
        var run = Planned(new TwinRun(0, plan.Project, plan.Job, "", "", [], [], [], [], TwinState.Preparing, TwinBranch.Unmade, null, null, null, null, null, who, now, now, 0), plan);
        return await WriteAsync(run, who, "twin.begin", () => twins.AddAsync(run, cancel), cancel);
    }

    /// <returns>Null when somebody else changed it meanwhile.</returns>
    public Task<TwinRun?> GoAsync(TwinRun run, TwinState to, Actor who, string? reason, CancellationToken cancel)
    {
        var after = run with { State = to, Reason = reason, Since = clock.Now(run.Project.Instance) };
        return WriteAsync(after, who, $"twin.{to.ToString().ToLowerInvariant()}", () => twins.SaveAsync(after, cancel), cancel);
    }

    /// <summary>Stores what was learnt; its state stays.</summary>
    public async Task<TwinRun?> KeepAsync(TwinRun run, CancellationToken cancel)
    {
        var saved = await twins.SaveAsync(run, cancel);
        if (saved is not null) await TellAsync(run, cancel);
        return saved;
    }

    /// <summary>With what it is to do, as it stands now.</summary>
    public static TwinRun Planned(TwinRun run, TwinPlan plan) => run with
    {
        Commit = plan.Commit,
        Branch = TwinName.Branch(plan.Job, plan.Commit),
        DockerTags = plan.Tags.Docker,
        KubernetesTags = plan.Tags.Kubernetes,
        Others = plan.Others,
        Remarks = plan.Remarks,
    };

    private async Task<TwinRun?> WriteAsync(TwinRun after, Actor who, string verb, Func<Task<TwinRun?>> write, CancellationToken cancel)
    {
        var shown = JsonSerializer.Serialize(new { run = after.Id, job = after.Job, commit = after.Commit, branch = after.Branch, pipeline = after.Pipeline?.Number, docker = after.Docker?.Status.ToString(), kubernetes = after.Kubernetes?.Status.ToString() });
        var saved = await audit.WriteAsync(new AuditEntry(after.Since, after.Project.Instance, who, verb, $"project/{after.Project.Number}", after.Reason, null, shown), write, cancel);
        if (saved is not null) await TellAsync(saved, cancel);
        return saved;
    }

    private Task TellAsync(TwinRun run, CancellationToken cancel) => events.PublishAsync(new PortalEvent(PortalTopic.Cohorts, run.Project.Instance, null), cancel);
}
