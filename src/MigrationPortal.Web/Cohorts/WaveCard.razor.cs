using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Cohorts;

/// <summary>A cohort's waves: the next one is planned, seen and sent here.</summary>
public sealed partial class WaveCard
{
    private decimal percent = 1;
    private WaveStart start;
    private DateTime due;
    private bool busy;
    private WavePreview? preview;
    private string? waits;
    private MailCounts? mailed;
    private ActSaid? said;
    private (long Cohort, long Version, long? Wave)? read;

    [Inject]
    private PreviewWave Preview { get; set; } = null!;

    [Inject]
    private SendWave Send { get; set; } = null!;

    [Inject]
    private ICohortFacts Facts { get; set; } = null!;

    [Inject]
    private IPersonMails Mails { get; set; } = null!;

    [Inject]
    private IPersonMailSender Sender { get; set; } = null!;

    [Inject]
    private IWorldClock Clock { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required Cohort Cohort { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Wave> Waves { get; set; }

    [Parameter]
    public bool MayAct { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    private Wave? Open => Waves.FirstOrDefault(wave => wave.State is WaveState.Planned or WaveState.Previewed);

    protected override async Task OnParametersSetAsync()
    {
        var now = (Cohort.Id, Cohort.Version, Open?.Id);
        if (Waves.LastOrDefault(wave => wave.SentAt is not null) is { } last) mailed = await Mails.CountAsync(Cohort.Instance, PreviewWave.Subject(last), CancellationToken.None);
        if (read == now) return;
        if (read is null) due = Clock.Now(Cohort.Instance).UtcDateTime.Date.AddDays(1).AddHours(9);
        if (read is null || percent <= Cohort.Percent) percent = Cohort.Percent == 0 ? 1 : Math.Min(100, Cohort.Percent * 2);

        (read, preview, waits) = (now, null, null);
        if (Open is not { } open) return;
        preview = (await Preview.DryAsync(Cohort.Instance, Cohort.Id, open.Percent, CancellationToken.None)).TryGet(out var seen, out _) ? seen : null;
        waits = open.WaitsFor(Clock.Now(Cohort.Instance), Waves.LastOrDefault(wave => wave.SentAt is not null), await Facts.ReadAsync(Cohort.Instance, CancellationToken.None));
    }

    private string? MailTrouble(MailCounts mail) => mail.Waiting == 0 && mail.GivenUp == 0 ? null : Sender.Missing ?? mail.Trouble;

    private Task LookAsync() => DoAsync(async _ => (await Preview.DryAsync(Cohort.Instance, Cohort.Id, percent, CancellationToken.None)).Match<ActSaid?>(
        seen =>
        {
            preview = seen;
            return null;
        }, ActSaid.No));

    private Task PlanAsync() => DoAsync(async who => (await Preview.PlanAsync(Cohort.Instance, Cohort.Id, percent, start, start == WaveStart.AtTime ? new DateTimeOffset(DateTime.SpecifyKind(due, DateTimeKind.Utc)) : null, who, CancellationToken.None)).Match(
        wave => new ActSaid(true, $"Wave {wave.Number} is planned. Nobody is told before it is sent.", null), ActSaid.No));

    private async Task SendAsync()
    {
        var wave = Open!;
        var asked = await Dialogs.ConfirmAsync(new ConfirmRequest($"Invite the people of wave {wave.Number}?", $"Send wave {wave.Number}")
        {
            Text = $"The cohort {Cohort.Name} grows to {wave.Percent:0.###} % of the eligible projects.",
            Points = preview is { } seen ? [$"{Words.Count(seen.Added.Count + seen.Asked, "project")} {(seen.Added.Count + seen.Asked == 1 ? "is" : "are")} asked: one invitation a person.", "An invitation cannot be taken back; nothing of a project changes before its people say yes.", .. MailLook.Missing(Sender)] : [],
        });
        if (asked is null) return;
        await DoAsync(async who =>
        {
            if (wave.State == WaveState.Planned && !(await Preview.RunAsync(Cohort.Instance, Cohort.Id, wave.Number, who, CancellationToken.None)).TryGet(out _, out var no)) return ActSaid.No(no);
            return (await Send.RunAsync(Cohort.Instance, Cohort.Id, wave.Number, who, CancellationToken.None)).Match(
                sent => new ActSaid(true, $"Sent: {Words.Count(sent.People, "person", "people")} of {Words.Count(sent.Invited, "project")} {(sent.People == 1 ? "is" : "are")} asked.{(sent.Unreachable.Count == 0 ? "" : $" {Words.Count(sent.Unreachable.Count, "project")} {(sent.Unreachable.Count == 1 ? "has" : "have")} nobody to ask.")}", null), ActSaid.No);
        });
    }

    private async Task CloseAsync()
    {
        var wave = Open!;
        var asked = await Dialogs.ConfirmAsync(new ConfirmRequest($"Give up wave {wave.Number}?", $"Give up wave {wave.Number}") { Text = "Nobody was told of it.", AskReason = true });
        if (asked is null) return;
        await DoAsync(async who => (await Preview.CloseAsync(Cohort.Instance, Cohort.Id, wave.Number, asked.Reason, who, CancellationToken.None)).Match(closed => new ActSaid(true, $"Wave {closed.Number} is given up.", null), ActSaid.No));
    }

    private async Task DoAsync(Func<Actor, Task<ActSaid?>> act)
    {
        if (busy) return;
        busy = true;
        try
        {
            said = await act((await SignedIn).User.Actor());
        }
        finally
        {
            busy = false;
        }

        if (said is not null) await OnChanged.InvokeAsync();
    }
}
