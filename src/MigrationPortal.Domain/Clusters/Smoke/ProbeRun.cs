using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>The administrator's own pipeline: asked for once, though its answer may be lost, and judged by its end.</summary>
public sealed class ProbeRun(ISmokeDesk desk, VerificationSteps steps)
{
    public const string Key = "probe";

    /// <returns>With its pipeline, where that is known; null when somebody else changed it meanwhile.</returns>
    public async Task<Outcome<Verification?>> AskAsync(Verification verification, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(verification);
        if (verification is not { Probe: { } probe, ProbePipeline: null }) return verification;
        var project = new ProjectId(verification.Instance, probe.Project);
        if (!(await desk.PipelinesAsync(project, probe.Ref, cancel)).TryGet(out var there, out var no)) return no;
        if (verification.ProbeAfter is { } after && there.Where(one => one.Number > after).MinBy(one => one.Number) is { } lost) return await steps.KeepAsync(verification with { ProbePipeline = new VerificationPipeline(lost.Number, lost.Address) }, cancel);
        if (verification.ProbeAfter is null)
        {
            if (await steps.KeepAsync(verification with { ProbeAfter = there.Select(one => one.Number).DefaultIfEmpty().Max() }, cancel) is not { } noted) return new Outcome<Verification?>.Done(null);
            verification = noted;
        }

        if (!(await desk.RunAsync(project, probe.Ref, probe.Variables, cancel)).TryGet(out var made, out no)) return no;
        return await steps.KeepAsync(verification with { ProbePipeline = new VerificationPipeline(made.Number, made.Address) }, cancel);
    }

    /// <returns>Null while it runs.</returns>
    public async Task<Outcome<CheckResult?>> ReadAsync(Verification verification, bool isOver, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(verification);
        if (verification is not { Probe: { } probe, ProbePipeline: { } asked }) return new Outcome<CheckResult?>.Done(null);
        if (!(await desk.PipelinesAsync(new ProjectId(verification.Instance, probe.Project), probe.Ref, cancel)).TryGet(out var there, out var no)) return no;
        var seen = there.FirstOrDefault(one => one.Number == asked.Number);
        if (seen is not { HasEnded: true } && !isOver) return new Outcome<CheckResult?>.Done(null);
        var state = seen is not { HasEnded: true } ? CheckState.NotKnown : seen.Status == "success" ? CheckState.Passed : seen.Status == "failed" ? CheckState.Failed : CheckState.NotKnown;
        return new CheckResult(
            Key, "Probe pipeline", state, $"the pipeline of project {probe.Project} at {probe.Ref} succeeds", seen is null ? "GitLab does not show it" : seen.HasEnded ? $"it ended as {seen.Status}" : "it had not ended",
            state switch { CheckState.Failed => "Look at the failed jobs in GitLab: does the runner explain it, or the code?", CheckState.NotKnown => "Look at it in GitLab, and try again with more time.", _ => null }, asked.Number, asked.Address);
    }
}
