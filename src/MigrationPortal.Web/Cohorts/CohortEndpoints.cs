using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Cohorts and who is in them. Their waves: <see cref="WaveEndpoints"/>.</summary>
internal static class CohortEndpoints
{
    public static void MapCohorts(this IEndpointRouteBuilder api)
    {
        var cohorts = api.MapGroup("/cohorts").WithTags("Cohorts");
        cohorts.MapGet("", ListAsync).RequireScope(TokenScope.Read).WithSummary("The cohorts by number");
        cohorts.MapPost("", AddAsync).RequireScope(TokenScope.Admin).WithSummary("Opens a cohort, empty: waves enlarge it");
        cohorts.MapGet("/exposure", ExposureAsync).RequireScope(TokenScope.Read).WithSummary("Whether jobs of enrolled projects ran where they are meant to, with who is elsewhere and why");
        cohorts.MapGet("/{id:long}", GetAsync).RequireScope(TokenScope.Read).WithSummary("A cohort with its waves, and whether its coins were fair");
        cohorts.MapPatch("/{id:long}", ResizeAsync).RequireScope(TokenScope.Admin).TakesVersion().WithSummary("Changes a cohort's share: growing only adds, shrinking takes the last in first");
        cohorts.MapGet("/{id:long}/projects", MembersAsync).RequireScope(TokenScope.Read).WithSummary("Who has a place, in the order in which they came in");
        cohorts.MapGet("/{id:long}/projects.csv", ExportAsync).RequireScope(TokenScope.Read).WithSummary("All of them as CSV that an import takes").Produces<string>(StatusCodes.Status200OK, Csv.Type);
        cohorts.MapPost("/{id:long}/projects/import", ImportAsync).RequireScope(TokenScope.Admin).WithSummary("Takes projects in from CSV: all lines or none, every bad line named");
        cohorts.MapWaves();
    }

    private static async Task<Results<Ok<PageOf<CohortView>>, ProblemHttpResult>> ListAsync(
        InstanceDirectory instances, ICohortStore store, IEnrollmentStore enrollments, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        var rows = (await store.ListAsync(of, cancel)).Where(one => paging.AfterNumber is null || one.Id > paging.AfterNumber).OrderBy(one => one.Id).Take(paging.Limit + 1).ToList();
        var members = new Dictionary<long, IReadOnlyList<Enrollment>>();
        foreach (var row in rows) members[row.Id] = await enrollments.MembersAsync(row.Id, cancel);
        return TypedResults.Ok(paging.Page(rows, one => CohortView.Of(one, members[one.Id]), one => one.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Created<CohortView>, ProblemHttpResult>> AddAsync(
        CohortBody body, ClaimsPrincipal caller, InstanceDirectory instances, CreateCohort create, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var wish = body.Read(errors);
        if (errors.Any) return errors.ToProblem();
        return await create.RunAsync(of, wish, caller.Actor(), cancel) switch
        {
            Outcome<Cohort>.Done { Result: var made } => TypedResults.Created($"/api/v1/cohorts/{made.Id}", CohortView.Of(made, [])),
            Outcome<Cohort>.Refused { Refusal: var no } => Problems.Of(no),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
    }

    private static async Task<Results<Ok<ExposureView>, ProblemHttpResult>> ExposureAsync(InstanceDirectory instances, ReadExposure exposure, IProjectStore projects, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        var report = await exposure.RunAsync(of, cancel);
        var known = await projects.FindAsync([.. report.Mismatches.Take(ExposureView.MostShown).Select(one => one.Enrollment.Project)], cancel);
        return TypedResults.Ok(ExposureView.Of(report, project => known.GetValueOrDefault(project)?.Access.FullPath));
    }

    private static async Task<Results<Ok<CohortDetail>, ProblemHttpResult>> GetAsync(
        long id, HttpContext http, InstanceDirectory instances, ICohortStore store, IEnrollmentStore enrollments, ICohortFacts facts, IWorldClock clock, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        if (await store.FindAsync(of, id, cancel) is not { } cohort) return Problems.NotFound($"cohort {id} on {of}");
        var (members, waves, known) = (await enrollments.MembersAsync(id, cancel), await store.WavesAsync(id, cancel), await facts.ReadAsync(of, cancel));
        var sent = waves.LastOrDefault(wave => wave.SentAt is not null);
        http.Response.Headers.ETag = Etags.Of(cohort.Version);
        return TypedResults.Ok(new CohortDetail(
            CohortView.Of(cohort, members), [.. waves.Select(wave => WaveView.Of(wave, wave.State is WaveState.Sent or WaveState.Closed ? null : wave.WaitsFor(clock.Now(of), sent, known)))],
            [.. CoinToss.Check(members.Where(one => one.Coin is not null).Select(one => (one.Seat!.Member.Stratum, one.Coin!.Value)))
                .Select(one => new CoinCheckView(one.Stratum is { } stratum ? WavePreviewView.Words(stratum) : null, one.Now, one.Waitlist, one.Chance, one.IsMismatch))]));
    }

    private static async Task<Results<Ok<CohortResizedView>, ProblemHttpResult>> ResizeAsync(
        long id, CohortEdit body, HttpContext http, ClaimsPrincipal caller, InstanceDirectory instances, ICohortStore store, IEnrollmentStore enrollments, ResizeCohort resize, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (body.Percent is null) errors.Add("percent", "Needed: 0 to 100.");
        var reason = errors.Text("reason", body.Reason, Cohort.LongestReason);
        if (errors.Any) return errors.ToProblem();
        if (await store.FindAsync(of, id, cancel) is not { } before) return Problems.NotFound($"cohort {id} on {of}");
        if (Etags.Stale(http, Etags.Of(before.Version)) is { } stale) return stale;
        var outcome = await resize.RunAsync(of, id, body.Percent!.Value, reason, caller.Actor(), cancel);
        if (outcome is not Outcome<CohortResized>.Done { Result: var resized }) return Problems.Of(((Outcome<CohortResized>.Refused)outcome).Refusal);
        http.Response.Headers.ETag = Etags.Of(resized.Cohort.Version);
        return TypedResults.Ok(new CohortResizedView(CohortView.Of(resized.Cohort, await enrollments.MembersAsync(id, cancel)), Numbers(resized.Added), Numbers(resized.Withdrawn), Numbers(resized.Returning)));
    }

    private static async Task<Results<Ok<PageOf<MemberView>>, ProblemHttpResult>> MembersAsync(
        long id, InstanceDirectory instances, ICohortStore store, IEnrollmentStore enrollments, IProjectStore projects, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        if (await store.FindAsync(of, id, cancel) is null) return Problems.NotFound($"cohort {id} on {of}");
        var rows = (await enrollments.MembersAsync(id, cancel)).Where(one => paging.AfterNumber is null || one.Seat!.Place > paging.AfterNumber).Take(paging.Limit + 1).ToList();
        var known = await projects.FindAsync([.. rows.Select(one => one.Project)], cancel);
        return TypedResults.Ok(paging.Page(rows, one => MemberView.Of(one, known.GetValueOrDefault(one.Project)?.Access.FullPath), one => one.Seat!.Place.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ExportAsync(
        long id, InstanceDirectory instances, ICohortStore store, IEnrollmentStore enrollments, IProjectStore projects, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        if (await store.FindAsync(of, id, cancel) is null) return Problems.NotFound($"cohort {id} on {of}");
        var members = await enrollments.MembersAsync(id, cancel);
        var known = await projects.FindAsync([.. members.Select(one => one.Project)], cancel);
        var text = CohortCsv.Write(members, project => known.GetValueOrDefault(project)?.Access.FullPath);
        return TypedResults.File(System.Text.Encoding.UTF8.GetBytes(text), $"{Csv.Type}; charset=utf-8", $"cohort-{id}.csv");
    }

    private static async Task<Results<Ok<CohortImported>, ProblemHttpResult>> ImportAsync(
        long id, CohortImportBody body, ClaimsPrincipal caller, InstanceDirectory instances, ImportCohort import, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (string.IsNullOrWhiteSpace(body.Text)) errors.Add("text", "Needed: lines of CSV below a header such as id,kind,target,until,reason.");
        if (errors.Any) return errors.ToProblem();
        return await import.RunAsync(of, id, body.Text!, caller.Actor(), cancel) switch
        {
            Outcome<CohortImported>.Done { Result: var imported } => TypedResults.Ok(imported),
            Outcome<CohortImported>.Refused { Refusal: var no } => Problems.Of(no),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
    }

    internal static IReadOnlyList<long> Numbers(IEnumerable<ProjectId> projects) => [.. projects.Select(one => one.Number)];
}
