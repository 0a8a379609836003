using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>A set of projects, drawn by its seed.</summary>
/// <param name="Name">Unique in its instance.</param>
/// <param name="Seed">Public: with it anyone recomputes the draw. Fixed for good.</param>
/// <param name="Percent">Of the eligible projects, 0 to 100: how large it is meant to be.</param>
/// <param name="Excluded">Projects (numbers) that it never takes, with the reason.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record Cohort(
    long Id, InstanceId Instance, string Name, string Seed, decimal Percent, GroupCaps Caps, IReadOnlyDictionary<long, string> Excluded, Actor By, DateTimeOffset At, long Version)
{
    public const int LongestName = 80;
    public const int LongestReason = 2000;

    /// <summary>Everything that is wrong, with its field in the API.</summary>
    public IEnumerable<(string Field, string Sentence)> Problems()
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > LongestName || Name != Name.Trim()) yield return ("name", $"Needed: 1 to {LongestName} characters, without spaces at its ends.");
        if (!KeyedHash.IsSeed(Seed)) yield return ("seed", $"Must be {KeyedHash.ShortestSeed} to {KeyedHash.LongestSeed} letters, digits, hyphens and dots. Leave it out: the portal makes one.");
        if (Percent is < 0 or > 100 || Percent != decimal.Round(Percent, 3)) yield return ("percent", "Must be 0 to 100, with three decimals at most.");
        foreach (var problem in Caps.Problems()) yield return problem;
        foreach (var (project, reason) in Excluded)
            if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason) yield return ("excluded", $"Say why project {project} is left out: 1 to {LongestReason} characters.");
    }
}

/// <summary>Stored by name: never rename one.</summary>
public enum WaveState
{
    Planned,

    /// <summary>Somebody has seen whom it would reach.</summary>
    Previewed,

    /// <summary>Its people are invited.</summary>
    Sent,

    /// <summary>Over, or given up before it was sent; who was invited can still answer.</summary>
    Closed,
}

/// <summary>What a wave waits for. Stored by name: never rename one.</summary>
public enum WaveStart
{
    /// <summary>Somebody sends it.</summary>
    ByHand,

    /// <summary>Its time.</summary>
    AtTime,

    /// <summary>The wave before has baked, and no gate of the next step says that Kubernetes does harm.</summary>
    WhenGatesPass,
}

/// <summary>One enlargement of a cohort.</summary>
/// <param name="Number">Within its cohort, from 1.</param>
/// <param name="Percent">What the cohort grows to.</param>
/// <param name="DueAt">With <see cref="WaveStart.AtTime"/>: when; the instance's time.</param>
public sealed record Wave(
    long Id, long Cohort, int Number, decimal Percent, WaveStart Start, DateTimeOffset? DueAt, WaveState State, DateTimeOffset? SentAt, Actor By, DateTimeOffset At, long Version)
{
    private static readonly Dictionary<WaveState, WaveState[]> Next = new()
    {
        [WaveState.Planned] = [WaveState.Previewed, WaveState.Closed],
        // Seen once more before it is sent.
        [WaveState.Previewed] = [WaveState.Previewed, WaveState.Sent, WaveState.Closed],
        [WaveState.Sent] = [WaveState.Closed],
        [WaveState.Closed] = [],
    };

    public bool Allows(WaveState to) => Next[State].Contains(to);

    /// <summary>What it waits for before the portal sends it by itself, as a sentence.</summary>
    /// <param name="before">The last one that was sent; null: it is the first.</param>
    /// <returns>Null: it is due.</returns>
    public string? WaitsFor(DateTimeOffset now, Wave? before, MigrationFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var baked = before?.SentAt?.AddDays(facts.BakeDays);
        return this switch
        {
            { State: WaveState.Sent or WaveState.Closed } => "Nothing: it is over.",
            { Start: WaveStart.ByHand } => "it is sent by hand.",
            { State: WaveState.Planned } => "Somebody previews it: nobody has seen whom it reaches.",
            _ when !facts.AutomationOn => "Automation is stopped.",
            { Start: WaveStart.AtTime } => now >= DueAt ? null : $"Its time: {DueAt:u}.",
            _ when now < baked => $"The wave before bakes until {baked:u}.",
            _ => facts.Harm.Count == 0 ? null : string.Join(" ", facts.Harm),
        };
    }
}
