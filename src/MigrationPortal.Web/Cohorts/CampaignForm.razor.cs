using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>A new campaign: nobody is asked before its preview was shown.</summary>
public sealed partial class CampaignForm
{
    private DateOnly finalOn;
    private int remindDays = 7;
    private int quietDays = 14;
    private int mostOpen = 50;
    private string owner = "";
    private string search = "";
    private string reason = "";
    private bool isBusy;
    private CampaignWish? wish;
    private CampaignPreview? preview;
    private IReadOnlyList<string> problems = [];

    [Inject]
    private PreviewCampaign Preview { get; set; } = null!;

    [Inject]
    private StartCampaign Start { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    /// <summary>With what is to be told.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<string> OnBegun { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<MouseEventArgs> OnLeave { get; set; }

    protected override void OnInitialized() => finalOn = DateOnly.FromDateTime(Now.UtcDateTime.AddDays(30));

    private Task PreviewAsync() => TryAsync(async () =>
    {
        preview = null;
        wish = new CampaignWish(Instance, null, Text(owner), Text(search), remindDays, new DateTimeOffset(finalOn, TimeOnly.MinValue, TimeSpan.Zero), quietDays, mostOpen, reason.Trim());
        if ((await Preview.RunAsync(wish, CancellationToken.None)).TryGet(out var seen, out var no)) preview = seen;
        else problems = no.Reasons;
    });

    // Exactly what the preview showed, also when the fields were changed since.
    private Task BeginAsync() => TryAsync(async () =>
    {
        if (preview is not { } seen || wish is not { } shown) return;
        var chosen = shown with { Projects = [.. seen.Choice.Chosen.Select(one => one.Project)] };
        if ((await Start.RunAsync(chosen, (await SignedIn).User.Actor(), CancellationToken.None)).TryGet(out var taken, out var no))
            await OnBegun.InvokeAsync($"The people of {Words.Count(taken.Count, "project")} are asked within the next minutes.");
        else problems = no.Reasons;
    });

    private async Task TryAsync(Func<Task> act)
    {
        if (isBusy) return;
        problems = Wrong();
        if (problems.Count > 0) return;
        isBusy = true;
        try
        {
            await act();
        }
        catch (GitLabUnavailableException gone)
        {
            problems = [$"{gone.Message} Nobody was asked."];
        }
        finally
        {
            isBusy = false;
        }
    }

    private IReadOnlyList<string> Wrong() =>
    [
        .. remindDays is < 1 or > CampaignWish.LongestRemind ? [$"Days between two mails: 1 to {CampaignWish.LongestRemind}."] : (string[])[],
        .. quietDays is < 1 or > CampaignWish.LongestQuiet ? [$"Days without such a job: 1 to {CampaignWish.LongestQuiet}."] : (string[])[],
        .. mostOpen is < 1 or > CampaignWish.MostOpenAtAll ? [$"Merge requests open at one time: 1 to {CampaignWish.MostOpenAtAll}."] : (string[])[],
        .. string.IsNullOrWhiteSpace(reason) ? ["Say why, for the trail."] : (string[])[],
    ];

    private static string? Text(string text) => text.Trim() is { Length: > 0 } given ? given : null;
}
