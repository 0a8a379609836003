using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <param name="Kubernetes">GitLab's number of a project runner with the Kubernetes executor.</param>
/// <param name="Docker">GitLab's number of a project runner of the docker family.</param>
public sealed record RunnerPairBody(long? Kubernetes, long? Docker);

/// <param name="Code">Such as <c>locked</c>, <c>paused</c>, <c>no-contact</c>.</param>
public sealed record PairFaultView(string Code, string Sentence);

/// <param name="Faults">Empty when it can serve projects.</param>
public sealed record PairHalfView(long Id, string? Description, IReadOnlyList<string> TagList, bool? RunUntagged, DateTimeOffset? ContactedAt, IReadOnlyList<PairFaultView> Faults);

/// <param name="State">Of its enrollment: <c>moving</c>, <c>moved</c>, <c>verified</c>, <c>returning</c>.</param>
public sealed record PairProjectView(long ProjectId, string FullPath, string Target, string State, DateTimeOffset Since);

/// <param name="Kubernetes">Null: no pair is named, or the fleet was not read yet.</param>
/// <param name="Ready">Both can serve projects.</param>
/// <param name="Projects">That have a runner of the pair, or of a former one.</param>
public sealed record RunnerPairView(PairHalfView? Kubernetes, PairHalfView? Docker, bool Ready, IReadOnlyList<PairProjectView> Projects)
{
    internal static RunnerPairView Of(RunnerPairShown shown) => new(
        Half(shown.Now?.Kubernetes), Half(shown.Now?.Docker), shown.Now is { Kubernetes.IsFit: true, Docker.IsFit: true },
        [.. shown.Projects.Select(one => new PairProjectView(one.Enrollment.Project.Number, one.FullPath, one.Enrollment.Target.Word(), one.Enrollment.State.Word(), one.Enrollment.Since))]);

    private static PairHalfView? Half(PairHalf? half) => half is null ? null : new(
        half.Runner, half.Seen?.Description, [.. half.Seen?.Attributes.Tags ?? TagSet.Empty], half.Seen?.Attributes.RunUntagged, half.Seen?.ContactedAt,
        [.. half.Faults.Select(fault => new PairFaultView(fault.Code(), fault.Sentence(half)))]);
}

/// <summary>Two project runners that move whole projects: named by administrators, assigned by moves.</summary>
internal static class RunnerPairEndpoint
{
    public static void MapRunnerPair(this IEndpointRouteBuilder api)
    {
        var pair = api.MapGroup("/runner-pair").WithTags("Fleet");
        pair.MapGet("", GetAsync).RequireScope(TokenScope.Read).WithSummary("The two runners by which whole projects move, what is wrong with them, and who uses them");
        pair.MapPut("", PutAsync).RequireScope(TokenScope.Admin).WithSummary("Names the two runners; GitLab is asked what they are");
        pair.MapDelete("", DeleteAsync).RequireScope(TokenScope.Admin).WithSummary("No pair any more; projects that have it keep it until they go back");
    }

    private static async Task<Results<Ok<RunnerPairView>, ProblemHttpResult>> GetAsync(InstanceDirectory instances, RunnerPairReading reading, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        return errors.Any ? errors.ToProblem() : TypedResults.Ok(RunnerPairView.Of(await reading.OfAsync(of, cancel)));
    }

    private static async Task<Results<Ok<RunnerPairView>, ProblemHttpResult>> PutAsync(
        RunnerPairBody body, ClaimsPrincipal caller, InstanceDirectory instances, SetRunnerPair set, RunnerPairReading reading, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (body.Kubernetes is not > 0) errors.Add("kubernetes", "Needed: GitLab's number of a project runner with the Kubernetes executor.");
        if (body.Docker is not > 0) errors.Add("docker", "Needed: GitLab's number of a project runner with a docker executor.");
        if (errors.Any) return errors.ToProblem();
        return await SetAsync(of, new RunnerPair(body.Kubernetes!.Value, body.Docker!.Value), caller, set, reading, cancel);
    }

    private static async Task<Results<Ok<RunnerPairView>, ProblemHttpResult>> DeleteAsync(
        ClaimsPrincipal caller, InstanceDirectory instances, SetRunnerPair set, RunnerPairReading reading, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        return errors.Any ? errors.ToProblem() : await SetAsync(of, null, caller, set, reading, cancel);
    }

    private static async Task<Results<Ok<RunnerPairView>, ProblemHttpResult>> SetAsync(InstanceId instance, RunnerPair? pair, ClaimsPrincipal caller, SetRunnerPair set, RunnerPairReading reading, CancellationToken cancel) =>
        await set.RunAsync(instance, pair, caller.Actor(), cancel) is Outcome<PairNow?>.Refused { Refusal: var no } ? Problems.Of(no) : TypedResults.Ok(RunnerPairView.Of(await reading.OfAsync(instance, cancel)));
}
