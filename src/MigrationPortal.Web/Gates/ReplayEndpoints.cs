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
/// <param name="Then">What the gates said.</param>
/// <param name="Now">What they would have said of the same facts under the policy that was asked about.</param>
public sealed record ReplayedDayView(DateOnly Day, string Step, string Title, string Then, string Now, IReadOnlyList<ReplayedGateView> Gates);

public sealed record ReplayedGateView(string Key, string Then, string Now, string Sentence);

/// <param name="Days">Newest first; days on which the gates were not read are missing.</param>
/// <param name="Changed">Days whose verdict comes out otherwise.</param>
public sealed record ReplayView(IReadOnlyList<ReplayedDayView> Days, int Changed);

internal static class ReplayEndpoints
{
    public const int DefaultDays = 30;

    public static void MapReplay(this RouteGroupBuilder gates) =>
        gates.MapPost("/{key}/replay", ReplayAsync).RequireScope(TokenScope.Read).WithSummary("What a gate, or `all`, would have said on each past day under a policy that differs as the body says; stores nothing");

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
        return TypedResults.Ok(new ReplayView([.. days.Select(View)], days.Count(day => day.Then.Verdict != day.Now.Verdict)));

        ReplayedDayView View(ReplayedDay day) => new(
            day.Day, day.Then.Step.Key, day.Then.Step.Title, day.Then.Verdict.Word(), day.Now.Verdict.Word(),
            [
                .. from now in day.Now.Readings
                    join then in day.Then.Readings on now.Gate equals then.Gate
                    where key == "all" || now.Gate == key
                    select new ReplayedGateView(now.Gate, then.Verdict.Word(), now.Verdict.Word(), now.Sentence),
            ]);
    }
}
