using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>A job name of a project that fails more often on Kubernetes, since most of its jobs run there, than on docker before.</summary>
/// <param name="BeforeFinished">Here and in the other counts: first attempts, and jobs whose attempt is not known.</param>
/// <param name="Compared">How many job names were looked at, this one among them.</param>
/// <param name="ByChance">How many of those would be listed at most although nothing changed.</param>
/// <param name="Low">Lower limit of the rise of the failure rate (Newcombe), as a fraction.</param>
/// <param name="BesideFailed">On docker since the move, where it still ran there.</param>
/// <param name="BesideLow">Lower limit of the rise against docker at the same time; null where docker ran none.</param>
/// <param name="BeforeMedianSeconds">Run time of those that succeeded.</param>
public sealed record RegressionView(
    long ProjectId, string? ProjectPath, string Name, DateOnly MovedOn, long BeforeFailed, long BeforeFinished, long AfterFailed, long AfterFinished,
    double Rise, double Low, double High, long BesideFailed, long BesideFinished, double? BesideLow, double? BesideHigh,
    double? BeforeMedianSeconds, double? AfterMedianSeconds, long Compared, double ByChance);

internal static class RegressionEndpoint
{
    public static readonly (string Word, FailureKind Value)[] Kinds =
        [("all", FailureKind.None), ("infrastructure", FailureKind.Infrastructure), ("script", FailureKind.Script), ("timeout", FailureKind.Timeout)];

    public static readonly (string Word, double Value)[] Confidences = [("0.95", 0.95), ("0.99", 0.99), ("0.999", 0.999)];

    public static void MapRegressions(this IEndpointRouteBuilder insights) => insights.MapGet("/regressions", AnswerAsync).RequireScope(TokenScope.Read)
        .Produces<PointsOf<RegressionView>>(StatusCodes.Status200OK, "application/json", Csv.Type).WithMetadata(new QueryWords(["format"]))
        .WithSummary("Job names that fail more often since their move to Kubernetes, as far as the evidence goes: highest lower limit first. First attempts are compared; retries count on neither side");

    private static async Task<IResult> AnswerAsync(
        HttpContext http, InstanceDirectory instances, IMoveReader reader, string? instance, string? kind, string? confidence, string? project, string? owner, string? q, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var counted = errors.OneOf("kind", kind, Kinds) is { } one && one != FailureKind.None ? one : (FailureKind?)null;
        var level = errors.OneOf("confidence", confidence, Confidences) ?? 0.95;
        long number = 0;
        if (project is not null && !long.TryParse(project, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number))
            errors.Add("project", $"'{project}' is not an id: give the number that GitLab shows.");
        if (errors.Any) return errors.ToProblem();
        var moves = await reader.ReadAsync(new MoveFilter(of, counted, project is null ? null : new ProjectId(of, number), owner, q), cancel);
        var paths = moves.Higher.ToDictionary(row => row.Move, row => row.ProjectPath);
        return Csv.Answer(http, Regressions.Worse(paths.Keys, counted, level).Select(row => View(row, paths[row.Move], counted, moves.Compared, level)).ToList());
    }

    private static RegressionView View(Regression one, string? path, FailureKind? kind, long compared, double confidence)
    {
        var (move, before, after, beside) = (one.Move, one.Move.Before.Rate(kind), one.Move.After.Rate(kind), one.Move.Beside.Rate(kind));
        return new RegressionView(
            move.Project.Number, path, move.Name, move.MovedOn, before.Failed, before.Finished, after.Failed, after.Finished, after.Value!.Value - before.Value!.Value, one.Low, one.High,
            beside.Failed, beside.Finished, one.BesideLow, one.BesideHigh, move.Before.MedianSeconds, move.After.MedianSeconds, compared, Regressions.ByChance(compared, confidence));
    }
}
