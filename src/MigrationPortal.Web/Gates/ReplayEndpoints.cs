using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Phases;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <param name="Days">How many past days: 1 to 90, by default 30.</param>
/// <param name="Gates">What shall differ from the policy of the phase; nothing is stored.</param>
public sealed record ReplayBody(int? Days, GatePolicyBody? Gates);

/// <param name="Day">Its midnight UTC, at which it began.</param>
/// <param name="Then">What the gate said; of <c>all</c>, what the step's gates said together. Null: that day's step was not judged by this gate, which said nothing.</param>
/// <param name="Now">What it would have said of the same facts under the policy that was asked about; null as <paramref name="Then"/>.</param>
/// <param name="Gates">The gates asked for that judged the step, each with both verdicts; empty where it was not judged.</param>
public sealed record ReplayedDayView(DateOnly Day, string Step, string Title, string? Then, string? Now, IReadOnlyList<ReplayedGateView> Gates)
{
    /// <param name="key">Of a gate, or <c>all</c>.</param>
    internal static ReplayedDayView Of(ReplayedDay day, string key) => new(
        day.Day, day.Then.Step.Key, day.Then.Step.Title, Verdict(day.Then, key), Verdict(day.Now, key),
        [
            .. from now in day.Now.Readings
                join then in day.Then.Readings on now.Gate equals then.Gate
                where key == "all" || now.Gate == key
                select new ReplayedGateView(now.Gate, then.Verdict.Word(), now.Verdict.Word(), now.Sentence),
        ]);

    private static string? Verdict(GateEvaluation said, string key) =>
        key == "all" ? said.Verdict.Word() : said.Readings.FirstOrDefault(reading => reading.Gate == key)?.Verdict.Word();
}

public sealed record ReplayedGateView(string Key, string Then, string Now, string Sentence);

/// <param name="Days">Newest first; days on which the gates were not read are missing.</param>
/// <param name="Changed">Days whose verdict comes out otherwise; a day without both verdicts is none.</param>
public sealed record ReplayView(IReadOnlyList<ReplayedDayView> Days, int Changed)
{
    internal static ReplayView Of(IEnumerable<ReplayedDay> replayed, string key)
    {
        var days = replayed.Select(day => ReplayedDayView.Of(day, key)).ToList();
        return new ReplayView(days, days.Count(day => day is { Then: { } then, Now: { } now } && then != now));
    }
}

internal static class ReplayEndpoints
{
    public const int DefaultDays = 30;

    public static void MapReplay(this RouteGroupBuilder gates) =>
        gates.MapPost("/{key}/replay", ReplayAsync).RequireScope(TokenScope.Read).WithSummary("What a gate, or `all`, would have said on each past day under a policy that differs as the body says, null where the gate did not judge that day's step; stores nothing");

    private static async Task<Results<Ok<ReplayView>, ProblemHttpResult>> ReplayAsync(
        string key, ReplayBody body, InstanceDirectory instances, IMigrationStore migration, ReplayGates replay, string? instance, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        if (body.Days is < 1 or > ReplayGates.MostDays) errors.Add("days", string.Create(CultureInfo.InvariantCulture, $"Must be 1 to {ReplayGates.MostDays}."));
        if (!errors.Any && body.Gates is { } asked)
        {
            // A policy that is wrong for any phase is refused for all: days of several may be among them.
            var settings = await migration.SettingsAsync(of, cancel);
            foreach (var (property, sentence) in Enum.GetValues<Phase>().SelectMany(phase => asked.Edit(settings.PolicyOf(phase).Gates).Problems()).Distinct()) errors.Add(GatePolicyBody.FieldOf(property), sentence);
        }

        if (errors.Any) return errors.ToProblem();
        if (!GateEndpoints.Knows(key)) return GateEndpoints.Unknown(key);
        var days = await replay.RunAsync(of, body.Days ?? DefaultDays, before => body.Gates?.Edit(before) ?? before, cancel);
        return TypedResults.Ok(ReplayView.Of(days, key));
    }
}
