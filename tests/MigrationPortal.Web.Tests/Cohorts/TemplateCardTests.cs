using Bunit;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.Templates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Cohorts;

public sealed class TemplateCardTests : IAsyncDisposable
{
    private static readonly CiTemplate Template = new(3, PageServices.Production, "platform/ci", "templates/app.yml");

    private readonly KitContext kit = new();

    [Fact]
    public void Card_SaysWhoHangsOnIt_AndWhoIsNotReached()
    {
        var asked = false;
        var card = kit.Render<TemplateCard>(parameters => parameters.Add(one => one.Look, Look()).Add(one => one.OnPreview, () => asked = true));

        card.Markup.ShouldContain("Your template is used by 2\u00a0projects with 31\u00a0jobs a day.");
        card.Markup.ShouldContain("2 of 3 jobs ready");
        card.Markup.ShouldContain("1\u00a0project names a ref of its own and is not reached by a change.");
        card.FindAll(".acts button").ShouldHaveSingleItem().Click();
        asked.ShouldBeTrue();
    }

    [Fact]
    public void Preview_ThatIsOffered_OpensTheMergeRequest_AndTellsEachJobOnce()
    {
        TemplatePlan? moved = null;
        var card = kit.Render<TemplateCard>(parameters => parameters.Add(one => one.Look, Look()).Add(one => one.Preview, Plan(true)).Add(one => one.OnMove, (TemplatePlan plan) => moved = plan));

        card.Find(".preview").TextContent.ShouldContain("2\u00a0jobs of 2\u00a0projects would run on Kubernetes.");
        card.FindAll("tbody tr").Count.ShouldBe(2);
        card.Find("tbody").TextContent.ShouldContain("It is not ready in another project");
        card.Find(".btn.p").TextContent.Trim().ShouldBe("Open the merge request");
        card.Find(".btn.p").Click();
        moved.ShouldNotBeNull();
    }

    [Fact]
    public void Preview_ForAnAdministrator_AsksTheOwner() =>
        kit.Render<TemplateCard>(parameters => parameters.Add(one => one.Look, Look()).Add(one => one.Preview, Plan(true)).Add(one => one.ByPortal, true)).Find(".btn.p").TextContent.Trim().ShouldBe("Ask the owner by merge request");

    [Fact]
    public void Preview_ThatIsNotOffered_SaysWhy_AndHasNoButton()
    {
        var card = kit.Render<TemplateCard>(parameters => parameters.Add(one => one.Look, Look()).Add(one => one.Preview, Plan(false)));

        card.Find(".preview").TextContent.ShouldContain("Its tags come from a variable");
        card.FindAll(".btn.p").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SharedMoveState.Moving, "waits for a merge", true)]
    [InlineData(SharedMoveState.Moved, "moved to Kubernetes", true)]
    [InlineData(SharedMoveState.Returning, "on its way back", false)]
    public void Card_OfAMove_LeadsToItsMergeRequest_AndBack(SharedMoveState state, string word, bool mayGoBack)
    {
        var request = new MoveRecord.Request("migrationportal/x", 7, "https://gitlab.example/platform/ci/-/merge_requests/7");
        var edit = new CiEditRecord(Template.File, new Dictionary<string, string>(), new Dictionary<string, string>(), [], []);
        var move = new TemplateMove(1, Template, new ProjectId(PageServices.Production, 5), state, edit, request, state == SharedMoveState.Returning ? request : null, [1], null, Actor.Portal, KitContext.Now, 1);
        var card = kit.Render<TemplateCard>(parameters => parameters.Add(one => one.Look, Look() with { Move = move }));

        card.Markup.ShouldContain(word);
        card.FindAll("a.btn").Count.ShouldBe(state == SharedMoveState.Moved ? 0 : 1);
        card.Find("button.btn").HasAttribute("disabled").ShouldBe(!mayGoBack);
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private static TemplateLook Look()
    {
        TemplateUse[] uses = [new(new ProjectId(PageServices.Production, 1), "web/a", "main", null), new(new ProjectId(PageServices.Production, 2), "web/b", "main", "v1")];
        return new(new TemplateUses(Template, new ProjectId(PageServices.Production, 5), "main", uses), [new(uses[0], 30.4, 2, 1), new(uses[1], 1, 1, 1)], null);
    }

    private static TemplatePlan Plan(bool offered)
    {
        TemplateJob moves = new("build", ["docker"], ["k8s-default"], TemplateJobKind.Moves, null), stays = new("net", ["docker"], ["docker"], TemplateJobKind.Stays, "It is not ready in another project that includes the file.");
        return offered
            ? new([new(new ProjectId(PageServices.Production, 1), "web/a", [moves, stays]), new(new ProjectId(PageServices.Production, 2), "web/b", [moves])], new CiEditRecord(Template.File, new Dictionary<string, string>(), new Dictionary<string, string>(), [], []), [])
            : new([new(new ProjectId(PageServices.Production, 1), "web/a", [stays])], null, ["Its tags come from a variable: set that of the group or the project instead."]);
    }
}
