using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Jobs;

/// <summary>The portal's job hook in the projects of an instance: how far, what is wrong where, and the buttons.</summary>
public sealed partial class JobHookCard
{
    private const int ActiveDays = 30;
    private const int Shown = 100;

    private HookSetup? setup;
    private string? refused;
    private HookWish? wish;
    private HookProgress? progress;
    private IReadOnlyList<ProjectHook> troubled = [];

    [Parameter, EditorRequired]
    public required GitLabInstance Of { get; set; }

    [Inject]
    private IJobHookStore Store { get; set; } = null!;

    [Inject]
    private IJobHookSettings Settings { get; set; } = null!;

    [Inject]
    private WishJobHooks Wish { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Instances];

    protected override InstanceId Instance => Of.Id;

    private bool IsUnderWay => wish is { Stopped: false } && progress is { } done && done.Visited < done.Projects;

    private string? WhyNot => setup is { Missing.Count: > 0 } ? string.Join(" ", setup.Missing) : null;

    private string Sentence => (wish, progress) switch
    {
        ({ } asked, { } done) => $"{Doing(asked)} {Words.Count(done.Visited)} of {Words.Count(done.Projects, "project")}{Counts(done)}{(asked.Stopped ? "; stopped" : "")}.",
        _ => "With a hook in a project the portal hears of its jobs at once; without one it reads them within the request budget all the same.",
    };

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        wish = await Store.WishAsync(Of.Id, cancel);
        progress = wish is null ? null : await Store.ProgressAsync(wish, cancel);
        troubled = await Store.ListAsync(Of.Id, true, Shown, null, cancel);
        // Last: what is shown before it is known would offer the wrong things.
        setup = Settings.Of(Of.Id);
    }

    private async Task AskAsync(HookWishKind kind, int? days)
    {
        var (title, button, text) = kind switch
        {
            HookWishKind.Install => ("Install the job hook?", days is null ? "Install in all projects" : $"Install where jobs ran in {days} days",
                $"Each project gets one hook for job events to {setup!.Address}, or has its hook set right. Two requests a project, of what monitoring leaves unspent."),
            HookWishKind.Remove => ("Remove the job hook everywhere?", "Remove all hooks", "The portal then reads jobs within the request budget alone. Nothing of what it knows is lost."),
            _ => ("Check the job hooks?", "Check all hooks", "Each project's hooks are read and left as they are. One request a project."),
        };
        if (await Dialogs.ConfirmAsync(new ConfirmRequest(title, button) { Text = text, Danger = kind == HookWishKind.Remove }) is null) return;
        var outcome = await Wish.RunAsync(Of.Id, kind, days, (await SignedIn).User.Actor(), CancellationToken.None);
        refused = outcome.Match<string?>(_ => null, refusal => string.Join(' ', refusal.Reasons));
        await ReadAgainAsync();
    }

    private async Task StopAsync()
    {
        refused = null;
        await Wish.StopAsync(Of.Id, (await SignedIn).User.Actor(), CancellationToken.None);
        await ReadAgainAsync();
    }

    private static string Doing(HookWish wish) => wish.Kind switch
    {
        HookWishKind.Install => wish.ActiveDays is { } days ? $"Install where jobs ran in {days} days:" : "Install in all projects:",
        HookWishKind.Remove => "Remove:",
        _ => "Check:",
    };

    private static string Counts(HookProgress done) => string.Concat(done.States.OrderBy(one => one.Key).Select(one => $", {Words.Count(one.Value)} {Word(one.Key)}"));

    private static string Word(HookState? state) => state?.ToString().ToLowerInvariant() ?? "not known";

    private static VerdictKind Look(HookState? state) => state switch
    {
        HookState.Refused => VerdictKind.Fail,
        HookState.Installed or HookState.Removed => VerdictKind.Pass,
        _ => VerdictKind.Attention,
    };
}
