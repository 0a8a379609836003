using System.Security.Claims;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Cohorts;

/// <summary>What a maintainer's clicks on a twin run do: what will run is read first and said in words, then it is done in their name.</summary>
public sealed class TwinActs(InOwnName ownName, PreviewTwin preview, StartTwin start, StopTwin stop, IDialogService dialogs)
{
    /// <returns>What to tell; null when the person did not go on, or left for the consent.</returns>
    public async Task<ActSaid?> TryAsync(OwnProject project, string job, ClaimsPrincipal person, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(project);
        if (await ownName.TokenAsync(person, cancel) is not { } token) return null;
        if (!(await preview.RunAsync(project.Id, job, token, cancel)).TryGet(out var plan, out var no)) return ActSaid.No(no);
        var asked = await dialogs.ConfirmAsync(new ConfirmRequest($"Run {job} of {project.FullPath} on both?", $"Run {Words.Count(plan.Jobs, "job")}")
        {
            Text = $"Both run the newest commit of {plan.Branch}, on a branch {TwinName.Branch(job, plan.Commit)} that is made in your name and deleted when both have ended. Your files and your other branches stay as they are.",
            Points = [.. plan.Others.Count == 0 ? (string[])[] : [$"{Words.Count(plan.Others.Count, "job")} {(plan.Others.Count == 1 ? "runs" : "run")} before, because both need what {(plan.Others.Count == 1 ? "it makes" : "they make")}: {string.Join(", ", plan.Others)}."], .. plan.Remarks, TwinWords.Branch],
        });
        if (asked is null) return null;
        return (await start.RunAsync(project.Id, job, token, person.Actor(), cancel)).Match(run => new ActSaid(true, $"{run.Job} is on its way on both.", null), ActSaid.No);
    }

    public async Task<ActSaid?> StopAsync(TwinRun run, ClaimsPrincipal person, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (await ownName.TokenAsync(person, cancel) is not { } token) return null;
        return (await stop.RunAsync(run.Project, run.Id, token, person.Actor(), cancel)).Match(
            done => new ActSaid(true, done.BranchState == TwinBranch.TakenOver ? $"Somebody has written on the branch {done.Branch}, so it stays." : run.IsActive ? "It is stopped, and its branch is gone." : "The branch is gone.", null), ActSaid.No);
    }
}
