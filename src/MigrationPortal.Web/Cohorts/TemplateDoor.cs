using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts.Templates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Lets a caller at shared CI templates: whoever may read everything at all, everybody else at those in projects that they maintain.</summary>
public sealed class TemplateDoor(InstanceDirectory instances, ReadTemplates read, ITemplateStore store, OwnProjects own)
{
    /// <returns>Null when the person has to sign in again, or is an API token that may not read everything.</returns>
    public Task<IReadOnlyList<TemplateLook>?> MineAsync(ClaimsPrincipal caller, InstanceId instance, CancellationToken cancel) => MineAsync(caller, instance, _ => true, cancel);

    /// <param name="admin">The scope that opens every template.</param>
    public Task<(IReadOnlyList<TemplateLook> Templates, ProblemHttpResult? No)> ListAsync(ClaimsPrincipal caller, string? instance, TokenScope admin, CancellationToken cancel) => ReadAsync(caller, instance, admin, _ => true, cancel);

    public async Task<(TemplateLook? Template, ProblemHttpResult? No)> OpenAsync(ClaimsPrincipal caller, long id, string? instance, TokenScope admin, CancellationToken cancel)
    {
        var (found, no) = await ReadAsync(caller, instance, admin, one => one.Template.Id == id, cancel);
        return no is not null ? (null, no) : found is [var only] ? (only, null) : (null, Problems.NotFound($"template {id}"));
    }

    // The jobs behind a template are counted for those alone that are asked for.
    private async Task<(IReadOnlyList<TemplateLook> Templates, ProblemHttpResult? No)> ReadAsync(ClaimsPrincipal caller, string? instance, TokenScope admin, Func<TemplateUses, bool> which, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return ([], errors.ToProblem());
        if (caller.Holds(admin)) return (await read.RunAsync(of, which, cancel), null);
        return await MineAsync(caller, of, which, cancel) is { } mine ? (mine, null) : ([], ProjectDoor.NoSession());
    }

    private async Task<IReadOnlyList<TemplateLook>?> MineAsync(ClaimsPrincipal caller, InstanceId instance, Func<TemplateUses, bool> which, CancellationToken cancel)
    {
        if (await own.OfAsync(caller, cancel) is not { } projects) return null;
        var mine = projects.Select(one => (ProjectId?)one.Id).ToHashSet();
        // Most people maintain no template: for them no scan is opened and no job counted.
        return await store.AnyInAsync(instance, [.. projects.Select(one => one.Id)], cancel) ? await read.RunAsync(instance, IsMine, cancel) : [];

        bool IsMine(TemplateUses one) => mine.Contains(one.Owner) && which(one);
    }
}
