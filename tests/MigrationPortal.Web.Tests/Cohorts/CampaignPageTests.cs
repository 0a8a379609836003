using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Cohorts;

/// <summary>The page of the campaign over stores in memory, and what a maintainer reads on their card.</summary>
public sealed class CampaignPageTests : IAsyncDisposable, IStragglerReader, IMoveTags, ICohortFacts, IOwnerAnswers, ILadderReader, IPortalHand
{
    private static readonly DateOnly Yesterday = DateOnly.FromDateTime(KitContext.Now.UtcDateTime).AddDays(-1);
    private readonly KitContext kit = new();
    private readonly MemoryStragglers store = new();
    private readonly MemoryAudit audit = new();
    private readonly List<StragglerPlace> places = [Place(7, "release/1", "schedule"), Place(8, StragglerPlace.MergeRequests, "merge_request_event")];
    private int phase = 3;

    public CampaignPageTests()
    {
        var projects = new MemoryProjects();
        foreach (var (number, path) in ((long, string)[])[(7, "billing/ledger-api"), (8, "web/shop")])
            projects.All[Id(number)] = new ObservedProject(new ProjectAccess(Id(number), path, true, true, new HashSet<long>()), "main", false, KitContext.Now, null, null, KitContext.Now);
        kit.AddLivePages();
        kit.Services.AddSingleton<IStragglerStore>(store).AddSingleton<IStragglerReader>(this).AddSingleton<IMoveTags>(this).AddSingleton<ICohortFacts>(this).AddSingleton<IOwnerAnswers>(this).AddSingleton<ILadderReader>(this).AddSingleton<IPortalHand>(this);
        kit.Services.AddSingleton<IProjectStore>(projects).AddSingleton<IEnrollmentStore>(new MemoryEnrollments()).AddSingleton<IAuditTrail>(audit).AddSingleton<IFleetStore>(new MemoryFleet(new FleetSnapshot(PageServices.Production, KitContext.Now, [])));
        // Nothing here is a branch, so no file is looked at.
        kit.Services.AddSingleton(new LookAtBranch(null!, null!, null!, null!, null!, null!, null!));
        kit.Services.AddSingleton<ReadStragglers>().AddSingleton<ReadCampaign>().AddSingleton<ReadLadder>().AddSingleton<ChooseStragglers>().AddSingleton<PreviewCampaign>().AddSingleton<StartCampaign>().AddSingleton<StragglerSteps>().AddSingleton<ChangeStraggler>();
        kit.Services.AddSingleton(new PeopleNames(new MemoryUsers([new PortalUser(Person(5), "mara", "Mara Lindqvist", false, KitContext.Now)]), null!));
    }

    [Fact]
    public async Task Page_SaysHowFarEachIs_WhomItAsked_AndWhatBecameOfEachBranch()
    {
        await AskedAsync(7, StragglerStage.Asked);
        await AskedAsync(8, StragglerStage.FinalDate, finalAt: KitContext.Now.AddDays(-1));
        await BranchAsync(7, "release/1", BranchState.Open);
        await BranchAsync(8, StragglerPlace.MergeRequests, BranchState.NotFixable);
        var page = Open();

        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("1\u00a0project is past the last day on docker"));
        var rows = page.FindAll("tbody tr");
        rows[0].TextContent.ShouldContain("web/shop");
        rows[0].TextContent.ShouldContain("past the last day");
        rows[0].TextContent.ShouldContain("it follows its branch");
        rows[1].TextContent.ShouldContain("release/1");
        rows[1].TextContent.ShouldContain("4\u00a0jobs, schedule");
        rows[1].QuerySelector("a")!.GetAttribute("href").ShouldBe("https://gitlab.example/merge_requests/3");
        rows[1].QuerySelector(".asked span")!.ShouldSatisfyAllConditions(who => who.TextContent.ShouldBe("1\u00a0person: who committed lately"), who => who.GetAttribute("title").ShouldBe("Mara Lindqvist"));

        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/stragglers/campaign?stage=asked");
        page.WaitForAssertion(() => page.FindAll("tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("billing/ledger-api"));
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/stragglers/campaign?q=nothing");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Of 2\u00a0projects none passes these filters."));
    }

    [Fact]
    public async Task Handled_NeedsAReason_AndIsNoticed()
    {
        await AskedAsync(7, StragglerStage.Reminded);
        var (page, dialogs) = (Open(), kit.Render<MudBlazor.MudDialogProvider>());
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(1));

        Button(page, "Handled").Click();
        dialogs.WaitForAssertion(() => dialogs.FindAll("button").Single(one => one.TextContent.Trim() == "Mark it as handled").HasAttribute("disabled").ShouldBeTrue());
        dialogs.Find("textarea, input.field").Input("they leave in May");
        dialogs.FindAll("button").Single(one => one.TextContent.Trim() == "Mark it as handled").Click();

        page.WaitForAssertion(() => page.Find("tbody tr").TextContent.ShouldContain("they leave in May"));
        store.Cases[0].Stage.ShouldBe(StragglerStage.Handled);
        audit.Entries.ShouldHaveSingleItem().What.ShouldBe("straggler.handled");
        page.FindAll("tbody button").ShouldBeEmpty();
    }

    [Fact]
    public void Form_AsksNobodyBeforeItsPreviewWasShown_AndThenExactlyThose()
    {
        var page = Open("?new=1");
        page.WaitForAssertion(() => page.FindAll("form").Count.ShouldBe(1));
        Button(page, "Show what it would do").Click();
        page.Find("form").Submit();
        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldBe("Say why, for the trail."));
        store.Cases.ShouldBeEmpty();

        places.RemoveAt(0);
        page.FindAll("form input")[^1].Change("docker ends in May");
        page.Find("form").Submit();
        page.WaitForAssertion(() => page.Find(".preview").TextContent.ShouldContain("1\u00a0project: 1\u00a0person would have a mail, and 0\u00a0merge requests would be opened."));
        page.Find(".preview").TextContent.ShouldContain("nobody who committed lately is an active member, so its maintainers");
        page.Find(".preview").TextContent.ShouldContain("they follow once they take in the change of the branch that they go to");
        store.Cases.ShouldBeEmpty();

        // What came since is not asked by this click.
        places.Add(Place(7, "release/1", "schedule"));
        Button(page, "Ask the people of 1\u00a0project").Click();
        page.WaitForAssertion(() => page.Markup.ShouldContain("The people of 1\u00a0project are asked within the next minutes."));
        store.Cases.ShouldHaveSingleItem().Project.ShouldBe(Id(8));
    }

    [Theory]
    [InlineData(2, "Before the phase docker fallback")]
    [InlineData(5, "The docker runners have ended")]
    public void Page_OutOfItsPhase_SaysWhy_AndOffersNothing(int reached, string why)
    {
        phase = reached;
        var page = Open("?new=1");
        page.WaitForAssertion(() => page.Markup.ShouldContain(why));
        page.FindAll("form").ShouldBeEmpty();
        page.Markup.ShouldContain("Nobody is asked at the moment");
    }

    [Theory]
    [InlineData(StragglerStage.Asked, BranchState.Open, "The docker runners end for them on", "look at merge request !3 and merge it")]
    [InlineData(StragglerStage.FinalDate, BranchState.NotFixable, "The docker runners end for them on", "it follows its branch")]
    [InlineData(StragglerStage.Handled, BranchState.Declined, "have taken it on", "it follows its branch")]
    [InlineData(StragglerStage.Selected, BranchState.Open, null, null)]
    public async Task Card_SaysWhereJobsStillRun_UntilWhen_AndWhatToMerge(StragglerStage stage, BranchState state, string? until, string? words)
    {
        await AskedAsync(7, stage);
        await BranchAsync(7, "release/1", state);
        var look = (await kit.Services.GetRequiredService<ReadCampaign>().RunAsync(PageServices.Production, [Id(7)], default)).ShouldHaveSingleItem();
        var note = kit.Render<CampaignNote>(parameters => parameters.Add(one => one.Look, look));

        if (until is null)
        {
            note.Markup.Trim().ShouldBeEmpty();
            return;
        }

        note.Markup.ShouldContain("release/1 (schedule).");
        note.Markup.ShouldContain(until);
        note.Markup.ShouldContain(words!);
        foreach (var word in (string[])["executor", "cohort", "gate", "campaign", "straggler"]) note.Find("[role=note]").TextContent.ShouldNotContain(word, Case.Insensitive);
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private async Task AskedAsync(long project, StragglerStage stage, DateTimeOffset? finalAt = null)
    {
        var campaign = new StragglerCampaign(1, PageServices.Production, 7, KitContext.Now.AddDays(30), 14, 50, "a test", Actor.Portal, KitContext.Now.AddDays(-20));
        var ladder = new ContactLadder([new(LadderRung.Committers, [Person(5)]), new(LadderRung.Maintainers, [Person(6)])]);
        var one = (await store.AddAsync(new StragglerCase(0, campaign, Id(project), StragglerStage.Selected, ladder, finalAt ?? campaign.FinalAt, null, Actor.Portal, KitContext.Now.AddDays(-2), 0), default))!;
        foreach (var next in Enum.GetValues<StragglerStage>().Where(next => next > StragglerStage.Selected && next <= stage && (next != StragglerStage.Handled || stage == next)))
            one = (await store.SaveAsync(one with { Stage = next }, one.Stage, default))!;
    }

    private Task<StragglerBranch?> BranchAsync(long project, string name, BranchState state) => store.SaveAsync(
        new StragglerBranch(Id(project), name, state, null, state == BranchState.NotFixable ? null : new MoveRecord.Request("migrationportal/x", 3, "https://gitlab.example/merge_requests/3"), state == BranchState.Open ? null : "it follows its branch", KitContext.Now, 0), default);

    private IRenderedComponent<CampaignPage> Open(string query = "")
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/stragglers/campaign" + query);
        var person = new ClaimsPrincipal(new ClaimsIdentity([new(PortalClaims.Instance, "production"), new(ClaimTypes.NameIdentifier, "1"), new Claim(ClaimTypes.Role, PortalClaims.AdminRole)], "test"));
        return kit.Render<CampaignPage>(of => of.AddCascadingValue(Task.FromResult(new AuthenticationState(person))));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<CampaignPage> page, string text) => page.FindAll("button").Single(one => one.TextContent.Trim() == text);

    private static StragglerPlace Place(long project, string name, string source) => new(Id(project), project == 7 ? "billing/ledger-api" : "web/shop", name, source, TagSet.Of("old"), true, 4, Yesterday);

    private static ProjectId Id(long number) => new(PageServices.Production, number);

    private static UserId Person(long number) => new(PageServices.Production, number);

    Task<Stragglers> IStragglerReader.ReadAsync(StragglerFilter filter, CancellationToken cancel) => Task.FromResult(new Stragglers(filter.Window, 10, 2, [], [], KitContext.Now));

    Task<IReadOnlyList<StragglerPlace>> IStragglerReader.PlacesAsync(StragglerFilter filter, IReadOnlyCollection<ProjectId>? projects, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<StragglerPlace>>([.. places.Where(one => projects?.Contains(one.Project) != false)]);

    Task<MoveTags> IMoveTags.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(new MoveTags("k8s-default", "docker-fallback", new Dictionary<string, string?>(), new HashSet<string>()));

    Task<MigrationFacts> ICohortFacts.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(new MigrationFacts(phase, false, 7, 7, 0.0025, 0.025, 0.9, default, true, []));

    Task<IReadOnlyDictionary<RunnerId, OwnerAnswer>> IOwnerAnswers.ReadAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<RunnerId, OwnerAnswer>>(new Dictionary<RunnerId, OwnerAnswer>());

    Task IOwnerAnswers.SaveAsync(OwnerAnswer answer, CancellationToken cancel) => throw new NotSupportedException();

    Task<bool> IOwnerAnswers.RemoveAsync(RunnerId runner, CancellationToken cancel) => throw new NotSupportedException();

    Task<Outcome<IReadOnlyList<LadderMember>>> ILadderReader.MembersAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel) =>
        Task.FromResult<Outcome<IReadOnlyList<LadderMember>>>(new Outcome<IReadOnlyList<LadderMember>>.Done([new LadderMember(Person(6), "jun", 40, true)]));

    Task<Outcome<IReadOnlyList<string>>> ILadderReader.AuthorsAsync(GitLabCaller caller, ProjectId project, string branch, DateTimeOffset since, CancellationToken cancel) =>
        Task.FromResult<Outcome<IReadOnlyList<string>>>(new Outcome<IReadOnlyList<string>>.Done([]));

    Task<Outcome<LadderAccount?>> ILadderReader.AccountAsync(GitLabCaller caller, InstanceId instance, string address, CancellationToken cancel) => throw new NotSupportedException();

    PersonToken? IPortalHand.Of(InstanceId instance) => new("of-a-test");
}
