using Bunit;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Readiness;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Readiness;

public sealed class ReadinessPageTests : IAsyncDisposable
{
    private readonly ReadinessKit kit = new();

    public ReadinessPageTests()
    {
        kit.Scans.Counts = new(312, 305, 300, 212, 1204, 41, [new("R02", Severity.Blocks, 20, 26), new("R07", Severity.Blocks, 9, 9), new("R02", Severity.Likely, 1, 2)]);
        kit.Scans.Rows.Add(Row(7, "billing/ledger-api", 10, 1, "R07", "R17"));
        kit.Scans.Rows.Add(Row(8, "web/shop", 4, 0, "R17"));
        kit.Scans.Rows.Add(new(new ProjectId(PageServices.Production, 9), "web/old", KitContext.Now, ScanState.Invalid, "jobs config should contain at least one visible job", 0, 0, 100, []));
    }

    [Fact]
    public void Page_AnswersInItsTitle_WithDenominators()
    {
        var page = Read();

        page.Find("h1").TextContent.ShouldBe("212 of 300\u00a0projects are ready: 41\u00a0jobs of 1,204 will fail");
        page.FindAll(".big").Select(one => one.TextContent).ShouldBe(["305", "212", "41", "5"]);
        page.FindAll("tbody tr").Select(row => row.QuerySelector("a")!.GetAttribute("href")).ShouldBe(["readiness/projects/7", "readiness/projects/8", "readiness/projects/9"]);
        page.FindAll("tbody tr")[0].TextContent.ShouldContain("9 of 10");
        page.FindAll("tbody tr")[2].TextContent.ShouldContain("invalid file");
    }

    [Fact]
    public void Rule_ClickedInTheList_FiltersTheProjects_AndIsInTheAddress()
    {
        var page = Read("/readiness?page=2");
        page.FindAll("li button")[1].Click();

        kit.Address.Query.ShouldBe("?rule=R07");
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(1));
        kit.Scans.Asked.ShouldBe(("R07", null, 51, 0));
        page.Find(".fchip").TextContent.ShouldContain("R07 service alias");
        page.FindAll("li button")[1].GetAttribute("aria-pressed").ShouldBe("true");
    }

    [Fact]
    public void RuleOfTwoKinds_IsOneBar() => Read().FindAll("li button").Select(one => one.TextContent.Trim()).ShouldBe(["R02 the host's docker daemon21, 28", "R07 service alias9, 9"]);

    [Fact]
    public void Pages_AreAddresses_AndAnotherQuestionBeginsAtTheFirst()
    {
        for (var number = 100; number < 160; number++) kit.Scans.Rows.Add(Row(number, $"team/p{number}", 1, 0, "R17"));

        var page = Read("/readiness?q=team&page=2");

        kit.Scans.Asked.ShouldBe((null, "team", 51, 50));
        page.Find(".foot a").GetAttribute("href")!.ShouldEndWith("/readiness?q=team");
        kit.Go("/readiness?q=p1&page=2");
        page.WaitForAssertion(() => kit.Scans.Asked.ShouldBe((null, "p1", 51, 0)));
    }

    [Fact]
    public void NothingPasses_SaysSo_AndLeadsBack()
    {
        var page = Read("/readiness?rule=R44");

        page.Markup.ShouldContain("No project passes these filters");
        page.FindAll("a.btn").ShouldContain(link => link.TextContent == "Clear filters" && link.GetAttribute("href")!.EndsWith("/readiness", StringComparison.Ordinal));
    }

    [Fact]
    public void NothingLookedAt_IsNoZero()
    {
        kit.Scans.Counts = new(312, 0, 0, 0, 0, 0, []);

        var page = Read();

        page.Find("h1").TextContent.ShouldBe("Readiness");
        page.Markup.ShouldContain("None of 312\u00a0projects has been looked at yet");
        page.FindAll(".big").ShouldBeEmpty();
    }

    [Fact]
    public void Unreadable_SaysWhy_AndHowToGoOn()
    {
        kit.Scans.Fault = new InvalidOperationException("The database is away.");

        var page = Read();

        page.Find(".banner").TextContent.ShouldContain("The database is away.");
        kit.Scans.Fault = null;
        page.FindAll("button").Single(one => one.TextContent == "Read again").Click();
        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldStartWith("212 of 300"));
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<ReadinessPage> Read(string address = "/readiness")
    {
        var page = kit.Open<ReadinessPage>(address);
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Reading what was found"));
        return page;
    }

    private static ScannedProject Row(long id, string path, int jobs, int blocked, params string[] rules) =>
        new(new ProjectId(PageServices.Production, id), path, KitContext.Now.AddHours(-1), ScanState.Read, null, jobs, blocked, 100 * (jobs - blocked) / jobs, rules);
}
