using System.Globalization;

namespace MigrationPortal.Domain.Gates;

/// <summary>What the portal left in projects, at the moment of the facts: all of it ends before the opt-in tag does.</summary>
/// <param name="Moved">Projects that carry the opt-in.</param>
/// <param name="Blocked">Of <paramref name="Moved"/>, those that something is in the way of.</param>
/// <param name="UnderWay">Projects whose opt-in is being taken out.</param>
/// <param name="Pinned">Projects that ask for docker, which has ended.</param>
/// <param name="Started">An administrator has started it, so that it goes on by itself.</param>
public sealed record GraduationFacts(int Moved, int Blocked, int UnderWay, int Pinned, int Graduated, bool Started)
{
    /// <summary>Something that only people can end.</summary>
    public bool NeedsPeople => Blocked > 0 || Pinned > 0 || (Moved > 0 && !Started);

    public int Left => Moved + UnderWay + Pinned;
}

/// <summary>Graduation is complete: nobody loses a runner when the opt-in tag ends (product.md, Gates: the step to phase 5).</summary>
public sealed class GraduationGate : Gate
{
    public const string Name = "graduation";

    public override string Key => Name;

    public override string Title => "Graduation complete";

    public override bool Judges(GateStage stage) => stage == GateStage.End;

    public override bool Knows(GateFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.Graduation is not null;
    }

    public override GateReading Read(GateFacts facts, GatePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var seen = facts.Graduation!;
        if (seen.Left == 0)
            return seen.Graduated == 0 ? Says(GateVerdict.Pass, "nothing to graduate", "No project carries a change of the portal's.") : Says(GateVerdict.Pass, $"{Number(seen.Graduated)} graduated", $"{Projects(seen.Graduated)} graduated, and none carries a change of the portal's any more.");
        string?[] parts =
        [
            seen.Moved > 0 ? $"{Projects(seen.Moved)} still {(seen.Moved == 1 ? "carries" : "carry")} the opt-in{(seen.Blocked > 0 ? $", {Number(seen.Blocked)} of them with something in the way" : "")}{(seen.Started ? "" : ", and graduation is not started")}" : null,
            seen.UnderWay > 0 ? $"{Projects(seen.UnderWay)} {(seen.UnderWay == 1 ? "is" : "are")} under way" : null,
            seen.Pinned > 0 ? $"{Projects(seen.Pinned)} {(seen.Pinned == 1 ? "is" : "are")} pinned to docker" : null,
        ];
        // What goes on by itself is waited for; what needs people holds.
        return Says(seen.NeedsPeople ? GateVerdict.Fail : GateVerdict.Wait, $"{Number(seen.Left)} left", $"{string.Join("; ", parts.OfType<string>())}.");
    }

    private static string Projects(int count) => $"{Number(count)} {(count == 1 ? "project" : "projects")}";

    private static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
