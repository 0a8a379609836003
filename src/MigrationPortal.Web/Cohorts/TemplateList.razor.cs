using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Templates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Shared CI files: all of them for administrators, those in their own projects for everybody else, to whom it is nothing where there is none.</summary>
public sealed partial class TemplateList
{
    private readonly Dictionary<long, TemplatePlan> plans = [];
    private IReadOnlyList<TemplateLook> templates = [];
    private ClaimsPrincipal person = new();
    private ActSaid? said;
    private string? notYet;
    private bool busy;

    /// <summary>Their page, where the portal asks the owners.</summary>
    [Parameter]
    public bool ForAdmins { get; set; }

    [Inject]
    private TemplateDoor Door { get; set; } = null!;

    [Inject]
    private ReadTemplates Read { get; set; } = null!;

    [Inject]
    private PreviewTemplateMove PreviewOf { get; set; } = null!;

    [Inject]
    private ICohortFacts Facts { get; set; } = null!;

    [Inject]
    private TemplateActs Acts { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Cohorts, PortalTopic.Readiness];

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        person = (await SignedIn).User;
        templates = ForAdmins ? await Read.RunAsync(Instance, _ => true, cancel) : await Door.MineAsync(person, Instance, cancel) ?? [];
        if (templates.Count == 0) return;
        var known = await Facts.ReadAsync(Instance, cancel);
        notYet = known.CanInvite ? null : "Templates move once projects may opt in.";
    }

    private async Task<ActSaid?> PreviewAsync(TemplateLook look)
    {
        if (!(await PreviewOf.RunAsync(look.Of.Template.Instance, look.Of.Template.Id, Leaving)).TryGet(out var seen, out var no)) return ActSaid.No(no);
        plans[look.Of.Template.Id] = seen.Plan;
        return null;
    }

    private async Task ActAsync(Func<Task<ActSaid?>> act)
    {
        if (busy) return;
        busy = true;
        try
        {
            said = await ActSaid.OfAsync(act);
            if (said?.Done == true) plans.Clear();
        }
        finally
        {
            busy = false;
        }

        await ReadAgainAsync();
    }
}
