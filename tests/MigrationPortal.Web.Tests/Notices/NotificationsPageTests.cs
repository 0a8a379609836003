using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Notices;
using MigrationPortal.Web.Tests.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Tests.Notices;

public sealed class NotificationsPageTests : IAsyncDisposable
{
    private static readonly Task<AuthenticationState> SignedIn = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(PortalClaims.Token, "7")], "test"))));
    private static readonly Actor Reader = new(ActorKind.Token, "7");

    private readonly KitContext kit = new();
    private readonly StillNotices still = new();

    public NotificationsPageTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton<INoticeStore>(still).AddSingleton<IChannelStore>(still).AddSingleton<IDeliveryStore>(still).AddSingleton<INoticeSender>(still).AddSingleton<IAuditTrail>(still)
            .AddSingleton<ChangeChannel>().AddSingleton<TestChannel>().AddSingleton<TakeNotice>().AddSingleton(new PeopleNames(null!, new NoTokens()));
    }

    [Fact]
    public void Empty_SaysThatNothingWaits_AndHowSomebodyWouldHear()
    {
        var page = Open();
        page.Find("h1").TextContent.ShouldBe("No alert waits for somebody");
        page.Markup.ShouldContain("Nothing waits for somebody");

        Open("?tab=channels").Markup.ShouldContain("Nobody is told yet");
        Open("?tab=deliveries").Markup.ShouldContain("No message of this kind");
    }

    [Fact]
    public void Reading_IsSaid_AndSoIsItsFailure()
    {
        var reading = new TaskCompletionSource<long>();
        still.Reading = reading.Task;
        var page = Open();
        page.Find("[aria-busy=true]").TextContent.ShouldContain("Reading alerts and channels");

        reading.SetException(new InvalidOperationException("the store is away"));
        page.WaitForAssertion(() => page.Find(".banner").TextContent.ShouldContain("the store is away"));
    }

    [Fact]
    public void Alert_LeadsToItsPage_AndIsTaken()
    {
        still.Notices.AddRange([Stored(2, NoticeSeverity.Critical), Stored(1, NoticeSeverity.Info)]);
        var page = Open();

        Plain(page.Find("h1").TextContent).ShouldBe("1 alert waits for somebody to take it");
        page.FindAll(".notice").ShouldHaveSingleItem().QuerySelector("p a")!.GetAttribute("href").ShouldBe("operations/12");
        page.Find(".notice .m").TextContent.ShouldContain("steps done 3 of 6");
        Press(page, "Take it");

        page.WaitForAssertion(() => Plain(page.Find("h1").TextContent).ShouldBe("No alert waits for somebody"));
        still.Notices[0].TakenBy.ShouldBe(Reader);
        still.Audited.ShouldBe(["notices.take"]);
        var all = Open("?show=all");
        all.FindAll(".notice").Count.ShouldBe(2);
        all.FindAll(".notice button").ShouldBeEmpty("it is the reader's already, and the other asks nothing of anybody");
        all.Find(".notice .m b").TextContent.ShouldBe("API token 7");
    }

    [Fact]
    public void AlertOfSomebodyElse_MayBeTakenOver()
    {
        still.Notices.Add(Stored(2, NoticeSeverity.Critical) with { TakenBy = Actor.Portal, TakenAt = KitContext.Now });
        var page = Open("?show=alerts");

        Press(page, "Take it over");

        page.WaitForAssertion(() => still.Notices[0].TakenBy.ShouldBe(Reader));
    }

    [Fact]
    public void Channel_SaysWhatItGets_WhatItLacks_AndHowItFares()
    {
        still.Channels.Add(Channel(3, new NoticeRules(NoticeSeverity.Attention, new Dictionary<string, NoticeSeverity?> { ["drift"] = null })));
        still.Use.Add(new ChannelUse(3, 2, 1, KitContext.Now.AddMinutes(-5), "500 Internal Server Error"));
        still.Lacks.Add("Portal:PublicUrl is not set.");

        var page = Open("?tab=channels");

        Plain(page.Find("section").TextContent).ShouldContain("Attention and critical events, except: Runners differ from what the phase desires: never.");
        Plain(page.Markup).ShouldContain("Last delivered 5 min ago; 2 waiting, 1 given up in the last 24 hours.");
        page.Markup.ShouldContain("Last answer: 500 Internal Server Error");
        page.Markup.ShouldContain("Portal:PublicUrl is not set.");
        Plain(page.Find(".lead").TextContent).ShouldBe("1 of 1 channel is on. 2 messages wait to be delivered; 1 given up in the last 24 hours.");
    }

    [Theory]
    [InlineData(true, "The test was taken: 200 OK")]
    [InlineData(false, "The test failed: 404 Not Found")]
    public void Test_ShowsTheAnswerAtOnce(bool delivered, string said)
    {
        still.Channels.Add(Channel(3));
        still.Answer = new SendAnswer(delivered, delivered ? "200 OK" : "404 Not Found");
        var page = Open("?tab=channels");

        Press(page, "Send a test");

        page.WaitForAssertion(() => page.Find("[role=status]").TextContent.ShouldBe(said));
        still.Audited.ShouldBe(["notices.channel.test"]);
    }

    [Fact]
    public void NewDigest_AsksForAProjectAndAnHour_InsteadOfRules()
    {
        var page = Open("?tab=channels&edit=new");
        page.Find("select").Change("digest");
        page.FindAll("fieldset").ShouldBeEmpty();
        page.FindAll("input.field")[0].Change("etl people");
        page.Find("textarea").Change("etl@example.org");
        page.Find("form").Submit();
        page.Find("[role=alert]").TextContent.ShouldContain("full path of a project or group");

        page.Find("input.mono").Change("/data/etl/");
        page.FindAll("select")[1].Change("Week");
        page.Find("input[type=number]").Change("7");
        page.Find("form").Submit();

        page.WaitForAssertion(() => still.Channels.ShouldHaveSingleItem().Rules.Digest.ShouldBe(new DigestPlan("data/etl", DigestEvery.Week, 7)));
        Open("?tab=channels").Markup.ShouldContain("What concerned CI jobs of data/etl, on Mondays at 07:00 UTC; nothing when nothing did.");
    }

    [Fact]
    public void NewWebhook_IsStored_AndItsSecretShownOnce()
    {
        var page = Open("?tab=channels&edit=new");
        page.Find("select").Change("webhook");
        page.Find("form").Submit();
        page.FindAll("[role=alert]").Count.ShouldBe(2, "neither name nor address");

        page.FindAll("input.field")[0].Change("ops");
        page.FindAll("input[type=password]")[0].Change("https://hooks.example.org/whispered");
        page.FindAll("fieldset select")[0].Change("critical");
        page.FindAll("fieldset select")[1].Change("never");
        page.Find("form").Submit();

        page.WaitForAssertion(() => page.Find(".banner").TextContent.ShouldContain("whsec_"));
        var target = still.Written.ShouldBeOfType<ChannelTarget.Webhook>();
        page.Find(".banner").TextContent.ShouldContain(target.Secret);
        target.Url.AbsoluteUri.ShouldBe("https://hooks.example.org/whispered");
        var made = still.Channels.ShouldHaveSingleItem();
        (made.Name, made.Rules.Otherwise, made.Rules.Kinds[NoticeKind.All[0].Name], made.Rules.Kinds.Count).ShouldBe(("ops", NoticeSeverity.Critical, null, 1));
        page.Markup.ShouldNotContain("whispered");
        Open("?tab=channels").Markup.ShouldNotContain("whsec_");
    }

    [Fact]
    public void Edit_ShowsNoSecret_AndKeepsWhatIsLeftEmpty()
    {
        still.Channels.Add(Channel(3));
        var page = Open("?tab=channels&edit=3");
        page.FindAll("input[type=password]").ShouldAllBe(field => string.IsNullOrEmpty(field.GetAttribute("value")));
        page.FindAll("input.field")[0].Change("renamed");
        page.Find("input[type=checkbox]").Change(false);

        page.Find("form").Submit();

        page.WaitForAssertion(() => still.Channels[0].Name.ShouldBe("renamed"));
        (still.Channels[0].IsOn, still.Written).ShouldBe((false, null));
    }

    [Fact]
    public async Task Remove_AsksFirst()
    {
        still.Channels.Add(Channel(3));
        var dialogs = kit.Render<MudDialogProvider>();
        var page = Open("?tab=channels");
        Press(page, "Remove channel");
        dialogs.WaitForAssertion(() => dialogs.Find("[role=dialog]").TextContent.ShouldContain("Remove the channel ops?"));
        still.Channels.Count.ShouldBe(1);

        await dialogs.FindAll("[role=dialog] button").First(one => one.TextContent.Trim() == "Remove ops").ClickAsync(new MouseEventArgs());

        page.WaitForAssertion(() => still.Channels.ShouldBeEmpty());
    }

    [Fact]
    public void Messages_ShowStateTriesAndTheLastAnswer()
    {
        still.Channels.Add(Channel(3));
        still.Deliveries.AddRange(
        [
            new Delivery(Guid.NewGuid(), Stored(2, NoticeSeverity.Critical), 3, DeliveryState.Waiting, 4, KitContext.Now.AddMinutes(-2), KitContext.Now.AddSeconds(40), null, "No answer in time."),
            new Delivery(Guid.NewGuid(), Stored(1, NoticeSeverity.Critical), 3, DeliveryState.GivenUp, 34, KitContext.Now.AddDays(-1), KitContext.Now, KitContext.Now, "410 Gone"),
        ]);

        var rows = Open("?tab=deliveries").FindAll("tbody tr");
        Plain(rows[0].TextContent).ShouldContain("next try in 40 s");
        rows[0].TextContent.ShouldContain("No answer in time.");
        rows[1].TextContent.ShouldContain("given up");
        Open("?tab=deliveries&state=givenUp").FindAll("tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("410 Gone");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<NotificationsPage> Open(string query = "")
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/notifications" + query);
        return kit.Render<NotificationsPage>(of => of.AddCascadingValue(SignedIn));
    }

    private static void Press(IRenderedComponent<NotificationsPage> page, string label) => page.FindAll("button").First(one => one.TextContent.Trim() == label).ClickAsync(new MouseEventArgs());

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Trim();

    private static NoticeChannel Channel(long id, NoticeRules? rules = null) => new(id, "ops", ChannelKind.Webhook, true, "https://hooks.example.org/…", rules ?? NoticeRules.Usual, 1);

    private static StoredNotice Stored(long id, NoticeSeverity severity) => new(id, new Notice(
        PageServices.Production, NoticeKind.OperationHalted, severity, $"k{id}", "Operation 12 is halted.", [new NoticeNumber("steps done", "3 of 6")], "operations/12", KitContext.Now.AddMinutes(-3)));
}
