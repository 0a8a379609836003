using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Templates;

/// <summary>
/// Opens one merge request in a template's project that gives its jobs the tags for Kubernetes, for all projects that include it.
/// By its maintainer in their own name, or for them by the portal's own hand. What it changes is stored before it is opened;
/// asked again it finds what is open.
/// </summary>
public sealed class MoveTemplate(PreviewTemplateMove preview, ITemplateMoveStore moves, TemplateRequests requests, ICohortFacts facts, TemplateMoveSteps steps)
{
    /// <param name="person">Theirs, or the portal's own.</param>
    /// <returns>
    /// Refuses <c>not-in-phase</c>, <c>unknown-template</c>, <c>way-not-offered</c> with the reasons, <c>moved-already</c>,
    /// <c>changed-meanwhile</c>, and GitLab's own no with a <see cref="DeskCode"/>: then nothing was changed.
    /// </returns>
    public async Task<Outcome<TemplateMove>> RunAsync(InstanceId instance, long id, string? reason, PersonToken person, Actor who, CancellationToken cancel)
    {
        var known = await facts.ReadAsync(instance, cancel);
        if (!known.CanInvite) return SendWave.NotInPhase(known);
        var active = (await moves.ActiveAsync(instance, cancel)).FirstOrDefault(one => one.Template.Id == id);
        if (active is { State: SharedMoveState.Moved or SharedMoveState.Returning }) return Refusal.Of("moved-already", $"{active.Template.Name} was moved already: take it back first.");
        if (active is { Request.Number: not null }) return active;
        if (!(await preview.RunAsync(instance, id, cancel)).TryGet(out var seen, out var no)) return no;
        // What is begun goes on to its end, whoever closes the page.
        cancel = CancellationToken.None;
        if (active is null)
        {
            if (seen.Plan is not { Edit: { } edit } plan) return Refusal.Of("way-not-offered", [.. seen.Plan.Reasons]);
            var request = TemplateRequests.Named("to-kubernetes", seen.Of.Template.File, edit.After[seen.Of.Template.File]);
            active = await steps.BeginAsync(new(0, seen.Of.Template, seen.Of.Owner!.Value, SharedMoveState.Moving, edit, request, null, [.. plan.Led.Select(one => one.Project.Number)], reason, who, default, 0), cancel);
            if (active is null) return Refusal.Of(DeskCode.ChangedMeanwhile, $"Somebody else moves {seen.Of.Template.Name} at this moment: look again.");
        }

        var opened = await requests.OpenAsync(active.Owner, seen.Branch, active.Request, active.Change, "Run CI jobs on Kubernetes", TemplateWords.Describe(active.Change, seen), person, cancel);
        if (!opened.TryGet(out var made, out var not))
        {
            await steps.GoAsync(active, SharedMoveState.Refused, who, string.Join(" ", not.Reasons), "template.move-refused", cancel);
            return not;
        }

        return await moves.SaveAsync(active with { Request = made }, active.State, cancel) ?? active;
    }
}

/// <summary>Takes a template's change out: an open merge request is closed, a merged one gets a merge request that restores the text.</summary>
public sealed class ReturnTemplate(ITemplateMoveStore moves, IProjectReader reader, TemplateRequests requests, ICohortFacts facts, TemplateMoveSteps steps)
{
    /// <returns>Refuses <c>not-moved</c>, <c>pin-instead</c>, <c>no-way-back</c>, <c>way-not-offered</c>, <c>changed-meanwhile</c>, and GitLab's own no.</returns>
    public async Task<Outcome<TemplateMove>> RunAsync(InstanceId instance, long id, string? reason, PersonToken person, Actor who, CancellationToken cancel)
    {
        if ((await moves.ActiveAsync(instance, cancel)).FirstOrDefault(one => one.Template.Id == id) is not { } active) return Refusal.Of("not-moved", "Nothing of this template was moved by the portal, so there is nothing to take back.");
        if (active.State == SharedMoveState.Moving) return await ClosedAsync(active, reason, person, who, cancel);
        var known = await facts.ReadAsync(instance, cancel);
        switch (WayBack.In(known.Phase, known.Evacuated))
        {
            case Back.PinToDocker: return Refusal.Of("pin-instead", "Jobs without tags run on Kubernetes by now: keep single projects on docker instead.");
            case Back.None: return Refusal.Of("no-way-back", "The docker runners have ended. Ask for help instead.");
        }

        if (!(await reader.SettingsAsync(person, active.Owner, cancel)).TryGet(out var settings, out var no)) return no;
        var (path, branch) = (active.Template.File, settings.DefaultBranch ?? "HEAD");
        if (!(await reader.FileAsync(person, active.Owner, path, branch, cancel)).TryGet(out var file, out var not)) return not;
        if (file is null) return Refusal.Of("way-not-offered", $"{active.Template.Project} has no file {path} on {branch} any more.");
        if (UndoCiTags.Apply(active.Change, new CiFiles(path, new Dictionary<string, string> { [path] = file.Text })) is not CiEdit.Edited undone) return Refusal.Of("way-not-offered", $"{path} changed so much since that the tags must be put back by hand.");
        // What is begun goes on to its end, whoever closes the page.
        cancel = CancellationToken.None;
        var returning = active;
        if (active.State == SharedMoveState.Moved)
        {
            var request = undone.Texts.Count == 0 ? null : TemplateRequests.Named("as-before", path, undone.Texts[path]);
            if (await steps.GoAsync(active with { Back = request }, SharedMoveState.Returning, who, reason, "template.return", cancel) is not { } begun) return Meanwhile(active);
            returning = begun;
        }

        // Somebody has put it back by hand: the next look finds nothing to merge.
        if (undone.Texts.Count == 0 || returning.Back is null) return returning;
        var opened = await requests.OpenAsync(active.Owner, branch, returning.Back, undone.Record, "Run CI jobs where they ran before", TemplateWords.Back(active), person, cancel);
        if (opened.TryGet(out var made, out var refused)) return await moves.SaveAsync(returning with { Back = made }, returning.State, cancel) ?? returning;
        await steps.GoAsync(returning, SharedMoveState.Moved, who, string.Join(" ", refused.Reasons), "template.return-refused", cancel);
        return refused;
    }

    private async Task<Outcome<TemplateMove>> ClosedAsync(TemplateMove active, string? reason, PersonToken person, Actor who, CancellationToken cancel)
    {
        // What is begun goes on to its end, whoever closes the page.
        cancel = CancellationToken.None;
        if (await requests.CloseAsync(active.Owner, active.Request, person, cancel) is { } no) return no;
        return await steps.GoAsync(active, SharedMoveState.Returning, who, reason, "template.return", cancel) is { } returning
            && await steps.GoAsync(returning, SharedMoveState.Returned, who, "its merge request was closed; nothing was changed", "template.returned", cancel) is { } done ? done : Meanwhile(active);
    }

    private static Refusal Meanwhile(TemplateMove one) => Refusal.Of(DeskCode.ChangedMeanwhile, $"Somebody else changed {one.Template.Name} at this moment: look again.");
}
