using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>How bad a finding of a configuration is, as a colour and in words.</summary>
public static class ConfigFindingLook
{
    public static VerdictKind Kind(CheckSeverity severity) => severity switch
    {
        CheckSeverity.Error => VerdictKind.Fail,
        CheckSeverity.Warning => VerdictKind.Attention,
        _ => VerdictKind.Wait,
    };

    public static string Word(CheckSeverity severity) => severity switch
    {
        CheckSeverity.Error => "error",
        CheckSeverity.Warning => "warning",
        _ => "good to know",
    };

    /// <summary>"2 errors", "1 warning", "9 things good to know".</summary>
    public static string Count(CheckSeverity severity, int count) => severity == CheckSeverity.Info ? $"{Words.Count(count, "thing")} good to know" : Words.Count(count, Word(severity));

    /// <summary>What the findings of one severity have in common.</summary>
    public static string Says(CheckSeverity severity) => severity switch
    {
        CheckSeverity.Error => "The file will not load, the pod is refused, or what is written has no effect.",
        CheckSeverity.Warning => "It works, and probably not as it is meant.",
        _ => "Nothing to mend, unless you want it otherwise.",
    };
}
