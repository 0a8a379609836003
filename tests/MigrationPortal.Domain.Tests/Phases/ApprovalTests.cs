using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public sealed class ApprovalTests
{
    private static readonly Actor Mara = new(ActorKind.User, "production/2");
    private static readonly Actor Tomas = new(ActorKind.User, "production/3");
    private static readonly Actor Tickets = new(ActorKind.Token, "7");

    [Fact]
    public async Task TwoOfThree_TheAuthorsOwnDoesNotCount_TwiceByOneIsOnce()
    {
        var portal = PortalOf(new ApprovalPolicy(2, [Mara.ToString(), Tomas.ToString(), Tickets.ToString()], null));
        var plan = (await portal.Plan.RunAsync(Make.Production, Make.Target(Phase.OptIn), Mara, default)).Result();
        foreach (var who in (Actor[])[Mara, Tomas, Tomas, Make.Admin]) await portal.Approve.RunAsync(plan.Id, who, default);
        var refused = (await portal.Apply.RunAsync(Portal.ApplyAll(plan), default)).Match(_ => null!, refusal => refusal);
        refused.Code.ShouldBe("approvals-missing");
        refused.Reasons[0].ShouldContain("1 of 2 approvals");

        // A ticket system approves by a token of its own.
        await portal.Approve.RunAsync(plan.Id, Tickets, default);
        (await portal.Apply.RunAsync(Portal.ApplyAll(plan), default)).Code().ShouldBe("done");
    }

    [Fact]
    public async Task Approval_EndsWithItsPlan()
    {
        var portal = PortalOf(new ApprovalPolicy(1, [], null));
        var first = (await portal.Plan.RunAsync(Make.Production, Make.Target(Phase.OptIn), Mara, default)).Result();
        await portal.Approve.RunAsync(first.Id, Mara, default);
        var second = (await portal.Plan.RunAsync(Make.Production, Make.Target(Phase.OptIn), Mara, default)).Result();
        (await portal.Apply.RunAsync(Portal.ApplyAll(second), default)).Code().ShouldBe("approvals-missing");
        (await portal.Apply.RunAsync(Portal.ApplyAll(first), default)).Code().ShouldBe("done");
    }

    [Theory]
    [InlineData(null, "change-reference-missing")]
    [InlineData("CHG12", "change-reference-missing")]
    [InlineData("see CHG0012345", "change-reference-missing")] // the whole of it must match
    [InlineData(" CHG0012345 ", "done")]
    public async Task ChangeReference_MustMatchThePattern(string? reference, string code)
    {
        var portal = PortalOf(new ApprovalPolicy(0, [], @"CHG\d{7}"));
        var plan = (await portal.Plan.RunAsync(Make.Production, Make.Target(Phase.OptIn), Mara, default)).Result();
        (await portal.Apply.RunAsync(Portal.ApplyAll(plan) with { ChangeReference = reference }, default)).Code().ShouldBe(code);
    }

    [Fact]
    public async Task TheWayBack_NeedsNoApproval()
    {
        var portal = PortalOf(new ApprovalPolicy(2, [], @"CHG\d{7}"));
        var plan = (await portal.Plan.RunAsync(Make.Production, new PlanTarget.Evacuate(), Mara, default)).Result();
        (await portal.Apply.RunAsync(Portal.ApplyAll(plan), default)).Code().ShouldBe("done");
    }

    [Theory]
    [InlineData(-1, "", null, "Needed")]
    [InlineData(2, "user:production/2", null, "Approvers")]
    [InlineData(2, "user:production/2,user:production/2", null, "Approvers")] // the same one twice is one
    [InlineData(1, "mara", null, "Approvers")]
    [InlineData(1, "user:mara", null, "Approvers")]
    [InlineData(1, "token:ci", null, "Approvers")]
    [InlineData(1, "portal", null, "Approvers")]
    [InlineData(0, "", "CHG(", "ChangeReference")]
    [InlineData(0, "", "CHG)(1", "ChangeReference")]
    [InlineData(0, "", "(?x) CHG # ours", "ChangeReference")] // the rest of the whole would be its remark
    public void WrongPolicy_IsNamed(int needed, string approvers, string? reference, string property) =>
        new ApprovalPolicy(needed, Split(approvers), reference).Problems().ShouldHaveSingleItem().Property.ShouldBe(property);

    [Theory]
    [InlineData(0, "", null)]
    [InlineData(1, "", "also the author's own")]
    [InlineData(1, "user:production/2,token:3", "also the author's own")]
    [InlineData(2, "", null)]
    [InlineData(2, "user:production/2,token:3", "never has 2")]
    [InlineData(2, "user:production/2,token:3,token:4", null)]
    public void Doubt_IsSaid_WhereTheAuthorAloneDecidesOrBlocks(int needed, string approvers, string? says)
    {
        var doubt = new ApprovalPolicy(needed, Split(approvers), null).Doubt;
        if (says is null) doubt.ShouldBeNull();
        else doubt.ShouldNotBeNull().ShouldContain(says);
    }

    [Fact]
    public void APatternThatTakesForEver_AcceptsNothing() => new ApprovalPolicy(0, [], "(a+)+b").Accepts(new string('a', 200)).ShouldBeFalse();

    private static string[] Split(string approvers) => approvers.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static Portal PortalOf(ApprovalPolicy approvals)
    {
        var settings = Make.Settings() with { Policies = new Dictionary<Phase, PhasePolicy> { [Phase.Prepare] = PhasePolicy.Default(Phase.Prepare) with { Approvals = approvals } } };
        return new Portal(new DesireContext(
            Make.Fleet(Make.Legacy(1, "docker-fallback"), Make.Kubernetes(11, "k8s-default")), settings, Make.State(Phase.Prepare), Make.Census(Make.Class(""))));
    }
}
