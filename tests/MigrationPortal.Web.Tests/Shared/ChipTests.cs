using Bunit;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Tests.Shared;

public sealed class ChipTests : IAsyncDisposable
{
    private readonly KitContext kit = new();

    [Theory]
    [InlineData(VerdictKind.Pass, null, "pass", "pass")]
    [InlineData(VerdictKind.Fail, "halted", "fail", "halted")]
    [InlineData(VerdictKind.Wait, "1 of 2", "wait", "1 of 2")]
    [InlineData(VerdictKind.Unknown, null, "unknown", "unknown")]
    [InlineData(VerdictKind.Attention, "drift", "attention", "drift")]
    public void Verdict_IsIconAndWord_NeverADotAlone(VerdictKind kind, string? word, string css, string shown)
    {
        var chip = kit.Render<VerdictChip>(parameters => parameters.Add(it => it.Kind, kind).Add(it => it.Word, word)).Find(".v");

        chip.ClassList.ShouldContain(css);
        chip.TextContent.Trim().ShouldBe(shown);
        chip.QuerySelector("svg.i").ShouldNotBeNull().InnerHtml.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("kubernetes", "k", "Kubernetes")]
    [InlineData("docker", "d", "docker")]
    [InlineData("docker+machine", "d", "docker+machine")]
    [InlineData("docker-windows", "o", "docker-windows")]
    [InlineData("shell", "o", "shell")]
    [InlineData(null, "o", "not known")]
    public void Executor_HasTheDashOfItsChart(string? name, string key, string word)
    {
        var chip = kit.Render<ExecutorChip>(parameters => parameters.Add(it => it.Executor, name)).Find(".x");

        chip.ClassList.ShouldContain(key);
        chip.TextContent.Trim().ShouldBe(word);
        chip.QuerySelector("path")!.ClassName.ShouldBe(key + "l");
    }

    [Theory]
    [InlineData(TagChange.Added, "added")]
    [InlineData(TagChange.Removed, "removed")]
    public void Tag_Changed_IsAlsoSaid(TagChange change, string said) =>
        kit.Render<TagChip>(parameters => parameters.Add(it => it.Tag, "large").Add(it => it.Change, change)).Find(".seen-only-by-readers").TextContent.Trim().ShouldBe(said);

    [Fact]
    public void Compare_Tags_KeptThenAddedThenRemoved() =>
        PlanDiffRow.Compare(["large", "docker", "xl-old"], ["docker", "large", "k8s-large"])
            .ShouldBe([("docker", TagChange.Kept), ("large", TagChange.Kept), ("k8s-large", TagChange.Added), ("xl-old", TagChange.Removed)]);

    [Fact]
    public void RateTile_NothingFinished_IsUnknownNotZero()
    {
        var tile = kit.Render<RateTile>(parameters => parameters
            .Add(it => it.Executor, "docker").Add(it => it.Failed, 0).Add(it => it.Finished, 0).Add(it => it.Window, "in 60 min"));

        tile.Find(".v.unknown").TextContent.ShouldContain("no data");
        tile.FindAll(".big").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RateTile_IsRedOnlyWhenARuleFired(bool fired) =>
        kit.Render<RateTile>(parameters => parameters
            .Add(it => it.Executor, "kubernetes").Add(it => it.Failed, 41).Add(it => it.Finished, 418).Add(it => it.Window, "in 60 min").Add(it => it.RuleFired, fired))
            .Find(".big").ClassList.Contains("fail").ShouldBe(fired);

    [Fact]
    public void ReadyCells_ManyJobs_OneThatIsNotReadyIsNeverHidden() =>
        kit.Render<ReadyCells>(parameters => parameters.Add(it => it.Ready, 999).Add(it => it.Total, 1000)).FindAll(".no").Count.ShouldBe(1);

    public async ValueTask DisposeAsync() => await kit.DisposeAsync();
}
