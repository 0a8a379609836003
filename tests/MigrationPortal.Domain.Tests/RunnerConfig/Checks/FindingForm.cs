using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Checks;

/// <summary>What holds for every finding.</summary>
internal static class FindingForm
{
    private static readonly HashSet<string> Codes = [.. CheckCodes.All.Select(code => code.Code)];

    public static void Judge(ConfigFinding found, string toml, string where)
    {
        Codes.ShouldContain(found.Code, where);
        found.Line.ShouldBeInRange(1, toml.Split('\n').Length, $"{where} {found}");
        foreach (var text in new[] { found.Message, found.Remedy })
        {
            text.ShouldNotBeNullOrWhiteSpace($"{where} {found}");
            (text[^1] is '.' or '?').ShouldBeTrue($"{where} {found}");
            text.Length.ShouldBeLessThan(1000, where);
        }

        found.Message.EndsWith("..", StringComparison.Ordinal).ShouldBeFalse(found.Message);
    }
}
