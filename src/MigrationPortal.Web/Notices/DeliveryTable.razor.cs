using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Notices;

/// <summary>Messages with their state and the last answer. Times are real, not the instance's.</summary>
public sealed partial class DeliveryTable
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<Delivery> Deliveries { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<NoticeChannel> Channels { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    private string Name(long channel) => Channels.FirstOrDefault(one => one.Id == channel)?.Name ?? $"channel {channel}";

    private string Stamp(DateTimeOffset at) => $"{Words.Stamp(at.ToUniversalTime(), Now.ToUniversalTime())} UTC";
}
