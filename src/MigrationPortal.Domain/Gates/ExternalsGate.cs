using System.Globalization;

namespace MigrationPortal.Domain.Gates;

/// <summary>The external gates that the phase's policy names, as one: the worst of them (product.md, Gates). No answer is unknown, which holds.</summary>
public sealed class ExternalsGate : Gate
{
    public const string Name = "external";

    public override string Key => Name;

    public override string Title => "External";

    public override bool Judges(GateStage stage) => true;

    public override bool Knows(GateFacts facts) => facts.External is not null;

    public override GateReading Read(GateFacts facts, GatePolicy policy)
    {
        var answers = facts.External!.Select(one => Of(one, facts.At)).ToList();
        if (answers.Count == 0) return Says(GateVerdict.Pass, "none asked", "The policy names no external gate.");
        var worst = answers.Min(one => one.Verdict);
        var value = answers.Count == 1 ? answers[0].Value : $"{answers.Count(one => one.Verdict == GateVerdict.Pass)} of {answers.Count} pass";
        // Bad news first; what passes is only told when all do.
        var told = answers.OrderBy(one => one.Verdict).Where(one => worst == GateVerdict.Pass || one.Verdict != GateVerdict.Pass).Select(one => one.Sentence);
        return Says(worst, value, string.Join(" ", told));
    }

    /// <summary>One of them alone.</summary>
    public static (GateVerdict Verdict, string Value, string Sentence) Of(ExternalFacts facts, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts switch
        {
            { Query: { } query } => OfQuery(facts.Name, query),
            { Post: { } post } => OfPost(facts.Name, post, at),
            _ => (GateVerdict.Unknown, "gone", $"There is no external gate '{facts.Name}' any more: take it out of the policy, or add it again."),
        };
    }

    private static (GateVerdict, string, string) OfQuery(string name, PromFacts query)
    {
        if (query.Trouble is { } trouble) return (GateVerdict.Unknown, "no answer", $"'{name}' has no answer: {trouble}");
        if (query.Series == 0) return (GateVerdict.Unknown, "empty answer", $"'{name}' has an empty answer: the query finds no series.");
        if (query.Worst is not { } worst) return (GateVerdict.Unknown, "no number", $"'{name}' answers what is no number (NaN).");
        var (passes, words) = query.Passes switch
        {
            PassWhen.Below => (worst < query.Threshold, "below"),
            PassWhen.AtMost => (worst <= query.Threshold, "at most"),
            PassWhen.AtLeast => (worst >= query.Threshold, "at least"),
            _ => (worst > query.Threshold, "above"),
        };
        var value = $"{Number(worst)}, must be {words} {Number(query.Threshold)}";
        var of = query.Series == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", the worst of {query.Series} series");
        return (passes ? GateVerdict.Pass : GateVerdict.Fail, value, $"'{name}' is {Number(worst)}{of}; it must be {words} {Number(query.Threshold)}.");
    }

    private static (GateVerdict, string, string) OfPost(string name, PostFacts post, DateTimeOffset at)
    {
        if (post is not { Verdict: { } verdict, ExpiresAt: { } expires }) return (GateVerdict.Unknown, "no answer yet", $"'{name}' has not answered yet.");
        var said = post.Sentence.Length == 0 ? "." : $": {post.Sentence}";
        if (at >= expires) return (GateVerdict.Unknown, "expired", $"The last answer of '{name}', {verdict.Word()}, ended {CalendarGate.Stamp(expires)} UTC{said}");
        return (verdict, $"{verdict.Word()} until {CalendarGate.Stamp(expires)}", $"'{name}' says {verdict.Word()}{said}");
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
