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

    private string Headline => records is [var newest, ..] ? $"{Words.Count(newest.Sequence, "entry", "entries")} in the audit trail" : "Audit trail";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        records = await Trail.NewestAsync(shown, null, cancel);
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
