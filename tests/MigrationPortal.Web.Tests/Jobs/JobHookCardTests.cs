using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Jobs;
using MigrationPortal.Web.Tests.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Tests.Jobs;

public sealed class JobHookCardTests : IAsyncDisposable
{
    private static readonly Actor Mara = new(ActorKind.User, "1");
    private static readonly Task<AuthenticationState> SignedIn = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(PortalClaims.Token, "7")], "test"))));

    private readonly KitContext kit = new();
    private readonly StillHooks hooks = new();

    public JobHookCardTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton<IJobHookStore>(hooks).AddSingleton<IJobHookSettings>(hooks).AddSingleton<IAuditTrail>(hooks).AddSingleton<WishJobHooks>();
    }

    [Fact]
    public void NotSetUp_NamesEachSetting_AndForbidsWhatNeedsThem()
    {
        hooks.Setup = new HookSetup(null, ["Portal:PublicUrl is not set.", "WebhookToken is not set."]);

        var card = Render();

        card.FindAll(".att .words p").Select(title => title.TextContent).ShouldBe(["Portal:PublicUrl is not set.", "WebhookToken is not set."]);
        Buttons(card).Select(button => button.IsOn).ShouldBe([false, false, false, false]);
        card.Markup.ShouldContain("without one it reads them within the request budget all the same");
    }

    [Fact]
    public void UnderWay_SaysHowFar_AndMayBeStopped()
    {
        hooks.Wish = new HookWish(PageServices.Production, 3, HookWishKind.Install, 30, Mara, KitContext.Now, false);
        hooks.Progress = new HookProgress(300, 120, new Dictionary<HookState, long> { [HookState.Installed] = 118, [HookState.Refused] = 2 });

        var card = Render();

        Plain(card.Find(".say").TextContent).ShouldBe("Install where jobs ran in 30 days: 120 of 300 projects, 118 installed, 2 refused.");
        card.Find(".meter i").GetAttribute("style")!.ShouldContain("width:40");
        card.FindAll("button").First(button => button.TextContent.Trim() == "Stop").Click();
        card.WaitForAssertion(() => hooks.Wish!.Stopped.ShouldBeTrue());
        card.WaitForAssertion(() => Plain(card.Find(".say").TextContent).ShouldEndWith("; stopped."));
        hooks.Audited.ShouldBe(["webhooks.stop"]);
    }

    [Fact]
    public void Trouble_IsListedWithItsProjectsOwnHooks_AndGitLabsWords()
    {
        hooks.Troubled =
        [
            new ProjectHook(new ProjectId(PageServices.Production, 7), "web/shop", 70, "https://portal.example/hooks/gitlab", HookState.Disabled, "GitLab has switched it off.", KitContext.Now),
            new ProjectHook(new ProjectId(PageServices.Production, 8), null, null, null, HookState.Refused, "403 Forbidden", KitContext.Now),
        ];

        var rows = Render().FindAll("tbody tr");

        rows[0].QuerySelector("a")!.GetAttribute("href").ShouldBe("https://gitlab.example/web/shop/-/hooks");
        rows[0].TextContent.ShouldContain("disabled");
        rows[1].QuerySelector("a").ShouldBeNull();
        rows[1].TextContent.ShouldContain("project 8");
        rows[1].TextContent.ShouldContain("403 Forbidden");
    }

    [Theory]
    [InlineData("Install in all projects", "Install in all projects", HookWishKind.Install, null)]
    [InlineData("Install where jobs ran in 30 days", "Install where jobs ran in 30 days", HookWishKind.Install, 30)]
    [InlineData("Check all hooks", "Check all hooks", HookWishKind.Check, null)]
    [InlineData("Remove all hooks", "Remove all hooks", HookWishKind.Remove, null)]
    public async Task Button_AsksFirst_AndOnlyThenWishes(string button, string confirm, HookWishKind kind, int? days)
    {
        var dialogs = kit.Render<MudDialogProvider>();
        var card = Render();
        void Press(string label) => card.FindAll("button").First(one => one.TextContent.Trim() == label).ClickAsync(new MouseEventArgs());

        Press(button);
        dialogs.WaitForAssertion(() => dialogs.Find("[role=dialog]").TextContent.ShouldContain(kind == HookWishKind.Check ? "One request a project" : kind == HookWishKind.Remove ? "Nothing of what it knows is lost" : "Two requests a project"));
        await dialogs.Find(".btn.q").ClickAsync(new MouseEventArgs());
        dialogs.WaitForAssertion(() => dialogs.FindAll("[role=dialog]").ShouldBeEmpty());
        hooks.Wish.ShouldBeNull();

        Press(button);
        dialogs.WaitForAssertion(() => dialogs.FindAll("[role=dialog] button").ShouldContain(one => one.TextContent.Trim() == confirm));
        await dialogs.FindAll("[role=dialog] button").First(one => one.TextContent.Trim() == confirm).ClickAsync(new MouseEventArgs());

        card.WaitForAssertion(() => hooks.Wish.ShouldNotBeNull());
        (hooks.Wish!.Kind, hooks.Wish.ActiveDays, hooks.Wish.Who).ShouldBe((kind, days, new Actor(ActorKind.Token, "7")));
    }

    [Fact]
    public void NothingReadYet_OffersNothing_AndSaysNothing()
    {
        var reading = new TaskCompletionSource<HookWish?>();
        hooks.Reading = reading.Task;

        var card = Render();

        card.FindAll("button").ShouldBeEmpty();
        card.Find(".say").TextContent.Trim().ShouldBeEmpty();
        card.Find("[aria-busy=true]").TextContent.ShouldContain("Reading the hooks");
        reading.SetResult(null);
        card.WaitForAssertion(() => Buttons(card).Count().ShouldBe(4));
    }

    [Fact]
    public async Task Refused_IsSaid()
    {
        var dialogs = kit.Render<MudDialogProvider>();
        var card = Render();
        // Ends only with the dialog's answer.
        _ = card.FindAll("button").First(one => one.TextContent.Trim() == "Install in all projects").ClickAsync(new MouseEventArgs());
        dialogs.WaitForAssertion(() => dialogs.FindAll("[role=dialog] button").ShouldContain(one => one.TextContent.Trim() == "Install in all projects"));
        // Taken away while the question stood.
        hooks.Setup = new HookSetup("https://portal.example/hooks/gitlab", ["WebhookToken is not set."]);

        await dialogs.FindAll("[role=dialog] button").First(one => one.TextContent.Trim() == "Install in all projects").ClickAsync(new MouseEventArgs());

        card.WaitForAssertion(() => card.Find(".banner").TextContent.ShouldContain("WebhookToken is not set."));
        hooks.Wish.ShouldBeNull();
    }

    [Fact]
    public void OtherInstanceThanTheAddress_IsReadAgainWhenItsOwnHooksMove()
    {
        var events = new OneSubscriber();
        kit.Services.AddSingleton<IPortalEvents>(events);
        var card = Render("qa");
        card.WaitForAssertion(() => Buttons(card).Count().ShouldBe(4));
        hooks.Wish = new HookWish(new InstanceId("qa"), 3, HookWishKind.Check, null, Mara, KitContext.Now, false);

        events.Publish(new PortalEvent(PortalTopic.Instances, new InstanceId("qa"), null));

        kit.Time.Advance(TimeSpan.FromSeconds(3));

        card.WaitForAssertion(() => card.Find(".say").TextContent.ShouldContain("Check:"));
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<JobHookCard> Render(string instance = "production") => kit.Render<JobHookCard>(of => of
        .Add(one => one.Of, new GitLabInstance(new InstanceId(instance), InstanceKind.Production, "https://gitlab.example", true, false)).AddCascadingValue(SignedIn));

    private static IEnumerable<(string Label, bool IsOn)> Buttons(IRenderedComponent<JobHookCard> card) =>
        card.FindAll(".actions .btn").Select(button => (button.TextContent.Trim(), !button.HasAttribute("disabled") && button.GetAttribute("aria-disabled") != "true"));

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Trim();

    private sealed class OneSubscriber : IPortalEvents, IDisposable
    {
        private Func<PortalEvent, Task>? _handler;

        public void Publish(PortalEvent happened) => _ = _handler!(happened);

        public IDisposable Subscribe(Func<PortalEvent, Task> handler)
        {
            _handler = handler;
            return this;
        }

        public Task PublishAsync(PortalEvent happened, CancellationToken cancel) => throw new NotSupportedException();

        public void Dispose() => _handler = null;
    }

    private sealed class StillHooks : IJobHookStore, IJobHookSettings, IAuditTrail
    {
        public HookSetup Setup { get; set; } = new("https://portal.example/hooks/gitlab", []);

        public HookWish? Wish { get; set; }

        public HookProgress Progress { get; set; } = new(300, 0, new Dictionary<HookState, long>());

        public IReadOnlyList<ProjectHook> Troubled { get; set; } = [];

        public List<string> Audited { get; } = [];

        public HookSetup Of(InstanceId instance) => Setup;

        /// <summary>Held back until it completes.</summary>
        public Task<HookWish?>? Reading { get; set; }

        public Task<HookWish?> WishAsync(InstanceId instance, CancellationToken cancel) => Reading ?? Task.FromResult(Wish);

        public Task SaveWishAsync(HookWish wish, CancellationToken cancel)
        {
            Wish = wish;
            return Task.CompletedTask;
        }

        public Task<HookProgress> ProgressAsync(HookWish wish, CancellationToken cancel) => Task.FromResult(Progress);

        public Task<IReadOnlyList<ProjectHook>> ListAsync(InstanceId instance, bool troubled, int limit, long? after, CancellationToken cancel) => Task.FromResult(Troubled);

        public Task<IReadOnlyList<ProjectHook>> NextAsync(HookWish wish, int limit, CancellationToken cancel) => throw new NotSupportedException();

        public Task SaveAsync(ProjectHook seen, long wish, CancellationToken cancel) => throw new NotSupportedException();

        public async Task<T> ChangeAsync<T>(Func<Task<(T Result, AuditEntry? Entry)>> change, CancellationToken cancel)
        {
            var (result, entry) = await change();
            Audited.Add(entry!.What);
            return result;
        }

        public Task AppendAsync(AuditEntry entry, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<AuditRecord>> NewestAsync(int limit, long? before, CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool> HasAsync(InstanceId instance, string what, string subject, CancellationToken cancel) => throw new NotSupportedException();

        public Task<AuditVerdict> VerifyAsync(CancellationToken cancel) => throw new NotSupportedException();
    }
}
