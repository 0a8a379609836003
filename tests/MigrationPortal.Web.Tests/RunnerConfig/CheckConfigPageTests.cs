using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Identity;
using MigrationPortal.Web.RunnerConfig;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.RunnerConfig;

public sealed class CheckConfigPageTests : IAsyncDisposable
{
    private const string Good = "listen_address = \":9252\"\n[[runners]]\nurl = \"https://gitlab.example.com\"\ntoken = \"$TOKEN\"\nexecutor = \"kubernetes\"\n[runners.kubernetes.pod_security_context]\nrun_as_group = 1500\n";

    // The check runs off the circuit, and machines that build are slow.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly KitContext kit = new();

    public CheckConfigPageTests() => kit.AddLivePages();

    [Fact]
    public void Findings_StandByHowBadTheyAre_WithLineReasonAndRemedy()
    {
        var page = Check(Good + "[runners.kubernetes.podsecuritycontext]\n");

        page.Find("h2.answer").TextContent.ShouldBe("1\u00a0thing in it does not work");
        page.FindAll("section h2").Select(head => head.TextContent).Where(head => head.Contains("error", StringComparison.Ordinal) || head.Contains("warning", StringComparison.Ordinal) || head.Contains("good to know", StringComparison.Ordinal))
            .Select(head => head.Split('\u00a0')[1]).ShouldBe(["error", "warnings", "things good to know"]);
        var row = page.Find(".rows li");
        row.QuerySelector(".line")!.TextContent.ShouldBe("line 8");
        row.QuerySelector(".key")!.TextContent.ShouldBe("runners[0].kubernetes.podsecuritycontext");
        row.TextContent.ShouldContain("Did you mean pod_security_context?");
        row.TextContent.ShouldContain("Write [runners.kubernetes.pod_security_context].");
    }

    [Fact]
    public void Identity_StandsBelow_WithTheDecidingKey()
    {
        var page = Check(Good, "/runner-config/check?user=1000:7&service=0");

        page.FindAll(".who tbody tr").Select(row => string.Join(" | ", row.Children.Select(cell => cell.TextContent.Trim()))).ShouldBe(
        [
            "build | 1000the job asks for it, and may | 1500pod_security_context.run_as_group",
            "helper | as the image saysnobody else says it | 1500pod_security_context.run_as_group",
            "service | as the image saysnobody else says it | 1500pod_security_context.run_as_group",
            "init-permissions | as the image saysnobody else says it | 1500pod_security_context.run_as_group",
        ]);
        page.FindAll(".warnings li").Count.ShouldBe(2);
        page.Find(".warnings").TextContent.ShouldContain("Overriding group for container \"build\" to \"7\" is not allowed");
    }

    [Fact]
    public void User_LivesInTheAddress_AndIsLookedAtAtOnce()
    {
        var page = Check(Good);

        page.FindAll("input.field")[0].Change("4711");
        page.WaitForAssertion(() => page.Find(".who tbody tr td").TextContent.ShouldStartWith("4711"), Long);
        new Uri(kit.Services.GetRequiredService<NavigationManager>().Uri).PathAndQuery.ShouldBe("/runner-config/check?user=4711");
    }

    [Fact]
    public void Version_LivesInTheAddress_AndOlderRunnersKnowLess()
    {
        var page = Check(Good + "[runners.kubernetes.autoscaler]\nmax_pause_pods = 1\n", "/runner-config/check?version=18.9");

        page.Find(".rows").TextContent.ShouldContain("autoscaler came with gitlab-runner 18.11; 18.9 ignores it in silence");
        page.Find("select").Change("");
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("autoscaler came with"), Long);
    }

    [Fact]
    public void NoToml_IsToldWithItsLine_AndNobodyRunsAsAnything()
    {
        var page = Check("[[runners]]\nname = \"x\"\n[[runners\n");

        page.Find("h2.answer").TextContent.ShouldBe("This is no TOML");
        page.Find(".rows .line").TextContent.ShouldBe("line 3");
        page.FindAll(".who").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "Paste the text of a config.toml first")]
    [InlineData(" \n", "Paste the text of a config.toml first")]
    public void NothingPasted_SaysSo(string text, string said) => Check(text).Find("[role=alert]").TextContent.ShouldContain(said);

    [Fact]
    public void Sample_ShowsWhatIsMeant()
    {
        kit.JSInterop.SetupModule("./portal.js").Mode = JSRuntimeMode.Loose;
        var page = kit.Render<CheckConfigPage>();

        page.FindAll("button").Single(button => button.TextContent == "Begin with a sample").Click();

        page.WaitForAssertion(() => page.Find("h2.answer").TextContent.ShouldEndWith("do not work"), Long);
        page.Find("textarea").GetAttribute("value")!.ShouldContain("podsecuritycontext");
        page.Find(".who").TextContent.ShouldContain("build_container_security_context.run_as_user");
    }

    [Fact]
    public void SeveralRunners_AreNamed()
    {
        var page = Check("[[runners]]\nname = \"one\"\nexecutor = \"kubernetes\"\n[[runners]]\nname = \"two\"\nexecutor = \"kubernetes\"\n");

        page.FindAll(".who").Count.ShouldBe(2);
        page.Markup.ShouldContain("two");
    }

    [Fact]
    public void List_OfNothing_SaysSo() => kit.Render<ConfigFindingList>(of => of.Add(one => one.Findings, [])).Markup.ShouldContain("Nothing was found");

    [Fact]
    public void List_OfVeryMany_ShowsThemByAndBy()
    {
        var list = kit.Render<ConfigFindingList>(of => of.Add(one => one.Findings, [.. Enumerable.Range(1, 120).Select(line => new ConfigFinding("unknown-key", $"a{line}", line, CheckSeverity.Error, "It is.", "Mend it."))]));

        list.FindAll(".rows li").Count.ShouldBe(50);
        list.Find(".more button").Click();
        list.FindAll(".rows li").Count.ShouldBe(100);
        list.Find(".rows .code").GetAttribute("title").ShouldBe("gitlab-runner does not know the key and ignores it in silence.");
    }

    [Fact]
    public void Table_CallsRootByItsName() =>
        kit.Render<IdentityTable>(of => of.Add(one => one.Identity, new PodIdentity([new("build", 0, 0, "runners[0].kubernetes.pod_security_context.run_as_user", "image")], []))).Find("b.root").TextContent.ShouldBe("0 (root)");

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<CheckConfigPage> Check(string text, string address = "/runner-config/check")
    {
        var module = kit.JSInterop.SetupModule("./portal.js");
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<int>("lengthOf", _ => true).SetResult(text.Length);
        module.Setup<IJSStreamReference>("textOf", _ => true).SetResult(new Typed(Encoding.UTF8.GetBytes(text)));
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = kit.Render<CheckConfigPage>();
        page.Find("form").Submit();
        page.WaitForAssertion(() => page.FindAll("h2.answer, [role=alert]").ShouldNotBeEmpty(), Long);
        return page;
    }

    private sealed class Typed(byte[] bytes) : IJSStreamReference
    {
        public long Length => bytes.Length;

        public ValueTask<Stream> OpenReadStreamAsync(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) => ValueTask.FromResult<Stream>(new MemoryStream(bytes));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
