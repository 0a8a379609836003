using Bunit;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Fleet;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Fleet;

public sealed class RunnerPairPartsTests : IAsyncDisposable
{
    private readonly KitContext kit = new();

    [Fact]
    public void Half_WithFaults_SaysEachAndWhatMendsIt()
    {
        var half = new PairHalf(ExecutorFamily.Kubernetes, 7, Runner(), [PairFault.Locked, PairFault.Silent]);

        var card = kit.Render<PairHalfCard>(parameters => parameters.Add(one => one.Title, "Moves to Kubernetes").Add(one => one.Half, half));

        card.Markup.ShouldContain("2\u00a0problems");
        card.FindAll("li").Select(line => line.TextContent).ShouldBe(["It is locked to its own project. Take the lock off in GitLab.", "It has not been in contact for 5 min or more. Look at its process."]);
        card.Find("a").GetAttribute("href").ShouldBe("runners/7");
    }

    [Fact]
    public void EveryFault_HasACodeAndARemedyOfItsOwn()
    {
        var half = new PairHalf(ExecutorFamily.Docker, 7, Runner(), []);
        var faults = Enum.GetValues<PairFault>();

        faults.Select(fault => fault.Code()).Distinct().Count().ShouldBe(faults.Length);
        faults.Select(fault => fault.Sentence(half)).Distinct().Count().ShouldBe(faults.Length);
    }

    [Fact]
    public void Making_ProposesTheTagsThatWereDecidedOn_AndLocksNothing()
    {
        var settings = MigrationSettings.Default(PageServices.Production) with
        {
            FallbackTag = "docker-fallback",
            Translations = new Dictionary<string, string?> { ["large"] = "k8s-large", ["gpu"] = null },
            Decisions = new Dictionary<string, TagDecision> { ["linux"] = TagDecision.Adopt },
        };

        var card = kit.Render<PairMakingCard>(parameters => parameters.Add(one => one.GitLab, "https://gitlab.example").Add(one => one.Settings, settings));

        card.Markup.ShouldContain("tag_list=k8s-default,k8s-large,large,linux ");
        card.Markup.ShouldContain("tag_list=docker-fallback,large,linux ");
        card.Markup.ShouldContain("locked=false");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private static ObservedRunner Runner() => new(
        new RunnerId(PageServices.Production, 7), "pair-kubernetes", RunnerType.Project, new RunnerAttributes(TagSet.Of("k8s-default"), true, false, RunnerAccessLevel.NotProtected), true,
        RunnerStatus.Online, KitContext.Now, KitContext.Now, null, [new RunnerManager("s", Executor.Kubernetes, "18", RunnerStatus.Online, KitContext.Now)], new HashSet<long> { 1 }, new HashSet<long>());
}
