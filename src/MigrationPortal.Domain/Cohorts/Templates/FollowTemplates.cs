using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Templates;

/// <summary>
/// Follows what owners do with the merge requests of their templates: once merged, the projects that include the template get
/// their places; once it is taken out, they lose them. Called by a sweep; run twice it changes nothing the second time.
/// </summary>
public sealed class FollowTemplates(ITemplateMoveStore moves, TemplateRequests requests, TemplateMoveSteps steps, Carrying carrying)
{
    /// <returns>How many went on.</returns>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var went = 0;
        foreach (var move in await moves.ActiveAsync(instance, cancel))
            if (move.State switch { SharedMoveState.Moving => await MovingAsync(move, cancel), SharedMoveState.Returning => await ReturningAsync(move, cancel), _ => false }) went++;
        return went;
    }

    private async Task<bool> MovingAsync(TemplateMove move, CancellationToken cancel)
    {
        if (await requests.SeenAsync(move.Owner, move.Request, cancel) is not var (request, state)) return false;
        if (state == MergeRequestState.Closed) return await steps.GoAsync(move with { Request = request }, SharedMoveState.Refused, Actor.Portal, $"merge request !{request.Number} was closed", "template.given-up", cancel) is not null;
        if (state != MergeRequestState.Merged) return request != move.Request && await moves.SaveAsync(move with { Request = request }, move.State, cancel) is not null;
        await carrying.CarryAsync(Ids(move), EnrollmentWay.MergeRequest, $"carried along by the template {move.Template.Name}", Actor.Portal, cancel);
        return await steps.GoAsync(move with { Request = request }, SharedMoveState.Moved, Actor.Portal, $"merge request !{request.Number} was merged", "template.moved", cancel) is not null;
    }

    private async Task<bool> ReturningAsync(TemplateMove move, CancellationToken cancel)
    {
        var (done, why) = (move.Back is null, "the text is as it was before");
        if (move.Back is { } back)
        {
            if (await requests.SeenAsync(move.Owner, back, cancel) is not var (request, state)) return false;
            if (state == MergeRequestState.Closed) return await steps.GoAsync(move with { Back = null }, SharedMoveState.Moved, Actor.Portal, $"merge request !{request.Number} was closed", "template.return-given-up", cancel) is not null;
            (done, why) = (state == MergeRequestState.Merged, $"merge request !{request.Number} was merged");
        }

        if (!done) return false;
        await carrying.ReleaseAsync(Ids(move), $"the template {move.Template.Name} went back", Actor.Portal, cancel);
        return await steps.GoAsync(move, SharedMoveState.Returned, Actor.Portal, why, "template.returned", cancel) is not null;
    }

    private static IEnumerable<ProjectId> Ids(TemplateMove move) => move.Projects.Select(number => new ProjectId(move.Owner.Instance, number));
}
