namespace MigrationPortal.Web.Shared;

/// <summary>How a state looks everywhere: class (colour), icon, and the word where no more exact one is given.</summary>
public sealed record VerdictLook(string Class, string Glyph, string Word)
{
    public static VerdictLook Of(VerdictKind kind) => kind switch
    {
        VerdictKind.Pass => new("pass", Glyphs.Pass, "pass"),
        VerdictKind.Fail => new("fail", Glyphs.Fail, "fail"),
        VerdictKind.Wait => new("wait", Glyphs.Wait, "wait"),
        VerdictKind.Unknown => new("unknown", Glyphs.Unknown, "unknown"),
        VerdictKind.Attention => new("attention", Glyphs.Attention, "attention"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a state that has a colour"),
    };
}
