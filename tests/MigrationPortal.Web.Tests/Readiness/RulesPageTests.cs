using System.Text.RegularExpressions;
using Bunit;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Readiness;

namespace MigrationPortal.Web.Tests.Readiness;

public sealed partial class RulesPageTests : IAsyncDisposable
{
    private readonly ReadinessKit kit = new();

    public RulesPageTests() => kit.Scans.Counts = new(312, 305, 300, 212, 1204, 41, [new("R07", Severity.Blocks, 9, 11)]);

    [Fact]
    public void EveryRule_HasAnAnchor_AndSaysWhatItHits()
    {
        var page = Read(kit);

        page.Find("h1").TextContent.ShouldBe("45 rules say what will not work");
        page.FindAll("article").Select(one => one.Id).ShouldBe(ReadinessRules.All.Select(rule => rule.Id));
        var alias = page.Find("#R07");
        alias.TextContent.ShouldContain("Kubernetes takes only DNS names");
        alias.TextContent.ShouldContain("provided host alias ... is invalid DNS");
        alias.TextContent.ShouldContain("Hits 11\u00a0jobs of 9\u00a0projects here.");
        page.Find("#R05").TextContent.ShouldContain("Hits nothing here.");
    }

    [Fact]
    public void Rule_SaysHowOftenItWasRightHere()
    {
        void Tried(string rule, string job, int failed, int there, int onDocker) => kit.Tried.Tried.Add(new(rule, ReadinessKit.Ledger, job, new Rate(failed, there), new Rate(0, onDocker)));
        foreach (var job in (string[])["a", "b", "c"]) Tried("R07", job, 2, 2, 9);
        Tried("R07", "d", 0, 9, 9);
        Tried("R07", "e", 1, 1, 0);
        Tried("R05", "f", 1, 1, 0);

        var page = Read(kit);

        page.Find("#R07").TextContent.ShouldContain("Right for 3 of 4\u00a0jobs that ran on Kubernetes all the same, 75\u00a0% (30 to 95\u00a0% at 95\u00a0%). 1\u00a0job ran there too seldom to say, or fails on docker too.");
        page.Find("#R05").TextContent.ShouldContain("1\u00a0job ran there too seldom to say");
        page.Find("#R05").TextContent.ShouldNotContain("Right for");
        page.Find("#R06").TextContent.ShouldNotContain("too seldom");
    }

    [Fact]
    public void Anchor_ShowsWhichRuleIsMeant() => Read(kit, "/readiness/rules#R05").FindAll("article.chosen").ShouldHaveSingleItem().Id.ShouldBe("R05");

    [Theory]
    [InlineData("?q=alias", "R07", true)]
    [InlineData("?q=alias", "R02", false)]
    [InlineData("?standing=hits", "R07", true)]
    [InlineData("?standing=hits", "R08", false)]
    [InlineData("?says=info", "R07", false)]
    [InlineData("?standing=off", "R07", false)]
    public void Filters_AreReadFromTheAddress(string query, string rule, bool shown) => (Read(kit, $"/readiness/rules{query}").FindAll($"#{rule}").Count == 1).ShouldBe(shown);

    [Fact]
    public async Task TurnOff_IsConfirmedWithWhatFollows_AndAudited()
    {
        var page = Read(kit);
        var dialogs = kit.Dialogs;

        page.Find("#R07 button").Click();
        dialogs.Markup.ShouldContain("All 312\u00a0projects of production are looked at again");
        dialogs.Markup.ShouldContain("It hits 11\u00a0jobs of 9\u00a0projects now");
        await dialogs.FindAll("button").Single(one => one.TextContent == "Turn R07 off").ClickAsync();

        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("44 of 45 rules are asked, 1 is turned off"));
        page.Find("#R07").TextContent.ShouldContain("turned off");
        kit.Scans.Settings.Off.ShouldBe(["R07"]);
        kit.Audit.Entries.ShouldHaveSingleItem().What.ShouldBe("readiness.settings");
    }

    [Fact]
    public async Task Weight_IsSet_OrLeftAsItWas()
    {
        var page = Read(kit);
        var dialogs = kit.Dialogs;

        page.Find("#R07 select").Change("Info");
        await dialogs.FindAll("button").Single(one => one.TextContent == "Back").ClickAsync();
        kit.Scans.Settings.Weights.ShouldBeEmpty();
        page.Find("#R07 select").Change("Info");
        await dialogs.WaitForElements("button").Single(one => one.TextContent == "Let R07 say \"good to know\"").ClickAsync();

        page.WaitForAssertion(() => page.Find("#R07").TextContent.ShouldContain("By itself it says \"will fail\"."));
        kit.Scans.Settings.Weights.ShouldBe(new Dictionary<string, Severity> { ["R07"] = Severity.Info });
    }

    [Fact]
    public async Task Maintainer_ReadsTheRules_InTheirWords_AndChangesNothing()
    {
        await using var theirs = new ReadinessKit { IsAdmin = false };

        var page = Read(theirs);

        page.FindAll("article button, article select").ShouldBeEmpty();
        page.FindAll("a[href^='readiness?']").ShouldBeEmpty();
        page.FindAll("article").Select(one => one.TextContent).Where(text => Forbidden().IsMatch(text)).ShouldBeEmpty();
    }

    [Fact]
    public void HitsThatCannotBeRead_LeaveTheRulesStanding()
    {
        kit.Scans.Fault = new InvalidOperationException("The database is away.");

        var page = Read(kit);

        page.Find("[role=alert]").TextContent.ShouldContain("The database is away.");
        page.FindAll("article").Count.ShouldBe(45);
        page.Markup.ShouldNotContain("Hits nothing here.");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private static IRenderedComponent<RulesPage> Read(ReadinessKit kit, string address = "/readiness/rules")
    {
        var page = kit.Open<RulesPage>(address);
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Reading what the rules hit"));
        return page;
    }

    [GeneratedRegex(@"\b(executor|cohort|gate|stratum|plan)s?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();
}
