using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;
using Severity = MigrationPortal.Domain.Readiness.Severity;

namespace MigrationPortal.Web.Readiness;

/// <summary>Every rule with why it is there and what it hits; administrators turn rules off and weigh them. <c>#R05</c> leads to one.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed partial class RulesPage
{
    private static readonly ReadinessCounts NothingCounted = new(0, 0, 0, 0, 0, 0, []);

    private IReadOnlyList<RuleView> rules = RuleView.All(ReadinessSettings.Default, NothingCounted, []);
    private ReadinessCounts? counts;
    private string? no;
    private string? _focused;
    private bool isAdmin;

    [Inject]
    private IScanStore Scans { get; set; } = null!;

    [Inject]
    private ITriedFindings Tried { get; set; } = null!;

    [Inject]
    private ChangeReadiness Change { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private Browser Browser { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Readiness];

    private string? Fragment => new Uri(Navigation.Uri).Fragment is { Length: > 1 } text ? text[1..] : null;

    private List<RuleView> Shown => [.. rules.Where(RuleFilter.Of(Url).Takes)];

    private string Headline
    {
        get
        {
            var off = rules.Count(rule => rule.Off);
            return off == 0 ? $"{rules.Count} rules say what will not work" : $"{rules.Count - off} of {rules.Count} rules are asked, {off} {(off == 1 ? "is" : "are")} turned off";
        }
    }

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        isAdmin = (await SignedIn).User.IsInRole(PortalClaims.AdminRole);
        counts = await Scans.CountsAsync(Instance, cancel);
        rules = RuleView.All(await Scans.SettingsAsync(Instance, cancel), counts, RulePrecision.Of(await Tried.ReadAsync(Instance, cancel)));
    }

    // The browser looked for the anchor before the rules were there.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!IsRead || Fragment is not { } wished || wished == _focused) return;
        _focused = wished;
        if (rules.Any(rule => rule.Id == wished)) await Browser.FocusAsync(wished);
    }

    private Task TurnAsync(RuleView rule) => rule.Off
        ? AskAsync(new($"Ask {rule.Id} {rule.Title} again?", $"Turn {rule.Id} on"), settings => settings.With(rule.Id, false, null))
        : AskAsync(new($"Turn {rule.Id} {rule.Title} off?", $"Turn {rule.Id} off") { Danger = true }, settings => settings.With(rule.Id, true, null), Hits(rule, "which are then not predicted any more"));

    private Task WeighAsync(RuleView rule, Severity severity) => severity == rule.Counts
        ? Task.CompletedTask
        : AskAsync(new($"Should {rule.Id} {rule.Title} say \"{FindingLook.Word(severity)}\"?", $"Let {rule.Id} say \"{FindingLook.Word(severity)}\""), settings => settings.With(rule.Id, null, severity), Hits(rule, "instead of what the rule says by itself"));

    private async Task AskAsync(ConfirmRequest request, Func<ReadinessSettings, ReadinessSettings> change, string? point = null)
    {
        var again = counts is { Projects: > 0 } known ? $"All {Words.Count(known.Projects, "project")} of {Instance} are looked at again, as the request budget allows." : $"All projects of {Instance} are looked at again, as the request budget allows.";
        if (await Dialogs.ConfirmAsync(request with { Text = again, Points = point is null ? [] : [point] }) is null) return;
        no = (await Change.RunAsync(Instance, change, (await SignedIn).User.Actor(), CancellationToken.None)).Match<string?>(_ => null, refused => string.Join(' ', refused.Reasons));
        await ReadAgainAsync();
    }

    private static string? Hits(RuleView rule, string and) => rule.Projects == 0 ? null : $"It hits {Words.Count(rule.Jobs, "job")} of {Words.Count(rule.Projects, "project")} now, {and}.";
}
