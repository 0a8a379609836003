using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <param name="Key">Such as <c>no-worse</c>.</param>
/// <param name="Shadow">Measured and shown; holds nothing.</param>
/// <param name="MoreJobs">While it waits for jobs: about how many more on Kubernetes.</param>
/// <param name="Until">While it waits: when it can be decided, about; the instance's time.</param>
public sealed record GateView(string Key, string Title, string Verdict, string Value, string Sentence, bool Shadow, long? MoreJobs, DateTimeOffset? Until);

/// <summary>All gates of a step as they were read from <paramref name="From"/> to <paramref name="EvaluatedAt"/>.</summary>
/// <param name="Step">Key of the step, such as <c>untagged-takeover/100/50</c>.</param>
/// <param name="Verdict">Of those that count, the worst: pass, wait, unknown or fail. Only pass lets the step through.</param>
public sealed record GatesView(long Id, string Step, string Title, string Verdict, DateTimeOffset From, DateTimeOffset EvaluatedAt, IReadOnlyList<GateView> Gates)
{
    internal static GatesView Of(GateEvaluation one) => new(
        one.Id, one.Step.Key, one.Step.Title, one.Verdict.Word(), one.From, one.Until,
        [.. one.Readings.Select(reading => new GateView(
            reading.Gate, Gate.TitleOf(reading.Gate), reading.Verdict.Word(), reading.Value, reading.Sentence, one.Shadow.Contains(reading.Gate), reading.MoreJobs, reading.Until))]);
}

/// <summary>One gate's verdict over time.</summary>
public sealed record GateHistoryView(long EvaluationId, string Step, string Title, string Verdict, string Value, string Sentence, DateTimeOffset From, DateTimeOffset Until);

/// <summary>An evaluation computed again from its stored evidence.</summary>
/// <param name="Same">Every reading came out as it was stored, to the last character.</param>
public sealed record GateReplayView(long EvaluationId, bool Same, GatesView Stored, GatesView Replayed);

internal static class GateEndpoints
{
    public static void MapGates(this IEndpointRouteBuilder api)
    {
        var gates = api.MapGroup("/gates").WithTags("Gates");
        gates.MapGuard();
        gates.MapReplay();
        gates.MapExternalGates();
        gates.MapGet("", LatestAsync).RequireScope(TokenScope.Read).WithSummary("The gates of the next step, as last read");
        gates.MapPost("/{key}/evaluate", EvaluateAsync).RequireScope(TokenScope.Operate).WithSummary("Reads all gates of the next step now and answers one; key `all` answers them all");
        gates.MapGet("/{key}/history", HistoryAsync).RequireScope(TokenScope.Read).WithSummary("What a gate said and how long, newest first");
        gates.MapGet("/{key}/replay", ReplayAsync).RequireScope(TokenScope.Read).WithSummary("Computes an evaluation again from its stored evidence: `evaluation` says which, by default the latest");
    }

    private static async Task<Results<Ok<GatesView>, ProblemHttpResult>> LatestAsync(InstanceDirectory instances, IGateStore store, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        return await store.LatestAsync(of, cancel) is { } latest ? TypedResults.Ok(GatesView.Of(latest)) : NotRead(of);
    }

    private static async Task<Results<Ok<GatesView>, ProblemHttpResult>> EvaluateAsync(
        string key, InstanceDirectory instances, EvaluateGates evaluate, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        if (!Knows(key)) return Unknown(key);
        if (await evaluate.RunAsync(of, cancel) is not { } now) return Problems.Of(Refusal.Of("no-step", $"No step is ahead of {of}: after an evacuation, and at the end, gates judge nothing."));
        return TypedResults.Ok(GatesView.Of(key == "all" ? now : now with { Readings = [.. now.Readings.Where(reading => reading.Gate == key)] }));
    }

    private static async Task<Results<Ok<PageOf<GateHistoryView>>, ProblemHttpResult>> HistoryAsync(
        string key, InstanceDirectory instances, IGateStore store, string? instance, int? limit, string? cursor, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var paging = Paging.Read(limit, cursor, errors);
        if (errors.Any) return errors.ToProblem();
        if (!Knows(key) || key == "all") return Unknown(key);
        var page = paging.Page(await store.NewestAsync(of, paging.Limit + 1, paging.AfterNumber, cancel), one => one, one => one.Id.ToString(CultureInfo.InvariantCulture));
        return TypedResults.Ok(new PageOf<GateHistoryView>(
            [.. from one in page.Items from reading in one.Readings where reading.Gate == key
                select new GateHistoryView(one.Id, one.Step.Key, one.Step.Title, reading.Verdict.Word(), reading.Value, reading.Sentence, one.From, one.Until)],
            page.NextCursor));
    }

    private static async Task<Results<Ok<GateReplayView>, ProblemHttpResult>> ReplayAsync(
        string key, InstanceDirectory instances, IGateStore store, string? instance, long? evaluation, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (errors.Any) return errors.ToProblem();
        if (!Knows(key)) return Unknown(key);
        var stored = evaluation is { } id ? await store.FindAsync(id, cancel) : await store.LatestAsync(of, cancel);
        if (stored is null || stored.Instance != of) return evaluation is { } asked ? Problems.NotFound($"evaluation {asked} of {of}") : NotRead(of);
        if (await store.EvidenceAsync(stored.Id, cancel) is not var (facts, policy)) return Problems.NotFound($"evidence of evaluation {stored.Id}");
        var again = GateEvaluation.Of(of, facts, policy) with { Id = stored.Id, From = stored.From };
        return TypedResults.Ok(new GateReplayView(stored.Id, again.Readings.SequenceEqual(stored.Readings), View(stored), View(again)));

        GatesView View(GateEvaluation one) => GatesView.Of(key == "all" ? one : one with { Readings = [.. one.Readings.Where(reading => reading.Gate == key)] });
    }

    internal static bool Knows(string key) => key == "all" || Gate.All.Any(gate => gate.Key == key);

    internal static ProblemHttpResult Unknown(string key) => Problems.NotFound($"gate '{key}': there are {string.Join(", ", Gate.All.Select(gate => gate.Key))}");

    private static ProblemHttpResult NotRead(InstanceId of) => Problems.Of(Refusal.Of("gates-not-read", $"The gates of {of} have not been read yet: wait for the first sweep, or POST to /gates/all/evaluate."));
}
