using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>How sure a finding is, in a maintainer's words, and what its rule is called.</summary>
public static class FindingLook
{
    private static readonly Dictionary<string, ReadinessRule> Rules = ReadinessRules.All.ToDictionary(rule => rule.Id, StringComparer.Ordinal);

    public static VerdictKind Kind(Severity severity) => severity switch
    {
        Severity.Blocks => VerdictKind.Fail,
        Severity.Likely => VerdictKind.Attention,
        _ => VerdictKind.Wait,
    };

    public static string Word(Severity severity) => severity switch
    {
        Severity.Blocks => "will fail",
        Severity.Likely => "may fail",
        _ => "good to know",
    };

    /// <summary>The token of its colour in bars.</summary>
    public static string Token(Severity severity) => severity switch
    {
        Severity.Blocks => "fail",
        Severity.Likely => "attention",
        _ => "wait",
    };

    /// <summary>"R07 service alias"; what is wrong with the file itself has no number.</summary>
    public static string Name(string rule) => Rules.TryGetValue(rule, out var known) ? $"{rule} {known.Title}" : Title(rule);

    /// <summary>"service alias".</summary>
    public static string Title(string rule) => Rules.TryGetValue(rule, out var known) ? known.Title : rule switch
    {
        CiProblem.Syntax => "the file cannot be read",
        CiProblem.Limit => "the file is too large",
        CiProblem.Extends => "extends leads nowhere",
        CiProblem.Reference => "!reference leads nowhere",
        _ => rule,
    };

    /// <summary>Where the rule is told; null for what is wrong with the file itself.</summary>
    public static string? Page(string? rule) => rule is not null && Rules.ContainsKey(rule) ? $"readiness/rules#{rule}" : null;
}
