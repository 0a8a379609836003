using System.Globalization;

namespace MigrationPortal.Domain.Cohorts.Pins;

/// <summary>What is said of a pin, to admins and to the project's people alike.</summary>
public static class PinWords
{
    public static string Ends(string path, DateTimeOffset until, MigrationFacts known) =>
        $"{path} stays on docker until {Day(until)}; then that change is taken out{Then(known)}. More time is an administrator's to give.";

    public static string Over(string path, DateTimeOffset until, bool byHand, MigrationFacts known) =>
        $"The time of {path} on docker is over since {Day(until)}: {(byHand ? "the portal takes the change out" : "its people take the change out")}{Then(known)}.";

    public static string Lost(string path, string why, MigrationFacts known) =>
        $"{path} is not kept on docker any more: {why}{(Moves(known) ? ". Its jobs without tags run on Kubernetes" : "")}. Pin it again, or let it move.";

    /// <summary>What becomes of it.</summary>
    public static string Fate(Pin pin, MigrationFacts known, bool byHand, DateTimeOffset now)
    {
        if (pin.Enrollment is not { Until: { } until }) return "It has no end: it stays until its people take the change out, or docker ends for everybody.";
        var who = byHand ? "the portal takes the change out" : "its people have to take the change out";
        if (!pin.IsOver(now)) return $"After {Day(until)} {who}{Then(known)}.";
        return pin.Enrollment.Since > until ? "Its people, or GitLab, said no to taking the change out: it is not tried again before it has another end." : $"Its time is over: {who}{Then(known)}.";
    }

    // Taken out before the takeover, the jobs stay where they are for now.
    private static string Then(MigrationFacts known) => Moves(known) ? ", and its jobs run on Kubernetes" : "";

    internal static bool Moves(MigrationFacts known) => known is { Phase: >= 2, Evacuated: false };

    internal static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
