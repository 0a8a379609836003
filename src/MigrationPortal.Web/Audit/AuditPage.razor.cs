using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Audit;

/// <summary>Who did what, why; and whether the chain still holds.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class AuditPage
{
    private const int PageSize = 100;

    private IReadOnlyList<AuditRecord> records = [];
    private ActorNames names = ActorNames.None;
    private AuditVerdict? verdict;
    private bool isChecking;
    private int shown = PageSize;

    [Inject]
    private IAuditTrail Trail { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Audit];

    /// <summary>The entry that the address asks for: it stands first, the older ones below it.</summary>
    private long? Asked => long.TryParse(Url["entry"], CultureInfo.InvariantCulture, out var entry) && entry is > 0 and < long.MaxValue ? entry : null;

    private string Headline => Asked is { } entry ? $"Audit entry {entry} and those before it" : records is [var newest, ..] ? $"{Words.Count(newest.Sequence, "entry", "entries")} in the audit trail" : "Audit trail";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        records = await Trail.NewestAsync(shown, Asked + 1, cancel);
        names = await People.OfAsync(records.Select(one => one.Entry.Who), cancel);
    }

    private Task MoreAsync()
    {
        shown += PageSize;
        return ReadAgainAsync();
    }

    private async Task VerifyAsync()
    {
        isChecking = true;
        verdict = await Trail.VerifyAsync(CancellationToken.None);
        isChecking = false;
    }
}
