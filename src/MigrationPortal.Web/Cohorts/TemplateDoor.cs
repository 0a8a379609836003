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
    public async Task<IReadOnlyList<TemplateLook>?> MineAsync(ClaimsPrincipal caller, InstanceId instance, CancellationToken cancel)
    {
        if (await own.OfAsync(caller, cancel) is not { } projects) return null;
        var mine = projects.Select(one => (ProjectId?)one.Id).ToHashSet();
        // Most people maintain no template: they do not wait for the jobs behind all of them to be counted.
        return (await store.ListAsync(instance, cancel)).Any(IsMine) ? await read.RunAsync(instance, IsMine, cancel) : [];

        bool IsMine(TemplateUses one) => mine.Contains(one.Owner);
    }

    /// <param name="admin">The scope that opens every template.</param>
    public async Task<(IReadOnlyList<TemplateLook> Templates, ProblemHttpResult? No)> ListAsync(ClaimsPrincipal caller, string? instance, TokenScope admin, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return ([], errors.ToProblem());
        if (caller.Holds(admin)) return (await read.RunAsync(of, _ => true, cancel), null);
        return await MineAsync(caller, of, cancel) is { } mine ? (mine, null) : ([], ProjectDoor.NoSession());
    }

    public async Task<(TemplateLook? Template, ProblemHttpResult? No)> OpenAsync(ClaimsPrincipal caller, long id, string? instance, TokenScope admin, CancellationToken cancel)
    {
        var (all, no) = await ListAsync(caller, instance, admin, cancel);
        return no is not null ? (null, no) : all.FirstOrDefault(one => one.Of.Template.Id == id) is { } found ? (found, null) : (null, Problems.NotFound($"template {id}"));
    }
}
