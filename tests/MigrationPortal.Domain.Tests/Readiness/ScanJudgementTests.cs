using CsCheck;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Readiness;

public sealed class ScanJudgementTests
{
    private static readonly ProjectId Project = new(Make.Production, 7);

    /// <summary>Two jobs: build with the findings, and lint without any.</summary>
    [Theory]
    [InlineData("", "", "", 2, 100)]
    [InlineData("R01:Blocks", "", "R01", 1, 50)]
    [InlineData("R01:Blocks", "R01", "", 2, 100)]
    [InlineData("R07:Blocks R01:Blocks R01:Blocks", "", "R01 R07", 1, 50)]
    [InlineData("R07:Blocks R01:Blocks", "R01", "R07", 1, 50)]
    [InlineData("R30:Likely", "", "", 2, 75)]
    [InlineData("R30:Likely", "R30", "", 2, 100)]
    [InlineData("R01:Blocks R30:Likely", "", "R01", 1, 50)]
    [InlineData("R01:Blocks R30:Likely", "R01", "", 2, 75)]
    [InlineData("R40:Info", "", "", 2, 100)]
    public void Findings_CountUntilSomebodySaysThatTheyAreAllRight(string findings, string said, string rules, int ready, int score)
    {
        var judged = ScanJudgement.Of(Scan(Words(findings).Select(one => one.Split(':')).Select(one => Finding(one[0], Enum.Parse<Severity>(one[1]), "build"))), Words(said).Select(rule => Said(Project, rule, "build")));

        (string.Join(' ', judged.Blocked.SelectMany(job => job.Rules)), judged.Ready, judged.Score, judged.IsBlocked("build")).ShouldBe((rules, ready, score, rules.Length > 0));
    }

    [Fact]
    public void AWordOnAnotherJobOrProject_ChangesNothing()
    {
        var scan = Scan([Finding("R01", Severity.Blocks, "build")]);
        ScanJudgement.Of(scan, [Said(Project, "R01", "lint"), Said(new ProjectId(Make.Production, 8), "R01", "build"), Said(Project, "R02", "build")]).Blocked.ShouldHaveSingleItem().Tags.ShouldBe(["linux"]);
    }

    [Fact]
    public void AFindingOfTheFileAsAWhole_BlocksNoJob() => ScanJudgement.Of(Scan([Finding("R01", Severity.Blocks, null)]), []).Ready.ShouldBe(2);

    /// <summary>More words never make a project less ready, and all of them make it wholly so.</summary>
    [Fact]
    public void EveryWord_MakesItAsReadyOrMore() =>
        Gen.Select(OneOf("R01", "R02", "R30"), OneOf(Severity.Blocks, Severity.Likely, Severity.Info), OneOf("build", "lint")).List[0, 8].Sample(found =>
        {
            var scan = Scan(found.Select(one => Finding(one.Item1, one.Item2, one.Item3)));
            var (said, before) = (new List<Acknowledgement>(), ScanJudgement.Of(scan, []));
            foreach (var one in found)
            {
                said.Add(Said(Project, one.Item1, one.Item3));
                var after = ScanJudgement.Of(scan, said);
                after.Ready.ShouldBeGreaterThanOrEqualTo(before.Ready);
                after.Score.ShouldBeInRange(before.Score, 100);
                before = after;
            }

            (before.Ready, before.Score).ShouldBe((2, 100));
        });

    private static Gen<T> OneOf<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(at => all[at]);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static ProjectScan Scan(IEnumerable<Finding> findings) => new(Project, "main", Make.Now, ScanState.Read, null, [new ScannedJob("build", ["linux"]), new ScannedJob("lint", [])], [.. findings], []);

    private static Finding Finding(string rule, Severity severity, string? job) => new(rule, severity, job, 1, "It fails.", "Mend it.", null);

    private static Acknowledgement Said(ProjectId project, string rule, string job) => new(project, rule, job, Make.Admin, Make.Now, "we know");
}
