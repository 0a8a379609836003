using System.Text.RegularExpressions;
using Bunit;
using MigrationPortal.Web.Readiness;

namespace MigrationPortal.Web.Tests.Readiness;

public sealed partial class CheckPageTests : IAsyncDisposable
{
    private const string TwoJobs =
        """
        include: {project: platform/ci, file: base.yml}
        lint:
          script: [make lint]
        integration-test:
          services:
            - name: postgres:16
              alias: my_db
          script: [make test]
        """;

    private readonly ReadinessKit kit = new() { IsAdmin = false };

    [Fact]
    public void File_WithAJobThatWillFail_SaysHowManyAreReady_WhyAndWhatToPaste()
    {
        var page = Check(TwoJobs);

        page.Find("h2.answer").TextContent.ShouldBe("1 of 2 jobs is ready for Kubernetes");
        page.FindAll(".jobs i.no").Count.ShouldBe(1);
        page.Markup.ShouldContain("integration-test is not yet");
        var finding = page.Find("article.finding");
        finding.TextContent.ShouldContain("will fail");
        finding.TextContent.ShouldContain("line 7");
        finding.TextContent.ShouldContain("Kubernetes does not accept the name my_db");
        finding.QuerySelector("a.rule")!.GetAttribute("href").ShouldBe("readiness/rules#R07");
        finding.QuerySelector("pre")!.TextContent.ShouldBe("services:\n  - name: postgres:16\n    alias: my-db\n");
    }

    [Fact]
    public void Includes_AreNamed_WithWhatToDo()
    {
        var page = Check(TwoJobs);

        page.Markup.ShouldContain("1\u00a0included file is not part of this answer");
        page.Find(".includes").TextContent.ShouldContain("base.yml of platform/ci");
        page.Markup.ShouldContain("merged configuration");
    }

    [Theory]
    [InlineData("test:\n  script: [make]", "The job is ready for Kubernetes")]
    [InlineData("test: [", "The file cannot be read")]
    [InlineData("stages: [test]", "There is no job in this file")]
    [InlineData("a: {script: [make]}\nb: {script: [make]}", "All 2 jobs are ready for Kubernetes")]
    public void Answer_IsTheHeading(string yaml, string heading) => Check(yaml).Find("h2.answer").TextContent.ShouldBe(heading);

    [Fact]
    public void File_ThatIsNoYaml_IsToldWithItsLine()
    {
        var card = Check("test:\n  script: [make\n").Find("article.finding");

        card.TextContent.ShouldContain("the file cannot be read");
        card.TextContent.ShouldContain("line ");
    }

    [Theory]
    [InlineData("", "Paste the text of your CI file first.")]
    [InlineData("  \n ", "Paste the text of your CI file first.")]
    public void NothingPasted_SaysSo(string text, string said) => Check(text).Find("[role=alert]").TextContent.ShouldContain(said);

    [Fact]
    public void File_AboveTheLimit_TellsTheLimit() =>
        Check(new string('#', CheckFileForm.Longest + 1)).Find("[role=alert]").TextContent.ShouldContain("longer than 2,097,152 characters");

    [Fact]
    public void SettingsOfTheInstance_AreThoseOfTheAnswer()
    {
        kit.Scans.Settings = kit.Scans.Settings.With("R07", true, null);

        Check(TwoJobs).Find("h2.answer").TextContent.ShouldBe("All 2 jobs are ready for Kubernetes");
    }

    [Theory]
    [InlineData("ERROR: Job failed: exit code 1", "1", "Your code, not the runner")]
    [InlineData("ERROR: Job failed (system failure): pod \"runner-x\" is disrupted: reason \"DeletionByTaintManager\", message \"Taint manager: deleting due to NoExecute taint\"", "", "The runner, not your code")]
    [InlineData("nothing that tells", "", "Not known yet")]
    public void Log_IsExplained_ByAHeading(string log, string exit, string heading)
    {
        var page = Explain(log, $"/check?tab=explain&exit={exit}");

        page.Find("h2.answer").TextContent.ShouldBe(heading);
        page.Markup.ShouldContain("What to do.");
    }

    [Fact]
    public void Log_ShowsItsDecisiveLines_WithoutSecrets()
    {
        var page = Explain("$ deploy --token=glpat-abcdefghijklmnopqrst\ndeploy failed\nERROR: Job failed: exit code 3", "/check?tab=explain&reason=script_failure");

        page.Find(".verdict pre").TextContent.ShouldContain("exit code 3");
        page.Markup.ShouldNotContain("glpat-abcdefghijklmnopqrst");
    }

    [Fact]
    public void ExitCode_ThatIsNone_IsRefused() => Explain("x", "/check?tab=explain&exit=99999").Find("[role=alert]").TextContent.ShouldContain("from -1 to 32,767");

    [Fact]
    public void WhatIsPasted_NeverStandsInTheAddress()
    {
        Check(TwoJobs);

        kit.Address.PathAndQuery.ShouldBe("/check");
    }

    [Fact]
    public void Words_AreThoseOfMaintainers()
    {
        Forbidden().Matches(Text(Check(TwoJobs))).ShouldBeEmpty();
        Forbidden().Matches(Text(Explain("ERROR: Job failed: exit code 137", "/check?tab=explain"))).ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private static string Text(IRenderedComponent<CheckPage> page) => string.Join(' ', page.Nodes.Select(node => node.TextContent));

    private IRenderedComponent<CheckPage> Check(string text) => Send(text, "/check", "#ci-file", "Checking");

    private IRenderedComponent<CheckPage> Explain(string log, string address) => Send(log, address, "#job-log", "Reading");

    private IRenderedComponent<CheckPage> Send(string text, string address, string field, string busy)
    {
        kit.Type(text);
        var page = kit.Open<CheckPage>(address);
        page.FindAll("form").Single(form => form.QuerySelector(field) is not null).Submit();
        page.WaitForAssertion(() => page.FindAll("button[type=submit]").ShouldAllBe(button => button.TextContent != busy));
        return page;
    }

    [GeneratedRegex(@"\b(executor|cohort|gate|stratum|plan)s?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();
}
