using Bunit;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Cohorts;

public sealed class ProjectChoiceTests : IAsyncDisposable
{
    private readonly KitContext kit = new();

    [Fact]
    public void Choice_TakesWhatAClickCanChange_AndPassesOverWhatTheAddressInvents()
    {
        MyProject[] all = [Mine(1), Mine(2, canStay: true), Mine(3, canTry: false), Mine(4, state: EnrollmentState.Verified), Mine(5, state: EnrollmentState.Invited), Mine(6, state: EnrollmentState.Returned), Mine(7, state: EnrollmentState.Waitlisted), Mine(8, state: EnrollmentState.Returning, by: EnrollmentWay.MergeRequest)];

        var choice = ProjectChoice.Of(all, ["2", "6", "7", "8", "3", "4", "99", "x", ""]);

        Numbers(choice.Can).ShouldBe([1, 2, 6]);
        Numbers(choice.Chosen).ShouldBe([2, 6]);
        Numbers(choice.ToTry).ShouldBe([2, 6]);
        Numbers(choice.ToStay).ShouldBe([2]);
        choice.Takes(all[3]).ShouldBeFalse();
    }

    [Fact]
    public void OneAlone_IsNotChosen()
    {
        var choice = ProjectChoice.Of([Mine(1), Mine(4, state: EnrollmentState.Verified)], []);

        Numbers(choice.Can).ShouldBe([1]);
        choice.Takes(choice.Can[0]).ShouldBeFalse();
    }

    [Fact]
    public void Bar_OffersWhatTheChosenCan_WithTheNumbers_AndIsGoneWithoutAny()
    {
        var said = new List<string>();
        Bar(ProjectChoice.Of([Mine(1), Mine(2)], [])).FindAll("section").ShouldBeEmpty();

        var bar = Bar(ProjectChoice.Of([Mine(1), Mine(2, canStay: true), Mine(3)], ["1", "2"]), said: said);
        bar.Find("[role=status]").TextContent.ShouldBe("2\u00a0projects chosen");
        bar.FindAll(".btn").Select(button => button.TextContent.Trim()).ShouldBe(["Try 2", "More time for 1", "Keep 1 on docker", "Choose none"]);
        foreach (var button in bar.FindAll(".btn")) button.Click();
        said.ShouldBe(["try", "stay True", "stay False", "none"]);

        var busy = Bar(ProjectChoice.Of([Mine(1), Mine(2)], ["1", "2"]), done: 1);
        busy.Find("[role=status]").TextContent.ShouldBe("1 of 2 done");
        busy.FindAll(".btn").ShouldAllBe(button => button.HasAttribute("disabled"));
    }

    [Fact]
    public void Results_SayOfEachWhatCameOfIt()
    {
        var list = kit.Render<ManyResultList>(parameters => parameters.Add(one => one.Results,
        [
            new(Id(1), "team/a", new ActSaid(true, "The merge request is open.", "https://gitlab.example/team/a/-/merge_requests/1")),
            new(Id(2), "team/b", new ActSaid(false, "50 merge requests of this kind are open already.", null)),
        ]));

        list.Find("h2").TextContent.ShouldBe("1 of 2\u00a0projects done");
        list.FindAll("li").Select(line => line.TextContent.Contains("not done", StringComparison.Ordinal)).ShouldBe([false, true]);
        list.FindAll("a").ShouldHaveSingleItem().GetAttribute("aria-label").ShouldBe("Open the merge request of team/a");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<ChosenBar> Bar(ProjectChoice choice, int? done = null, List<string>? said = null) => kit.Render<ChosenBar>(parameters => parameters
        .Add(bar => bar.Choice, choice).Add(bar => bar.Busy, done is not null).Add(bar => bar.Done, done).Add(bar => bar.All, 2)
        .Add(bar => bar.OnTry, () => said?.Add("try")).Add(bar => bar.OnStay, forTime => said?.Add($"stay {forTime}")).Add(bar => bar.OnNone, () => said?.Add("none")));

    private static List<long> Numbers(IReadOnlyList<MyProject> all) => [.. all.Select(mine => mine.Project.Id.Number)];

    private static ProjectId Id(long number) => new(PageServices.Production, number);

    private static MyProject Mine(long number, bool canTry = true, bool canStay = false, EnrollmentState? state = null, EnrollmentWay by = EnrollmentWay.Variable)
    {
        MoveOutlook? Outlook(EnrollmentTarget target, bool offered) => offered ? new MoveOutlook(new MovePlan(Id(number), target, []), [new WayOffer(EnrollmentWay.MergeRequest, 1, null)]) : null;
        return new MyProject(
            new OwnProject(Id(number), $"team/app-{number}", "https://gitlab.example/team/app", "main", false), null, null, null, [],
            state is { } at ? new Enrollment(1, Id(number), EnrollmentTarget.Kubernetes, EnrollmentKind.Volunteer, by, at, null, null, Actor.Portal, KitContext.Now, 1) { Original = by == EnrollmentWay.MergeRequest ? new MoveRecord([], null).Write() : null } : null,
            Outlook(EnrollmentTarget.Kubernetes, canTry), Outlook(EnrollmentTarget.Docker, canStay));
    }
}
