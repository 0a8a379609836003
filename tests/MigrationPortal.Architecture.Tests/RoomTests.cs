using System.Text.RegularExpressions;

namespace MigrationPortal.Architecture.Tests;

/// <summary>Which room of the Domain may use which: the table of the architecture, with Shared, Audit and Notices open to all.</summary>
public sealed partial class RoomTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Shared"] = [],
        ["Audit"] = [],
        ["Notices"] = [],
        ["Access"] = [],
        ["Instances"] = [],
        ["Fleet"] = ["Instances"],
        ["Jobs"] = ["Fleet", "Instances"],
        ["RunnerConfig"] = ["Fleet"],
        ["Readiness"] = ["RunnerConfig", "Fleet", "Jobs"],
        ["Insights"] = ["Jobs", "Fleet", "Readiness"],
        ["Plans"] = ["Fleet", "Jobs", "Insights", "Readiness", "Instances"],
        ["Cohorts"] = ["Readiness", "Insights", "Plans", "Jobs", "Fleet", "Instances"],
        ["Gates"] = ["Insights", "Fleet", "Jobs"],
        ["Phases"] = ["Gates", "Plans", "Cohorts", "Insights", "Jobs", "Fleet", "Instances"],
        ["Clusters"] = ["RunnerConfig", "Plans", "Phases", "Fleet", "Instances"],
        ["Footprint"] = ["Shared", "Audit", "Notices", "Access", "Instances", "Fleet", "Jobs", "RunnerConfig", "Readiness", "Insights", "Plans", "Cohorts", "Gates", "Phases", "Clusters"],
    };

    [Fact]
    public void Rooms_AreThoseOfTheTable() =>
        Sources.Of("src/MigrationPortal.Domain", ".cs").Select(one => RoomOf(one.Path)).Distinct().Except(MayUse.Keys).ShouldBeEmpty();

    [Fact]
    public void Rooms_UseOnlyWhatTheyMay()
    {
        var trespasses =
            from file in Sources.Of("src/MigrationPortal.Domain", ".cs")
            let room = RoomOf(file.Path)
            from use in RoomName().Matches(file.Text).Select(match => match.Groups[1].Value).Distinct()
            where MayUse.ContainsKey(use) && use != room && use is not ("Shared" or "Audit" or "Notices") && !MayUse[room].Contains(use)
            select $"{file.Path} uses {use}";

        trespasses.ShouldBeEmpty();
    }

    private static string RoomOf(string path) => path.Split('/')[2];

    [GeneratedRegex(@"\b(?:MigrationPortal\.Domain\.)([A-Z][A-Za-z]+)\b")]
    private static partial Regex RoomName();
}
