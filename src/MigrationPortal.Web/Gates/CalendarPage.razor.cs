using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Gates;

/// <summary>The freeze windows of an instance, what of them comes next, and their forms. Which form is open lives in the URL.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class CalendarPage
{
    private const string EditKey = "edit";
    private const string New = "new";
    private const string Import = "import";
    private const int Days = 90;
    private const int Most = 40;

    private IReadOnlyList<FreezeWindow> windows = [];
    private IReadOnlyList<FreezeSpan> ahead = [];
    private FreezeSpan? lasts;
    private string? done;

    [Inject]
    private IFreezeStore Store { get; set; } = null!;

    [Inject]
    private ReadFreezes Freezes { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Phases];

    private FreezeWindow? Edited => long.TryParse(Url[EditKey], out var id) ? windows.FirstOrDefault(window => window.Id == id) : null;

    private string Headline => lasts is { } now ? $"Frozen until {FreezeWords.Stamp(now.Until)} UTC: {now.Name}" : IsRead ? "No freeze window lasts now" : "Calendar";

    private string ExportHref => $"api/v1/calendar.ics?instance={Uri.EscapeDataString(Instance.Name)}";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        windows = await Store.ListAsync(Instance, cancel);
        var next = await Freezes.WithinAsync(Instance, new TimeWindow(Now, Now.AddDays(Days)), cancel);
        (ahead, lasts) = (next.Spans, next.At(Now));
    }

    private FreezeSpan? Next(FreezeWindow window) => ahead.FirstOrDefault(span => span.Window == window.Id);

    private async Task DoneAsync(string said)
    {
        done = said;
        CloseForm();
        await ReadAgainAsync();
    }

    private void CloseForm() => Url.Set(EditKey, null);
}
