using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Gates;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Gates;

/// <summary>The calendar's page and the card of external gates, over stores in memory.</summary>
public sealed class CalendarPageTests : IAsyncDisposable
{
    private static readonly InstanceId Production = new("production");
    private static readonly Task<AuthenticationState> SignedIn = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(PortalClaims.Token, "7")], "test"))));

    private readonly KitContext kit = new();
    private readonly MemoryFreezes freezes = new();
    private readonly MemoryExternalGates gates = new();

    public CalendarPageTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton<IFreezeStore>(freezes);
        kit.Services.AddSingleton<IFreezeCalendar, PlainCalendar>();
        kit.Services.AddSingleton<ReadFreezes>();
        kit.Services.AddSingleton<ChangeFreezes>();
        kit.Services.AddSingleton<IAuditTrail, NoTrail>();
        kit.Services.AddSingleton<IExternalGateStore>(gates);
        kit.Services.AddSingleton<IPrometheus, Answering>();
        kit.Services.AddSingleton<AskExternalGates>();
        kit.Services.AddSingleton<ChangeExternalGates>();
        // Behind ticks that are not set here.
        kit.Services.AddSingleton(new SetPhasePolicy(null!));
        kit.Services.AddSingleton(new EvaluateGates(null!, null!, null!, null!, [], null!));
    }

    [Fact]
    public void Empty_SaysWhatAWindowIsFor()
    {
        var page = Open();
        page.Find("h1").TextContent.ShouldBe("No freeze window lasts now");
        page.Markup.ShouldContain("No freeze window is set");
    }

    [Fact]
    public void Windows_SayWhatLasts_WhatComes_AndWhatWasEnded()
    {
        freezes.Add(Production, "Audit", KitContext.Now.AddHours(-1), KitContext.Now.AddHours(5));
        freezes.Add(Production, "Release", KitContext.Now.AddDays(3), KitContext.Now.AddDays(4));
        freezes.Add(Production, "Past", KitContext.Now.AddDays(-9), KitContext.Now.AddDays(-8));
        var page = Open();
        page.Find("h1").TextContent.ShouldBe("Frozen until Wed 25 Nov 2026 19:20 UTC: Audit");
        page.FindAll(".ahead li b").Select(one => one.TextContent).ShouldBe(["Audit", "Release"]);
        var lines = page.FindAll(".window");
        lines[0].TextContent.ShouldContain("Now: Wed 25 Nov 2026 13:20 – 19:20, 6 hours (UTC).");
        lines[2].TextContent.ShouldContain("Nothing of it comes in the next 90 days.");
        lines[2].QuerySelectorAll("button").Length.ShouldBe(1, "what is over cannot be ended");
    }

    [Fact]
    public void Headline_NamesEveryWindowThatKeepsItFrozen()
    {
        freezes.Add(Production, "Release", KitContext.Now.AddHours(-1), KitContext.Now.AddHours(1));
        freezes.Add(Production, "Long freeze", KitContext.Now.AddMinutes(-5), KitContext.Now.AddHours(5));
        Open().Find("h1").TextContent.ShouldBe("Frozen until Wed 25 Nov 2026 19:20 UTC: Release, Long freeze");
    }

    [Fact]
    public void Added_ByTheForm_AndEveryMistakeIsSaid()
    {
        var page = Open("?edit=new");
        page.Find("input[maxlength]").Change("Turn of the year");
        page.Find("input[list=zones]").Change("Mars/Olympus");
        page.Find("form").Submit();
        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("timeZone: unknown zone"));
        freezes.All.ShouldBeEmpty();

        page.Find("input[list=zones]").Change("UTC");
        page.Find("form").Submit();
        page.WaitForAssertion(() => page.Markup.ShouldContain("The freeze window Turn of the year is added."));
        freezes.All.ShouldHaveSingleItem().Start.ShouldBe(new DateTime(2026, 11, 26, 18, 0, 0));
    }

    [Fact]
    public void Import_IsAllOrNothing_AndNamesEachBadEvent()
    {
        var page = Open("?edit=import");
        page.Find("textarea").Change("a One 2026-12-01 2026-12-02\nbroken");
        page.Find("form").Submit();
        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("'broken' is no event."));
        freezes.All.ShouldBeEmpty();
        page.Find("textarea").Change("a One 2026-12-01 2026-12-02");
        page.Find("form").Submit();
        page.WaitForAssertion(() => page.Markup.ShouldContain("1 freeze windows were added and 0 written anew."));
    }

    [Fact]
    public async Task ExternalGates_ShowTheirAnswers_AndASecretOnce()
    {
        await gates.AddAsync(new ExternalGate(0, Production, "budget", new PromQuery("https://prometheus.example.org", "sum(up)", PassWhen.AtLeast, 1, 5), false, 0), null, default);
        var card = kit.Render<ExternalGatesCard>(of => of.AddCascadingValue(SignedIn).Add(one => one.Shown, Shown()).Add(one => one.OnChanged, () => Task.CompletedTask));
        card.Find(".line").TextContent.ShouldContain("passes when every sample is at least 1");
        card.Find(".gone").TextContent.ShouldContain("The policy names gone, which is not there any more.");
        card.Find("input[type=checkbox]").HasAttribute("checked").ShouldBeTrue();
        card.Find(".answer").TextContent.ShouldContain("'budget' has no answer: 503.");
        Press(card, "Test the query");
        card.WaitForAssertion(() => card.Find(".answer").TextContent.ShouldContain("Asked now: 'budget' is 2; it must be at least 1."));

        Press(card, "Add an external gate");
        card.Find("input[maxlength]").Change("release");
        card.Find("select").Change("post");
        card.Find("form").Submit();
        card.WaitForAssertion(() => card.Markup.ShouldContain("whsec_"));
        card.Markup.ShouldContain((await gates.SecretAsync(2, default))!);
        card.Markup.ShouldContain("POST /hooks/gates/release?instance=production");
        Press(card, "Add an external gate");
        card.Markup.ShouldNotContain("whsec_");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private static GatesShown Shown()
    {
        var policy = PhasePolicy.Default(Phase.OptIn);
        policy = policy with { Gates = policy.Gates with { External = ["budget", "gone"] } };
        var step = new GateStep("untagged-takeover/1/100", "Kubernetes: one runner", GateStage.Cohort, KitContext.Now.AddDays(-1), KitContext.Now.AddDays(-1));
        var facts = new GateFacts(
            step, KitContext.Now, DateTimeOffset.MinValue, [], new CollectionFacts(0, 0, 0, null), new PendingFacts(0, 0, 0), new TimeFacts(null, null, null, 0), new FallbackFacts(null, 0, 0), new CapacityFacts(0, 0), null)
        {
            External = [new ExternalFacts("budget") { Query = new PromFacts(PassWhen.AtLeast, 1, 0, null, "503.") }, new ExternalFacts("gone")],
        };
        return new GatesShown(GateEvaluation.Of(Production, facts, policy.Gates), facts, policy.Gates, Phase.OptIn, policy);
    }

    private static void Press<T>(IRenderedComponent<T> card, string label) where T : IComponent => card.FindAll("button").First(one => one.TextContent.Trim() == label).Click();

    private IRenderedComponent<CalendarPage> Open(string query = "")
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/calendar" + query);
        return kit.Render<CalendarPage>(of => of.AddCascadingValue(SignedIn));
    }

    private sealed class Answering : IPrometheus
    {
        public Task<PromFacts> AskAsync(PromQuery query, string? token, CancellationToken cancel) => Task.FromResult(new PromFacts(query.Passes, query.Threshold, 1, 2, null));
    }

    private sealed class NoTrail : IAuditTrail
    {
        public Task AppendAsync(AuditEntry entry, CancellationToken cancel) => Task.CompletedTask;

        public async Task<T> ChangeAsync<T>(Func<Task<(T Result, AuditEntry? Entry)>> change, CancellationToken cancel) => (await change()).Result;

        public Task<IReadOnlyList<AuditRecord>> NewestAsync(int limit, long? before, CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool> HasAsync(InstanceId instance, string what, string subject, CancellationToken cancel) => throw new NotSupportedException();

        public Task<AuditVerdict> VerifyAsync(CancellationToken cancel) => throw new NotSupportedException();
    }
}
