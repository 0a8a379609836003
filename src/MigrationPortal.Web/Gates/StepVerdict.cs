using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <summary>The step as a whole, for whoever sees the page for the first time: is it safe, why, and what happens next.</summary>
internal sealed record StepVerdict(string Safe, string Why, string Next)
{
    private const int MostNames = 3;

    public static StepVerdict Of(GateEvaluation evaluation, PhasePolicy policy, bool automationOn)
    {
        var counted = evaluation.Readings.Count(reading => !evaluation.Shadow.Contains(reading.Gate));
        var safe = evaluation.Verdict switch
        {
            GateVerdict.Pass => "It is safe to take this step.",
            GateVerdict.Wait => "Whether this step is safe is not decided yet.",
            GateVerdict.Unknown => "Nobody can tell yet whether this step is safe.",
            _ => "This step is not safe.",
        };
        return new StepVerdict(safe, evaluation.Verdict == GateVerdict.Pass ? $"All {counted} gates that count pass." : WhyOf(evaluation), NextOf(evaluation, policy, automationOn));
    }

    // What else waits does not matter while something fails; beside a gate without an answer it does.
    private static string WhyOf(GateEvaluation evaluation)
    {
        GateVerdict[] told = evaluation.Verdict == GateVerdict.Unknown ? [GateVerdict.Unknown, GateVerdict.Wait] : [evaluation.Verdict];
        return string.Join(' ', told.Select(verdict => Told(verdict, [.. evaluation.Holding.Where(reading => reading.Verdict == verdict).Select(reading => Gate.TitleOf(reading.Gate))])).OfType<string>());
    }

    private static string? Told(GateVerdict verdict, List<string> names)
    {
        if (names.Count == 0) return null;
        var named = string.Join("; ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
        var (one, many) = verdict switch
        {
            GateVerdict.Fail => ("A gate fails", "gates fail"),
            GateVerdict.Wait => ("A gate waits", "gates wait"),
            _ => ("A gate has no answer", "gates have no answer"),
        };
        return names.Count == 1 ? $"{one}: {named}." : $"{names.Count} {many}: {named}.";
    }

    private static string NextOf(GateEvaluation evaluation, PhasePolicy policy, bool automationOn)
    {
        var passes = evaluation.Verdict == GateVerdict.Pass;
        var until = evaluation.Holding.Max(reading => reading.Until) is { } at && at > evaluation.Until ? $", on {Words.Day(at)} at the earliest" : "";
        return policy.Mode switch
        {
            FlipMode.Automatic when !automationOn => "Automation is off, so nothing happens by itself: somebody takes the step under Phases, or switches automation on.",
            FlipMode.Automatic => passes ? "The portal takes it by itself within a quarter of an hour." : $"The portal takes it by itself once all gates pass{until}; they are read every quarter of an hour.",
            FlipMode.Scheduled => $"It is taken when it stands on the schedule{(policy.GatesBind && !passes ? ", and refused then while gates do not pass" : "")}.",
            _ when passes => "Somebody takes it under Phases.",
            _ when policy.GatesBind => $"A plan of it is refused until all gates pass{until}, unless an administrator overrides them by name.",
            _ => $"Somebody takes it under Phases. Gates only advise: who takes it before they pass{(until.Length == 0 ? "" : $"{until},")} is warned.",
        };
    }
}
