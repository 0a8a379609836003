using Bunit;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Readiness;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Readiness;

public sealed class ReadinessProjectPageTests : IAsyncDisposable
{
    private static readonly Finding Alias = new("R07", Severity.Blocks, "integration-test", 41, "Kubernetes does not accept the name my_db.", "services:\n  - alias: my-db", "https://docs.gitlab.com/ci/services/");
    private static readonly Finding Cache = new("R17", Severity.Info, "lint", 3, "The runner has no shared cache.", "Let the job work without its cache.", null);

    private readonly ReadinessKit kit = new();

    [Fact]
    public void Page_ShowsFindingsByJob_TagsIncludes_AndWhatIsOnlyGoodToKnowFolded()
    {
        Scan(Alias, Cache);

        var page = Read();

        page.Find("h1").TextContent.ShouldBe("1 of 2\u00a0jobs of billing/ledger-api is ready");
        page.Find("section[aria-label=integration-test]").TextContent.ShouldContain("line 41");
        page.Find("details").TextContent.ShouldContain("1\u00a0thing good to know");
        page.FindAll("tbody tr").Select(row => string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ShouldBe(["lint untagged", "integration-test large"]);
        page.Find(".includes").TextContent.ShouldContain("base.yml");
    }

    [Fact]
    public void Finding_SaidToBeAllRight_KeepsWhoWhenAndWhy_AndCanBeTakenBack()
    {
        Scan(Alias);
        kit.Scans.Acknowledged.Add(new(ReadinessKit.Ledger, "R07", "integration-test", new Actor(ActorKind.User, "production/1"), KitContext.Now.AddDays(-1), "we use the second alias"));

        var page = Read();

        var card = page.Find("article.known");
        card.TextContent.ShouldContain("All right, says Mara Lindqvist");
        card.TextContent.ShouldContain("we use the second alias");
        card.QuerySelectorAll("button").Single(one => one.TextContent == "Take back").Click();
        page.WaitForAssertion(() => page.FindAll("article.known").ShouldBeEmpty());
        kit.Audit.Entries.ShouldHaveSingleItem().What.ShouldBe("readiness.acknowledge-back");
    }

    [Fact]
    public async Task Finding_IsSaidToBeAllRight_WithAReason()
    {
        Scan(Alias);
        var page = Read();
        var dialogs = kit.Dialogs;

        page.FindAll("button").Single(one => one.TextContent == "Say it is all right").Click();
        await dialogs.Find("textarea").InputAsync("nothing connects to it");
        await dialogs.FindAll("button").Single(one => one.TextContent == "Say that R07 is all right").ClickAsync();

        page.WaitForAssertion(() => page.Find("article.known").TextContent.ShouldContain("nothing connects to it"));
        kit.Scans.Acknowledged.ShouldHaveSingleItem().By.ShouldBe(new Actor(ActorKind.User, "production/1"));
    }

    [Fact]
    public void LookAgain_ReadsTheFileNow()
    {
        Scan(Alias);
        kit.Scans.Reading = () => new(ScanState.Read, "integration-test: {script: [make]}", null, []);
        var page = Read();

        page.FindAll("button").Single(one => one.TextContent == "Look again").Click();

        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("1 of 1\u00a0job of billing/ledger-api is ready"));
        page.Markup.ShouldContain("Nothing was found");
    }

    [Fact]
    public void LookAgain_WhileGitLabIsAway_KeepsWhatWasFound()
    {
        Scan(Alias);
        kit.Scans.Reading = () => throw new GitLabUnavailableException("GitLab does not answer.");
        var page = Read();

        page.FindAll("button").Single(one => one.TextContent == "Look again").Click();

        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("GitLab does not answer. What was found before stands below."));
        page.FindAll("article.finding").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(ScanState.Invalid, "mapping values are not allowed", "GitLab cannot read this CI file")]
    [InlineData(ScanState.NoFile, null, "This project has no CI file")]
    [InlineData(ScanState.Refused, "403", "The portal may not read this CI file")]
    public void FileThatWasNotRead_SaysWhy(ScanState state, string? problem, string title)
    {
        kit.Scans.Scans.Add(new(ReadinessKit.Ledger, "main", KitContext.Now, state, problem, [], [], []));

        var page = Read();

        page.Markup.ShouldContain(title);
        if (problem is not null) page.Markup.ShouldContain(problem);
    }

    [Fact]
    public void ProjectNotLookedAt_OrNotKnown_SaysSo()
    {
        Read().Markup.ShouldContain("This project has not been looked at yet");
        Read(99).Markup.ShouldContain("Project 99 is not known on production");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private void Scan(params Finding[] findings) => kit.Scans.Scans.Add(new(
        ReadinessKit.Ledger, "main", KitContext.Now.AddHours(-2), ScanState.Read, null, [new("lint", []), new("integration-test", ["large"])], findings, [new("file", "base.yml", "platform/ci")]));

    private IRenderedComponent<ReadinessProjectPage> Read(long id = 7)
    {
        var page = kit.Open<ReadinessProjectPage>($"/readiness/projects/{id}", of => of.Add(one => one.Id, id));
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Reading what was found"));
        return page;
    }
}
