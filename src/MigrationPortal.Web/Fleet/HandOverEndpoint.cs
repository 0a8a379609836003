using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <param name="Id">GitLab's number of the runner.</param>
/// <param name="SystemId">As the host's <c>.runner_system_id</c> holds it; null: no manager was ever seen.</param>
/// <param name="MayGo">Nothing runs there any more, as far as jobs were read since it was paused; false also as long as they were not.</param>
/// <param name="IsUp">Its process still speaks to GitLab.</param>
/// <param name="HasMachines">docker+machine: machines that it made may be left. GitLab does not know them; <c>docker-machine ls</c> on the host does.</param>
/// <param name="GoneAt">When the runner was first missing in GitLab; null: it is there, paused.</param>
public sealed record HandOverView(
    long Id, string Description, string? SystemId, string Executor, string? Version, bool MayGo, bool IsUp, bool HasMachines, long JobsRunning, DateTimeOffset? ContactedAt, DateTimeOffset? LastJobAt, DateTimeOffset? GoneAt);

/// <summary>What a drain leaves to be switched off.</summary>
internal static class HandOverEndpoint
{
    public static void MapHandOver(this IEndpointRouteBuilder api) => api.MapGet("/hand-over", ListAsync).WithTags("Runners").RequireScope(TokenScope.Read)
        .Produces<PointsOf<HandOverView>>(StatusCodes.Status200OK, "application/json", Csv.Type).WithMetadata(new QueryWords(["format"]))
        .WithSummary("Hosts of legacy runners that are paused or deleted, and may be switched off; those first where docker+machine may have left machines");

    private static async Task<IResult> ListAsync(HttpContext http, InstanceDirectory instances, IDrainedRunners drained, IWorldClock clock, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        return Csv.Answer(http, HandOver.Of(await drained.ReadAsync(of, cancel), clock.Now(of)).Select(View).ToList());
    }

    private static HandOverView View(HandOverHost one) => new(
        one.Runner.Number, one.Description, one.SystemId.Length == 0 ? null : one.SystemId, one.Executor.ToString(), one.Version, one.State == HandOverState.Free, one.IsUp, one.HasMachines, one.Running, one.ContactedAt, one.LastJobAt, one.GoneAt);
}
