using CsCheck;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Tests.Shared;
using static MigrationPortal.Domain.Tests.Cohorts.CohortWorld;

namespace MigrationPortal.Domain.Tests.Cohorts;

public class CohortCsvTests
{
    private const string Letters = "=+-@'\",\n\r; at\t";
    private static readonly Candidate[] Projects = [Candidate(1), Candidate(2), Candidate(3)];

    [Theory]
    [InlineData("id,kind,target,until,reason\r\n1,volunteer,docker,2026-12-31,\"waits for, well, \"\"them\"\"\"\r\n")]
    [InlineData("\uFEFFreason,until,target,kind,id\n\"waits for, well, \"\"them\"\"\",2026-12-31T00:00:00Z,Docker,VOLUNTEER,1")]
    [InlineData("path,kind,target,until,reason,state\rTeam/App-1/,volunteer,docker,2026-12-31T01:00:00+01:00,\"waits for, well, \"\"them\"\"\",moved\r")]
    public void Lines_AreRead_HoweverTheyAreWritten(string text)
    {
        var (lines, problems) = CohortCsv.Read(text, Projects, Make.Now);
        problems.ShouldBeEmpty();
        lines.ShouldHaveSingleItem().ShouldBe(new CohortLine(2, Id(1), "team/app-1", EnrollmentKind.Volunteer, EnrollmentTarget.Docker, new(2026, 12, 31, 0, 0, 0, TimeSpan.Zero), "waits for, well, \"them\""));
    }

    [Fact]
    public void EmptyCells_AreHandPicked_ForKubernetes() =>
        CohortCsv.Read("id,kind\r\n2,", Projects, Make.Now).Lines.ShouldBe([new CohortLine(2, Id(2), "team/app-2", EnrollmentKind.HandPicked, EnrollmentTarget.Kubernetes, null, null)]);

    [Fact]
    public void EveryBadLine_IsNamed_WithTheRemedy()
    {
        var (_, problems) = CohortCsv.Read(
            "id,path,kind,target,until,reason\n1,,,,,\n9,,,,,\n,team/none,,,,\n1,team/app-2,,,,\n,,,,,\n2,,robot,vm,,\n3,,,docker,soon,\n3,,,kubernetes,2026-12-31,\n3,,,docker,2026-01-01,\n1,,,,,twice\n2,a,b\n\"2\n\",,,,,x\n", Projects, Make.Now);
        problems.ShouldBe([
            "Line 3: there is no project 9: take the number from the project's page in GitLab.",
            "Line 4: there is no project 'team/none': take the full path from its address, such as data/etl.",
            "Line 5: project 1 is team/app-1 and not 'team/app-2': leave one of them empty.",
            "Line 6: names no project: give its id or its path.",
            "Line 7: 'robot' is no kind. Use random, volunteer, hand-picked, carried.",
            "Line 7: 'vm' is no target. Use kubernetes, docker, default.",
            "Line 8: 'soon' is no time. Write ISO 8601 in UTC, such as 2026-12-31 or 2026-12-31T18:00:00Z.",
            "Line 9: only the target docker has an end: leave until empty.",
            "Line 9: team/app-3 stands in line 8 already: keep one.",
            "Line 10: until 2026-01-01 is over: give a later time, or leave the line out.",
            "Line 10: team/app-3 stands in line 8 already: keep one.",
            "Line 11: team/app-1 stands in line 2 already: keep one.",
            "Line 12: has 3 cells where the header has 6: quote cells that hold a comma.",
            "Line 13: team/app-2 stands in line 7 already: keep one.",
        ]);
    }

    [Theory]
    [InlineData("", "The text is empty: begin with the line id,path,kind,target,until,reason.")]
    [InlineData("id;kind;target\n1;;", "Line 1: the columns are separated by semicolons, as spreadsheets of some countries save them: save it with commas.")]
    [InlineData("kind\nrandom", "Line 1: needed is a column id or path.")]
    [InlineData("id,id\n1,1", "Line 1: the column 'id' is there twice: keep one.")]
    [InlineData("id,owner\n1,me", "Line 1: the column 'owner' is not known. Use id, path, kind, target, until, reason.")]
    [InlineData("id,reason\n1,\"open", "Line 2: a quote is never closed: end the cell with \", and double those within it.")]
    public void Text_ThatIsNone_SaysWhy(string text, string why)
    {
        var (lines, problems) = CohortCsv.Read(text, Projects, Make.Now);
        problems.ShouldHaveSingleItem().ShouldBe(why);
        lines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("'=1+1", "''=1+1")]
    [InlineData("-1", "'-1")]
    [InlineData("'twas", "'twas")]
    [InlineData("@a,b", "\"'@a,b\"")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    [InlineData(null, "")]
    public void Cell_IsNoFormula(string? text, string cell) => CsvText.Cell(text).ShouldBe(cell);

    [Fact]
    public void Cells_WrittenAndRead_AreTheSame() => Always.Holds(
        Gen.OneOf(Gen.Int[0, Letters.Length - 1].Array[0, 8].Select(picked => string.Concat(picked.Select(at => Letters[at]))), Gen.String).Array[1, 5], 300, cells =>
        {
            var text = string.Join(',', cells.Select(CsvText.Cell)) + "\r\n" + string.Join(',', cells.Select(CsvText.Cell));
            var rows = CsvText.Read(text, out var open);
            open.ShouldBeNull();
            if (cells is [""]) return;
            rows.Count.ShouldBe(2);
            // A text may begin with what else is a byte order mark.
            foreach (var row in rows.Skip(1)) row.Cells.Select(CsvText.Plain).ShouldBe(cells);
            rows.SelectMany(row => row.Cells).Where(cell => cell.Length > 0).ShouldAllBe(cell => !"=+-@\t\r".Contains(cell[0]));
        });

    [Fact]
    public void Export_ReadAgain_IsTheSameCohort()
    {
        Enrollment[] members =
        [
            new(5, Id(1), EnrollmentTarget.Kubernetes, EnrollmentKind.Random, null, EnrollmentState.Invited, null, "=cmd|' /C calc'!A0", Make.Admin, Make.Now, 1) { Seat = new(1, 1, null, new(Id(1), ActivityStratum.Busy, new HashSet<long>()), null) },
            new(6, Id(3), EnrollmentTarget.Docker, EnrollmentKind.HandPicked, null, EnrollmentState.Verified, Make.Now.AddDays(3), "more time,\r\n\"please\"", Make.Admin, Make.Now, 4),
        ];
        var text = CohortCsv.Write(members, id => $"team/app-{id.Number}");
        text.ShouldStartWith("id,path,kind,target,until,reason,place,state,stratum,changedAt\r\n1,team/app-1,random,kubernetes,,'=cmd|' /C calc'!A0,1,invited,busy,2026-11-23T12:00:00Z\r\n");
        var (lines, problems) = CohortCsv.Read(text, Projects, Make.Now);
        problems.ShouldBeEmpty();
        lines.Select(one => (one.Project, one.Kind, one.Target, one.Until, one.Reason)).ShouldBe(members.Select(one => (one.Project, one.Kind, one.Target, one.Until, one.Reason)));
    }
}
