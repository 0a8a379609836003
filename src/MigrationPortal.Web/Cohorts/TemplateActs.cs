using System.Security.Claims;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Templates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Cohorts;

/// <summary>What clicks on a template do: asked in words first, then one merge request, in its maintainer's name or by the portal for its owner.</summary>
public sealed class TemplateActs(InOwnName ownName, IPortalHand hand, MoveTemplate move, ReturnTemplate back, IDialogService dialogs)
{
    /// <param name="byPortal">An administrator asks the owner.</param>
    /// <returns>What to tell; null when the person did not go on, or left for the consent.</returns>
    public async Task<ActSaid?> MoveAsync(TemplateLook look, TemplatePlan plan, bool byPortal, ClaimsPrincipal person, CancellationToken cancel)
    {
        var of = look.Of.Template;
        var staying = plan.Projects.SelectMany(one => one.Jobs).Where(job => job.Kind == TemplateJobKind.Stays).Select(job => job.Name).Distinct().ToList();
        var asked = await dialogs.ConfirmAsync(new ConfirmRequest($"Move {of.File} to Kubernetes?", $"Open the merge request for {Words.Count(plan.Led.Count(), "project")}")
        {
            Text = $"One merge request is opened in {of.Project} {(byPortal ? "by the portal, for its owner" : "in your name")}: it changes tags and nothing else. Nothing happens before it is merged.",
            Points =
            [
                $"{Words.Count(plan.Moving, "job")} of {Words.Count(plan.Led.Count(), "project")} {(plan.Moving == 1 ? "follows" : "follow")} it.",
                .. staying.Count > 0 ? [$"{Words.Count(staying.Count, "job")} not ready everywhere {(staying.Count == 1 ? "keeps its" : "keep their")} tags: {string.Join(", ", staying.Take(5))}{(staying.Count > 5 ? " and others" : "")}."] : (string[])[],
            ],
            AskReason = true,
        });
        return asked is null ? null : await DoneAsync(byPortal, look, person, token => move.RunAsync(of.Instance, of.Id, asked.Given, token, person.Actor(), cancel), "The merge request is open. It takes effect once it is merged.", cancel);
    }

    public async Task<ActSaid?> BackAsync(TemplateLook look, bool byPortal, ClaimsPrincipal person, CancellationToken cancel)
    {
        var of = look.Of.Template;
        var asked = await dialogs.ConfirmAsync(new ConfirmRequest($"Take the change out of {of.File}?", look.Move?.State == SharedMoveState.Moving ? "Close the merge request" : "Open the merge request that takes it out")
        {
            Text = look.Move?.State == SharedMoveState.Moving ? "The merge request is closed; nothing was changed." : "A merge request restores the tags to what they were, to the letter; what others wrote since stays.",
            AskReason = true,
        });
        return asked is null ? null : await DoneAsync(byPortal, look, person, token => back.RunAsync(of.Instance, of.Id, asked.Given, token, person.Actor(), cancel), "Done. A merge request that has to be merged is under the card.", cancel);
    }

    private async Task<ActSaid?> DoneAsync(bool byPortal, TemplateLook look, ClaimsPrincipal person, Func<PersonToken, Task<Outcome<TemplateMove>>> act, string said, CancellationToken cancel)
    {
        var token = byPortal ? hand.Of(look.Of.Template.Instance) : await ownName.TokenAsync(person, cancel);
        if (token is null) return byPortal ? ActSaid.No(TemplateHand.ObserveMode) : null;
        return (await act(token)).Match(done => new ActSaid(true, said, done.Address), ActSaid.No);
    }
}
