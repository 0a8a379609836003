using MigrationPortal.Domain.Readiness;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>Who is to blame, as a heading.</summary>
public sealed record FailureLook(string Title, VerdictKind Kind, string Word, string Glyph)
{
    public static FailureLook Of(FailureBlame blame) => blame switch
    {
        FailureBlame.Runner => new("The runner, not your code", VerdictKind.Attention, "runner", Glyphs.Server),
        FailureBlame.Code => new("Your code, not the runner", VerdictKind.Wait, "code", Glyphs.File),
        _ => new("Not known yet", VerdictKind.Unknown, "not known", Glyphs.Unknown),
    };
}
