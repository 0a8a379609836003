using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Gates;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Gates;

/// <summary>Who approves the steps out of a phase, set on the page of the gates.</summary>
public sealed class ApprovalPolicyCardTests : IAsyncDisposable
{
    private static readonly InstanceId Production = new("production");
    private static readonly PortalUser Mara = new(new UserId(Production, 1), "mara", "Mara Lindqvist", true, KitContext.Now);
    private static readonly PortalUser Tomas = new(new UserId(Production, 2), "tomas", "Tomas Novak", true, KitContext.Now);

    private readonly KitContext kit = new();
    // After an evacuation no gate is evaluated again, which is not what is looked at here.
    private readonly MemoryMigration migration = new(
        MigrationSettings.Default(Production), new PhaseState(Production, new PhaseReached(Phase.OptIn, null, null, true, KitContext.Now, null, "evacuated"), [], true, null, 0), new Touches());
    private readonly MemoryAudit audit = new();

    public ApprovalPolicyCardTests()
    {
        kit.Services.AddSingleton(new SetPhasePolicy(new ChangeSettings(migration, audit, new Standing())));
        kit.Services.AddSingleton(new EvaluateGates(migration, null!, null!, null!, [], null!));
        kit.Services.AddSingleton<IUserDirectory>(new MemoryUsers([Mara, Tomas]));
        kit.Services.AddSingleton(services => new PeopleNames(services.GetRequiredService<IUserDirectory>(), null!));
    }

    [Fact]
    public void NothingIsAsked_ThenTwoNamedOnes_AndAReference_AreSet()
    {
        var card = Open();
        card.Markup.ShouldContain("No approval is asked for; no change reference is asked for.");
        Button(card, "Set approvals").HasAttribute("disabled").ShouldBeTrue();

        Type(card, "number", "1");
        card.Markup.ShouldContain("also the author's own");
        Add(card, "mara");
        Add(card, "Tomas Novak");
        Add(card, "user:production/77");
        Type(card, "number", "2");
        card.Find("input.mono").Change(@"CHG\d{7}");
        card.Markup.ShouldContain("A plan needs 2 approvals of Mara Lindqvist, Tomas Novak, user 77; a change reference that matches CHG\\d{7} as a whole is asked for.");
        card.FindAll("[role=status]").ShouldBeEmpty();
        card.Find("form").Submit();

        card.WaitForAssertion(() => card.Find("[role=status]").TextContent.ShouldContain("Set"));
        var set = migration.Settings.PolicyOf(Phase.OptIn).Approvals;
        (set.Needed, set.ChangeReference).ShouldBe((2, @"CHG\d{7}"));
        set.Approvers.ShouldBe(["user:production/1", "user:production/2", "user:production/77"]);
        audit.Entries.ShouldHaveSingleItem().What.ShouldBe("phase.policy");
        Button(card, "Set approvals").HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public void WhatIsWrong_IsSaidBelowItsField_WithTheRemedy_AndNothingIsSet()
    {
        var card = Open();
        Add(card, "mara");
        Type(card, "number", "2");
        card.Find("input.mono").Change("CHG(");
        card.Find("form").Submit();

        card.FindAll("[role=alert]").Select(one => one.TextContent).ShouldBe(
            ["1 is named and 2 are needed: name more, or none for whoever may approve.", @"Is not a regular expression: give one such as CHG\d{7}."]);
        card.Find("input.mono").GetAttribute("aria-invalid").ShouldBe("true");
        migration.Settings.PolicyOf(Phase.OptIn).Approvals.ShouldBe(ApprovalPolicy.None);

        Add(card, "tomas");
        card.Find("input.mono").Change("");
        card.FindAll("[role=alert]").ShouldBeEmpty();
        card.Find("p.attention").TextContent.ShouldContain("a plan made by one of them never has 2");
    }

    [Fact]
    public void WhoIsNotKnown_IsNotNamed()
    {
        var card = Open();
        Add(card, "marta");
        card.Find("[role=alert]").TextContent.ShouldContain("No administrator called 'marta' has signed in yet");
        card.FindAll("li").ShouldBeEmpty();
        Add(card, " MARA ");
        Add(card, "user:production/1");
        card.FindAll("li").ShouldHaveSingleItem();
        card.Find("button[aria-label='Take Mara Lindqvist off']").Click();
        card.FindAll("li").ShouldBeEmpty();
    }

    [Fact]
    public void WithoutTheRight_ThePolicyIsReadOnly()
    {
        var card = Open(scope: "read");
        card.Markup.ShouldContain("No approval is asked for");
        card.Markup.ShouldContain("Only an administrator of GitLab changes it.");
        card.FindAll("form, input, button").ShouldBeEmpty();
    }

    [Fact]
    public void ALiveUpdate_LeavesWhatIsTyped_UnlessThePolicyItselfChanged()
    {
        var card = Open();
        Type(card, "number", "3");
        card.Render(of => of.Add(one => one.Shown, Shown(ApprovalPolicy.None)));
        card.Find("input[type=number]").GetAttribute("value").ShouldBe("3");
        card.Render(of => of.Add(one => one.Shown, Shown(new ApprovalPolicy(1, [], null))));
        card.Find("input[type=number]").GetAttribute("value").ShouldBe("1");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<ApprovalPolicyCard> Open(string scope = "admin")
    {
        var identity = new ClaimsIdentity([new Claim(PortalClaims.Token, "7"), new Claim(PortalClaims.Scope, scope)], "test");
        IRenderedComponent<ApprovalPolicyCard>? card = null;
        return card = kit.Render<ApprovalPolicyCard>(of => of.AddCascadingValue(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(identity))))
            .Add(one => one.Shown, Shown(ApprovalPolicy.None))
            .Add(one => one.OnChanged, () => card!.InvokeAsync(() => card!.Render(again => again.Add(one => one.Shown, Shown(migration.Settings.PolicyOf(Phase.OptIn).Approvals))))));
    }

    private static GatesShown Shown(ApprovalPolicy approvals)
    {
        var policy = PhasePolicy.Default(Phase.OptIn) with { Approvals = approvals };
        var step = new GateStep("untagged-takeover/1/100", "Kubernetes: one runner", GateStage.Cohort, KitContext.Now.AddDays(-1), KitContext.Now.AddDays(-1));
        var facts = new GateFacts(
            step, KitContext.Now, DateTimeOffset.MinValue, [], new CollectionFacts(0, 0, 0, null), new PendingFacts(0, 0, 0), new TimeFacts(null, null, null, 0), new FallbackFacts(null, 0, 0), new CapacityFacts(0, 0), null);
        return new GatesShown(GateEvaluation.Of(Production, facts, policy.Gates), facts, policy.Gates, Phase.OptIn, policy);
    }

    private static void Type(IRenderedComponent<ApprovalPolicyCard> card, string type, string text) => card.Find($"input[type={type}]").Change(text);

    private static void Add(IRenderedComponent<ApprovalPolicyCard> card, string who)
    {
        card.Find("input[list]").Change(who);
        Button(card, "Add approver").Click();
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<ApprovalPolicyCard> card, string label) => card.FindAll("button").First(one => one.TextContent.Trim() == label);

    private sealed class Standing : IWorldClock
    {
        public DateTimeOffset Now(InstanceId instance) => KitContext.Now;

        public double Speed(InstanceId instance) => 0;
    }
}
