using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Notices;

/// <summary>Texts of mails and pages, each in the portal's or the admins' own words.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class WordingPage
{
    private IReadOnlyDictionary<string, string> own = new Dictionary<string, string>();
    private bool mayChange;

    [Inject]
    private IWordings Wordings { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [];

    private string Headline => own.Count == 0 ? "All texts say the usual" : $"{Words.Count(own.Count)} of {Words.Count(Wording.All.Count, "text")} {(own.Count == 1 ? "is" : "are")} in your own words";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        mayChange = (await SignedIn).User.Holds(TokenScope.Admin);
        own = await Wordings.ReadAsync(cancel);
    }
}
