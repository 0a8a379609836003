using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Imports;
using MigrationPortal.Domain.RunnerConfig.Profiles;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.RunnerConfig.Secrets;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Clusters;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>Stored runner configurations: their revisions, their forms, their differences.</summary>
internal static class RunnerConfigEndpoints
{
    public static void MapRunnerConfigs(this IEndpointRouteBuilder api)
    {
        var configs = api.MapGroup("/runner-configs").WithTags("Runner configurations").WithMetadata(new RequestSizeLimitAttribute(ConfigCheckEndpoints.LongestBody));
        configs.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("The stored configurations by name, each with its newest revision");
        configs.MapPost("", AddAsync).RequireScope(TokenScope.Operate).WithSummary("Stores a configuration; tokens and keys in its TOML are taken out first, and `remarks` says which");
        configs.MapGet("/profiles", Profiles).RequireScope(TokenScope.Read).WithSummary("Configurations to begin with; POST takes one by its key");
        configs.MapPost("/secret-mounts", Mounts).RequireScope(TokenScope.Read).WithSummary("Stateless: which form mounts the given Secrets' files, what it costs, and the config.toml with it");
        configs.MapGet("/{id:long}", GetAsync).RequireScope(TokenScope.Read).WithSummary("A configuration with its newest revision");
        configs.MapPut("/{id:long}", SaveAsync).RequireScope(TokenScope.Operate).TakesVersion().WithSummary("Makes a new revision; what is left out stays, and the same content makes none");
        configs.MapGet("/{id:long}/revisions", RevisionsAsync).RequireScope(TokenScope.Read).WithSummary("All revisions, newest first");
        configs.MapPost("/{id:long}/render", RenderAsync).RequireScope(TokenScope.Read).WithSummary("Writes a revision as toml, helm, operator, manifests, network-policy, rbac or quota; it changes nothing");
        configs.MapPost("/{id:long}/diff", DiffAsync).RequireScope(TokenScope.Read).WithSummary("What differs between two revisions, or between one and a given TOML or a live cluster; it changes nothing");
    }

    private static async Task<Results<Ok<PageOf<RunnerConfigLine>>, ProblemHttpResult>> ListAsync(InstanceDirectory instances, IConfigStore store, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var rows = (await store.ListAsync(of, cancel)).OrderBy(one => one.Id).Where(one => paging.AfterNumber is null || one.Id > paging.AfterNumber).Take(paging.Limit + 1).ToList();
        return TypedResults.Ok(paging.Page(rows, RunnerConfigLine.Of, one => one.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Created<RunnerConfigView>, ProblemHttpResult>> AddAsync(RunnerConfigBody body, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, ChangeConfiguration change, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (new[] { body.Toml, body.Import, body.Profile }.Count(one => one is not null) != 1) errors.Add("toml", "Give one of toml, import (a config.toml, chart values or the Operator's objects) and profile.");
        var profile = errors.OneOf("profile", body.Profile, [.. StartingProfiles.All.Select((one, at) => (one.Key, at))]);
        var begun = NewRunnerConfig.Default(instances, of);
        if (profile is { } index) begun = NewRunnerConfig.Of(StartingProfiles.All[index], begun);
        _ = body.Over(begun, errors);
        if (errors.Any) return errors.ToProblem();
        var imported = new Imported("", begun, []);
        if (body.Import is { } text && !ImportConfiguration.Read(text, begun).TryGet(out imported, out var unread)) return Problems.Of(unread);
        var content = body.Over(imported!.Content, errors);
        if (!(await change.AddAsync(of, body.Name ?? "", content, body.Reason ?? (imported.Form.Length > 0 ? $"Imported from {imported.Form}" : null), imported.Remarks, caller.Actor(), cancel)).TryGet(out var stored, out var no)) return Problems.Of(no);
        http.Response.Headers.ETag = Etags.Of((long)stored.Configuration.Current.Number);
        return TypedResults.Created($"/api/v1/runner-configs/{stored.Configuration.Id}", RunnerConfigView.Of(stored.Configuration));
    }

    private static Ok<PageOf<RunnerConfigProfileView>> Profiles() => TypedResults.Ok(new PageOf<RunnerConfigProfileView>([.. StartingProfiles.All.Select(RunnerConfigProfileView.Of)], null));

    private static Results<Ok<SecretMountsView>, ProblemHttpResult> Mounts(SecretMountsBody body)
    {
        var errors = new RequestErrors();
        if (ConfigDocument.Read(body.Toml ?? "").Document is not { Runners.Count: > 0 } document) errors.Add("toml", "Needed: a config.toml with [[runners]].");
        else
        {
            if (body.Files?.Any(file => file is null) == true) errors.Add("files", "Each file is an object with secret, key and path.");
            if (errors.Any) return errors.ToProblem();
            var wish = new SecretWish(body.Directory ?? "", [.. (body.Files ?? []).Select(file => new SecretFile(file.Secret ?? "", file.Key ?? "", file.Path ?? file.Key ?? ""))], body.Apart, body.FollowsChanges);
            if (!SecretMounts.Choose(document.Runners[0], wish).TryGet(out var plan, out var no)) return Problems.Of(no);
            var lost = ConfigComments.Keep(document).Count;
            SecretMounts.Write(document.Runners[0], wish, plan.Form);
            return TypedResults.Ok(new SecretMountsView(plan.Form, lost == 0 ? plan.Cautions : [.. plan.Cautions, ConfigComments.Lost(lost)], document.Render()));
        }

        return errors.ToProblem();
    }

    private static async Task<Results<Ok<RunnerConfigView>, ProblemHttpResult>> GetAsync(long id, HttpContext http, IConfigStore store, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is not { } one) return Problems.NotFound($"configuration {id}");
        http.Response.Headers.ETag = Etags.Of((long)one.Current.Number);
        return TypedResults.Ok(RunnerConfigView.Of(one));
    }

    private static async Task<Results<Ok<RunnerConfigView>, ProblemHttpResult>> SaveAsync(long id, RunnerConfigBody body, HttpContext http, ClaimsPrincipal caller, IConfigStore store, ChangeConfiguration change, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is not { } before) return Problems.NotFound($"configuration {id}");
        if (Etags.Stale(http, Etags.Of((long)before.Current.Number)) is { } stale) return stale;
        var errors = new RequestErrors();
        var content = body.Over(before.Current.Content, errors);
        if (errors.Any) return errors.ToProblem();
        if (!(await change.SaveAsync(id, before.Current.Number, body.Name, content, body.Reason, [], caller.Actor(), cancel)).TryGet(out var stored, out var no)) return Problems.Of(no);
        http.Response.Headers.ETag = Etags.Of((long)stored.Configuration.Current.Number);
        return TypedResults.Ok(RunnerConfigView.Of(stored.Configuration));
    }

    private static async Task<Results<Ok<PageOf<RunnerConfigRevisionView>>, ProblemHttpResult>> RevisionsAsync(long id, IConfigStore store, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        if (await store.FindAsync(id, cancel) is null) return Problems.NotFound($"configuration {id}");
        return TypedResults.Ok(paging.Page(await store.RevisionsAsync(id, paging.Limit + 1, (int?)paging.AfterNumber, cancel), RunnerConfigRevisionView.Of, one => one.Number.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<RenderedView>, ProblemHttpResult>> RenderAsync(long id, IConfigStore store, string? @as, int? revision, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var form = errors.OneOf("as", @as ?? "toml", RunnerConfigWords.Forms);
        if (errors.Any) return errors.ToProblem();
        if (await FindAsync(store, id, revision, cancel) is not { } at) return Problems.NotFound(revision is null ? $"configuration {id}" : $"revision {revision} of configuration {id}");
        return RenderConfiguration.Run(at.Content, form!.Value).Match<Results<Ok<RenderedView>, ProblemHttpResult>>(rendered => TypedResults.Ok(RenderedView.Of(rendered, at.Number)), refused => Problems.Of(refused));
    }

    private static async Task<Results<Ok<RunnerConfigDiffView>, ProblemHttpResult>> DiffAsync(long id, RunnerConfigDiffBody body, IConfigStore store, CompareWithCluster compare, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        if (new[] { body.To is null, body.Toml is null, body.Cluster is null }.Count(left => !left) != 1) errors.Add("to", "Give one of to (a revision), toml or cluster.");
        if (body.Toml is { } given && ConfigDocument.Read(given).Document is null && ValidateConfig.Of(given)[0] is var syntax) errors.Add("toml", string.Create(CultureInfo.InvariantCulture, $"Line {syntax.Line}: {syntax.Message}"));
        if (errors.Any) return errors.ToProblem();
        if (body.Cluster is { } cluster)
            return (await compare.RunAsync(cluster, id, body.From, ApplyWords.Usual, cancel)).Match<Results<Ok<RunnerConfigDiffView>, ProblemHttpResult>>(drift => TypedResults.Ok(RunnerConfigDiff.Of(body.From, cluster, drift)), no => Problems.Of(no));
        if (await FindAsync(store, id, body.From, cancel) is not { } from) return Problems.NotFound(body.From is null ? $"configuration {id}" : $"revision {body.From} of configuration {id}");
        if (body.To is { } number)
            return await store.RevisionAsync(id, number, cancel) is { } to ? TypedResults.Ok(RunnerConfigDiff.Of(from, to)) : Problems.NotFound($"revision {number} of configuration {id}");
        return TypedResults.Ok(RunnerConfigDiff.Of(from, body.Toml!));
    }

    private static async Task<ConfigRevision?> FindAsync(IConfigStore store, long id, int? revision, CancellationToken cancel) =>
        revision is { } number ? await store.RevisionAsync(id, number, cancel) : (await store.FindAsync(id, cancel))?.Current;
}
