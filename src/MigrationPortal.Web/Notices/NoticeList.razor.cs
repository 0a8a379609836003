using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Notices;

/// <summary>One sentence each, which leads to where something can be done; the numbers; who has taken it.</summary>
public sealed partial class NoticeList
{
    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required IReadOnlyList<StoredNotice> Notices { get; set; }

    [Parameter, EditorRequired]
    public required ActorNames Names { get; set; }

    /// <summary>Who reads: nobody takes over from themselves.</summary>
    [Parameter, EditorRequired]
    public required Actor Reader { get; set; }

    /// <summary>The notice, and whether it is taken from somebody else.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<(long Id, bool Over)> OnTake { get; set; }
}
