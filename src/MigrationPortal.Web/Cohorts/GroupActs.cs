using System.Security.Claims;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Groups;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Cohorts;

/// <summary>What a group owner's clicks do: asked in words first, then done in their name.</summary>
public sealed class GroupActs(InOwnName ownName, MoveGroup move, ReturnGroup back, MoveProject pin, IDialogService dialogs)
{
    /// <returns>What to tell; null when the person did not go on, or left for the consent.</returns>
    public async Task<ActSaid?> MoveAsync(KnownGroup group, GroupMovePlan plan, ClaimsPrincipal person, CancellationToken cancel)
    {
        var led = plan.Led.ToList();
        var kept = plan.Projects.Count(one => one.Shadow is not null && one.Jobs.Any(job => job.Kind == GroupJobKind.Shadowed));
        var asked = await dialogs.ConfirmAsync(new ConfirmRequest($"Move {group.FullPath} to Kubernetes?", $"Move {Words.Count(plan.Moving, "job")} of {Words.Count(led.Count, "project")}")
        {
            Text = $"The variable {plan.Variable} of the group is set in your name. It takes effect with each project's next pipeline.",
            Points = [.. kept > 0 ? [$"{Words.Count(kept, "project")} {(kept == 1 ? "sets" : "set")} the variable nearer to {(kept == 1 ? "itself" : "themselves")} and {(kept == 1 ? "stays" : "stay")} where {(kept == 1 ? "it is" : "they are")}."] : (string[])[], "What the variable is now is written down first; you can take it back at any time."],
            AskReason = true,
        });
        if (asked is null || await ownName.TokenAsync(person, cancel) is not { } token) return null;
        return (await move.RunAsync(group, plan.Variable, asked.Given, token, person.Actor(), cancel)).Match(
            done => new ActSaid(true, $"{done.Variable} of {group.FullPath} is set. The next pipelines of {Words.Count(done.Projects.Count, "project")} run on Kubernetes.", null), ActSaid.No);
    }

    public async Task<ActSaid?> BackAsync(KnownGroup group, GroupMove standing, ClaimsPrincipal person, CancellationToken cancel)
    {
        var asked = await dialogs.ConfirmAsync(new ConfirmRequest($"Take {group.FullPath} back?", $"Take {Words.Count(standing.Projects.Count, "project")} back")
        {
            Text = $"The variable {standing.Variable} of the group is again exactly what it was before. It takes effect with each project's next pipeline.",
            AskReason = true,
        });
        if (asked is null || await ownName.TokenAsync(person, cancel) is not { } token) return null;
        return (await back.RunAsync(group, standing.Variable, asked.Given, token, person.Actor(), cancel)).Match(
            done => new ActSaid(true, $"{done.Variable} of {group.FullPath} is as it was before.", null), ActSaid.No);
    }

    /// <summary>Sets those aside that are in the way: each gets a variable of its own, by the ordinary way.</summary>
    public async Task<ActSaid?> PinAsync(KnownGroup group, IReadOnlyList<(ProjectId Project, string FullPath)> projects, ClaimsPrincipal person, CancellationToken cancel)
    {
        var asked = await dialogs.ConfirmAsync(new ConfirmRequest($"Keep {Words.Count(projects.Count, "project")} of {group.FullPath} on docker?", $"Keep {Words.Count(projects.Count, "project")} on docker")
        {
            Text = "Each gets a variable of its own, in your name. It wins over the group's, so the group can move without them.",
            Points = [.. projects.Take(8).Select(one => one.FullPath), .. projects.Count > 8 ? [$"and {projects.Count - 8} more"] : (string[])[]],
            AskReason = true,
            ReasonRequired = true,
        });
        if (asked is null || await ownName.TokenAsync(person, cancel) is not { } token) return null;
        var (kept, not) = (0, new List<string>());
        foreach (var (project, path) in projects)
        {
            if (await pin.RunAsync(new MoveWish(project, EnrollmentTarget.Docker, EnrollmentWay.Variable, null, asked.Reason), token, person.Actor(), cancel) is Outcome<Moved>.Refused { Refusal: var no }) not.Add($"{path}: {string.Join(" ", no.Reasons)}");
            else kept++;
        }

        return not.Count == 0 ? new ActSaid(true, $"{Words.Count(kept, "project")} {(kept == 1 ? "stays" : "stay")} on docker. Look at the group again.", null) : new ActSaid(false, string.Join(" ", [$"{kept} of {projects.Count} stay on docker.", .. not]), null);
    }
}
