using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <param name="Seed">With it anyone draws the same: of each day's failed first attempts on managed runners the lowest by HMAC-SHA256 (key: the seed; message: log-sample:instance:job).</param>
/// <param name="Until">Not this day any more. UTC.</param>
public sealed record LogSampleView(string Seed, DateOnly From, DateOnly Until, IReadOnlyList<SampleDay> Days, IReadOnlyList<LogSampleRow> Items);

/// <param name="Kind">What GitLab's own reason calls these failures.</param>
/// <param name="Drawn">Jobs of the sample.</param>
/// <param name="Read">Of those, with a log that could be read: the next three add up to it.</param>
/// <param name="Runner">Whose log blames the runner.</param>
/// <param name="RunnerLow">95 % Wilson limits of runner of read, as fractions; null while none is read.</param>
public sealed record LogSampleRow(
    ExecutorFamily Executor, FailureKind Kind, long Drawn, long Read, long Runner, long Code, long Unknown, double? RunnerLow, double? RunnerHigh, double? CodeLow, double? CodeHigh)
{
    internal static LogSampleRow Of(SampleFinding one) => new(
        one.Executor, one.Kind, one.Drawn, one.Read, one.Runner, one.Code, one.Unknown, one.RunnerShare?.Low, one.RunnerShare?.High, one.CodeShare?.Low, one.CodeShare?.High);
}

internal static class LogSampleEndpoint
{
    public const int UsualDays = 28;
    public const int MostDays = 180;

    public static void MapLogSample(this IEndpointRouteBuilder insights) => insights.MapGet("/log-sample", GetAsync)
        .WithSummary("What GitLab's reasons call the failures of an equal random sample of both executors, against what their logs say");

    private static async Task<Results<Ok<LogSampleView>, ProblemHttpResult>> GetAsync(InstanceDirectory instances, ILogSamples samples, IWorldClock clock, string? instance, int? days, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (days is < 1 or > MostDays) errors.Add("days", $"Must lie between 1 and {MostDays}.");
        if (errors.Any) return errors.ToProblem();
        var until = DateOnly.FromDateTime(clock.Now(of).UtcDateTime);
        var from = until.AddDays(-(days ?? UsualDays));
        return TypedResults.Ok(new LogSampleView(
            await samples.SeedAsync(of, cancel), from, until, await samples.DaysAsync(of, from, until, cancel), [.. SampleFinding.Of(await samples.CellsAsync(of, from, until, cancel)).Select(LogSampleRow.Of)]));
    }
}
