using System.Globalization;
using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Plans;

/// <summary>Whose yes counts, and why another does not.</summary>
public sealed class PlanApprovalsCardTests : IAsyncDisposable
{
    private static readonly InstanceId Production = new("production");
    private static readonly PortalUser Mara = new(new UserId(Production, 1), "mara", "Mara Lindqvist", true, KitContext.Now);
    private static readonly PortalUser Tomas = new(new UserId(Production, 2), "tomas", "Tomas Novak", true, KitContext.Now);

    private readonly KitContext kit = new();
    private readonly MemoryApprovals approvals = new();

    public PlanApprovalsCardTests()
    {
        kit.Services.AddSingleton<IApprovalStore>(approvals);
        kit.Services.AddSingleton(new ApprovePlan(null!, approvals, null!, null!));
        kit.Services.AddSingleton<IUserDirectory>(new MemoryUsers([Mara, Tomas]));
        kit.Services.AddSingleton(services => new PeopleNames(services.GetRequiredService<IUserDirectory>(), null!));
    }

    [Theory]
    [InlineData(2, 1, true, "You made this plan: somebody else has to approve it")]
    [InlineData(2, 2, false, "")]
    [InlineData(1, 1, false, "")]
    public void AuthorsOwnYes_CanOnlyBeGivenWhereItCounts(int needed, int signedIn, bool isClosed, string why)
    {
        var button = Open(new ApprovalPolicy(needed, [], null), signedIn).Find("button");
        button.HasAttribute("disabled").ShouldBe(isClosed);
        (button.GetAttribute("title") ?? "").ShouldBe(why);
    }

    [Fact]
    public async Task WhatDoesNotCount_SaysWhy()
    {
        foreach (var user in (PortalUser[])[Mara, Tomas]) await approvals.AddAsync(new PlanApproval(12, PortalClaims.OwnerOf(user.Id), KitContext.Now), Xunit.TestContext.Current.CancellationToken);
        Open(new ApprovalPolicy(2, [], null), 2).Markup.ShouldContain("does not count: the plan's author", Case.Sensitive);
        Open(new ApprovalPolicy(1, [PortalClaims.OwnerOf(Mara.Id).ToString()], null), 2).Markup.ShouldContain("does not count: no approver of this phase", Case.Sensitive);
        var all = Open(new ApprovalPolicy(1, [], null), 2);
        all.Markup.ShouldNotContain("does not count");
        all.Find("b").TextContent.ShouldBe("2 of 1.");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    // Mara's plan.
    private IRenderedComponent<PlanApprovalsCard> Open(ApprovalPolicy policy, int signedIn)
    {
        var plan = new Plan(12, Production, "Opt-in", "{}", KitContext.Now, PortalClaims.OwnerOf(Mara.Id), "f00d", [], new BlastRadius(TimeWindow.Last(TimeSpan.FromDays(7), KitContext.Now), 0, 1, []), [], []);
        var identity = new ClaimsIdentity([new Claim(PortalClaims.Instance, Production.Name), new Claim(ClaimTypes.NameIdentifier, signedIn.ToString(CultureInfo.InvariantCulture))], "test");
        return kit.Render<PlanApprovalsCard>(of => of.AddCascadingValue(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(identity)))).Add(one => one.Plan, plan).Add(one => one.Asked, policy));
    }
}
