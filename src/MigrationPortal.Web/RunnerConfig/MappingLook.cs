using MigrationPortal.Domain.RunnerConfig.Conversion;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>How what became of a key looks: colour, word, and the sign beside its line.</summary>
public static class MappingLook
{
    public static VerdictKind Kind(KeyMapping mapping) => mapping switch
    {
        KeyMapping.Direct => VerdictKind.Pass,
        KeyMapping.Approximate => VerdictKind.Attention,
        _ => VerdictKind.Fail,
    };

    public static string Word(KeyMapping mapping) => mapping switch
    {
        KeyMapping.Direct => "direct",
        KeyMapping.Approximate => "approximate",
        _ => "impossible",
    };

    /// <summary>Readable without colour.</summary>
    public static string Sign(KeyMapping mapping) => mapping switch
    {
        KeyMapping.Direct => "=",
        KeyMapping.Approximate => "≈",
        _ => "×",
    };
}
