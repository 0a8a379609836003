using Bunit;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Readiness;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Readiness;

public sealed class UnansweredPageTests : IAsyncDisposable
{
    private readonly ReadinessKit kit = new();

    [Fact]
    public void Page_ListsThem_MostJobsFirst_AndAsksAtOneClick()
    {
        kit.Predictions.Now = new Predictions(3, [Fails(7, "build", 12.5, "R05"), Fails(8, "net", 40, "R01", "R07"), Fails(9, "build", 90, "R01") with { IsAnswered = true }], 0, 0);
        var page = kit.Open<UnansweredPage>("/readiness/unanswered");

        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("2\u00a0projects with jobs that will fail have not been heard"));
        page.FindAll("tbody tr").Select(row => row.QuerySelector("a")!.GetAttribute("href")).ShouldBe(["readiness/projects/8", "readiness/projects/7"]);
        page.FindAll("tbody tr")[1].TextContent.ShouldContain("not yet");

        var dialogs = kit.Dialogs;
        Ask(page).Single().Click();
        dialogs.WaitForAssertion(() => dialogs.Markup.ShouldContain("A project is asked once a week at most."));
        dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Ask them").Click();

        page.WaitForAssertion(() => page.Markup.ShouldContain("The people of 2\u00a0projects are asked."));
        page.FindAll("tbody tr")[0].TextContent.ShouldContain("Mara Lindqvist, just now");
        Ask(page).ShouldBeEmpty("all were asked within the week");
    }

    [Fact]
    public void Nobody_IsSaid()
    {
        var page = kit.Open<UnansweredPage>("/readiness/unanswered");
        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("Everybody has been heard"));
        page.FindAll("table").ShouldBeEmpty();
    }

    private static IEnumerable<AngleSharp.Dom.IElement> Ask(IRenderedComponent<UnansweredPage> page) => page.FindAll("button").Where(button => button.TextContent.Trim().StartsWith("Ask the people", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private static PredictedFailure Fails(long project, string job, double perDay, params string[] rules) => new(new ProjectId(PageServices.Production, project), TagSet.Empty, job, rules, perDay);
}
