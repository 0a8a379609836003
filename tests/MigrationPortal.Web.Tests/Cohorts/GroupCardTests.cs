using Bunit;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Groups;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Cohorts;

public sealed class GroupCardTests : IAsyncDisposable
{
    private static readonly KnownGroup Group = new(new GroupId(PageServices.Production, 101), "web");
    private static readonly MoveTags Tags = new("k8s-default", "docker-fallback", new Dictionary<string, string?>(), new HashSet<string>());

    private readonly KitContext kit = new();

    [Fact]
    public void Card_SaysCountsFirst_AndLeadsToThePreviewOfEachVariable()
    {
        var asked = "";
        var card = kit.Render<GroupCard>(parameters => parameters.Add(one => one.Look, Look()).Add(one => one.OnPreview, (string? variable) => asked = variable ?? ""));

        card.Markup.ShouldContain("2 of 3 jobs ready");
        card.Markup.ShouldContain("RUNNER_TAG</span> leads 3\u00a0jobs of 2\u00a0projects");
        card.FindAll(".line").Count.ShouldBe(2);
        card.Find(".acts button").TextContent.Trim().ShouldBe("See what RUNNER_TAG touches");
        card.Find(".acts button").Click();
        asked.ShouldBe("RUNNER_TAG");
    }

    [Fact]
    public void Card_OfAMovedGroup_OffersTheWayBack()
    {
        GroupMove? back = null;
        var standing = new GroupMove(1, Group.Id, "web", "RUNNER_TAG", SharedMoveState.Moved, new GroupStood(null, true, "k8s-default"), [1, 2], null, Actor.Portal, KitContext.Now, 2);
        var card = kit.Render<GroupCard>(parameters => parameters.Add(one => one.Look, Look() with { Moves = [standing] }).Add(one => one.OnBack, (GroupMove move) => back = move));

        card.Markup.ShouldContain("moved to Kubernetes");
        card.Markup.ShouldContain("0 of 2 seen running there");
        card.Find(".btn.p").TextContent.Trim().ShouldBe("Take it back");
        card.Find(".btn.p").Click();
        back.ShouldBe(standing);
    }

    [Fact]
    public void Card_WithoutAVariable_SaysWhatElseThereIs()
    {
        var card = kit.Render<GroupCard>(parameters => parameters.Add(one => one.Look, Look() with { Variables = [] }));

        card.Markup.ShouldContain("No job here takes its tags from a variable");
        card.FindAll(".acts button").ShouldBeEmpty();
    }

    [Fact]
    public void Card_Searched_ShowsWhatFits_AndSaysWhenNothingDoes()
    {
        kit.Render<GroupCard>(parameters => parameters.Add(one => one.Look, Look()).Add(one => one.Search, "SHOP")).FindAll(".line").ShouldHaveSingleItem();
        var none = kit.Render<GroupCard>(parameters => parameters.Add(one => one.Look, Look()).Add(one => one.Search, "nowhere"));
        none.FindAll(".line").ShouldBeEmpty();
        none.Markup.ShouldContain("No project of this group has \"nowhere\" in its path.");
    }

    [Fact]
    public void Preview_WithAJobInTheWay_NamesIt_AndOffersToSetItsProjectAside()
    {
        IReadOnlyList<(ProjectId Project, string FullPath)> pinned = [];
        var list = kit.Render<GroupPreviewList>(parameters => parameters.Add(one => one.Plan, Plan(blocked: true)).Add(one => one.OnPin, (IReadOnlyList<(ProjectId, string)> projects) => pinned = projects));

        list.Find(".say").TextContent.ShouldContain("1\u00a0thing is in the way.");
        list.Find(".way").TextContent.ShouldContain("web/api: net will not work on Kubernetes");
        list.FindAll(".btn.p").ShouldHaveSingleItem().TextContent.Trim().ShouldBe("Keep 1\u00a0project on docker first");
        list.Find(".btn.p").Click();
        pinned.ShouldHaveSingleItem().FullPath.ShouldBe("web/api");
    }

    [Fact]
    public void Preview_WithNothingInTheWay_MovesTheGroup_AndFoldsJobsPerProject()
    {
        var moved = false;
        var list = kit.Render<GroupPreviewList>(parameters => parameters.Add(one => one.Plan, Plan(blocked: false)).Add(one => one.OnMove, () => moved = true));

        list.Find(".say").TextContent.ShouldContain("3\u00a0jobs of 2\u00a0projects would run on Kubernetes.");
        list.FindAll("details").Count.ShouldBe(2);
        list.Find("details tbody tr").TextContent.ShouldContain("k8s-default");
        list.Find(".btn.p").TextContent.Trim().ShouldBe("Move the group");
        list.Find(".btn.p").Click();
        moved.ShouldBeTrue();
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private static GroupLook Look() => new(Group, [Project(1, "web/api", "build", "net"), Project(2, "web/shop", "build")], [], [new LeadingVariable("RUNNER_TAG", 2, 3)], []);

    private static GroupProjectLook Project(long number, string path, params string[] jobs) => new(
        new ProjectId(PageServices.Production, number), path, null, null,
        new ProjectScan(new ProjectId(PageServices.Production, number), "main", KitContext.Now, ScanState.Read, null, [.. jobs.Select(job => new ScannedJob(job, ["$RUNNER_TAG"]))], [], []), jobs.Contains("net") ? 1 : 0, null);

    private static GroupMovePlan Plan(bool blocked) => GroupMovePlan.Of("RUNNER_TAG", TagSet.Empty, Tags, [Subject(1, "web/api", blocked ? ["net"] : [], "build", "net"), Subject(2, "web/shop", [], "build")]);

    private static GroupSubject Subject(long number, string path, string[] blocked, params string[] jobs) => new(
        new ProjectId(PageServices.Production, number), path, [.. jobs.Select(job => (job, (IReadOnlyList<string>)["$RUNNER_TAG"]))], blocked.ToHashSet(), null, null, set => set == TagSet.Of("k8s-default"));
}
