namespace MigrationPortal.Domain.Gates;

/// <summary>A rule of the fast roll back: a pure function of recorded facts, asked every few minutes (statistics.md C).</summary>
public abstract class GuardRule
{
    /// <summary>In the order of display; the most drastic act of all decides.</summary>
    public static IReadOnlyList<GuardRule> All { get; } = [new BlackoutRule(), new HourBurstRule(all: false), new HourBurstRule(all: true), new SequenceRule(), new BeforeAfterRule(), new StuckJobsRule()];

    /// <summary>Stable, such as <c>burst</c>.</summary>
    public abstract string Key { get; }

    public abstract string Title { get; }

    /// <summary>What breaches it, with its limits: the end of a sentence that begins with "fires when".</summary>
    public abstract string Limit { get; }

    /// <summary>What it then asks for, in a sentence.</summary>
    public virtual string Asks => "the last step forward is rolled back.";

    /// <summary>Whether a single reading is not enough: it acts when two evaluations in a row are breached.</summary>
    public virtual bool MustPersist => false;

    public abstract GuardReading Read(GuardFacts facts);

    protected GuardReading Says(GuardAct act, string value, string sentence) => new(Key, act, value, sentence);
}

/// <summary>What a rule said at one moment.</summary>
/// <param name="Rule">Its <see cref="GuardRule.Key"/>.</param>
/// <param name="Value">The number that decides, short.</param>
/// <param name="Sentence">With its numbers; can be read alone.</param>
public sealed record GuardReading(string Rule, GuardAct Act, string Value, string Sentence);

/// <summary>In the order of severity.</summary>
public enum GuardAct
{
    None,

    /// <summary>Breached for the first time by a rule that must persist: the next evaluation decides.</summary>
    Watch,

    /// <summary>Alert only.</summary>
    Hold,
    RollBack,
    Evacuate,
}
