using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Cohorts.Help;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Asks for help with one project, which the address names, and perhaps one of its failed jobs.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed partial class NewHelpPage
{
    private ObservedProject? project;
    private FailedJob? failed;
    private ClaimsPrincipal person = new();
    private string subject = "";
    private string text = "";
    private string? no;
    private bool busy;

    [Inject]
    private HelpDoor Door { get; set; } = null!;

    [Inject]
    private AskForHelp Ask { get; set; } = null!;

    [Inject]
    private ExplainFailures Explain { get; set; } = null!;

    [Inject]
    private FailureActs Acts { get; set; } = null!;

    [Inject]
    private IProjectStore Projects { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [];

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        person = (await SignedIn).User;
        (project, failed) = (null, null);
        if (Number("project") is not { } number) return;
        var id = new ProjectId(Instance, number);
        if (!person.Holds(TokenScope.Operate) && !await Door.IsOwnAsync(person, id, cancel)) return;
        project = await Projects.FindAsync(id, cancel);
        failed = project is not null && Number("job") is { } job ? await Explain.FindAsync(id, job, cancel) : null;
        if (failed is not null && subject.Length == 0) subject = $"{failed.Job.Name} failed (job {failed.Job.Id.Number})";
    }

    private long? Number(string key) => long.TryParse(Url[key], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private Task AskAsync() => ActAsync(async () =>
    {
        if (!person.Holds(TokenScope.Operate) && !await Door.IsOwnAsync(person, project!.Id, Leaving)) return Refusal.Of("not-yours", "This project is no longer yours.");
        if (!(await Ask.RunAsync(project!.Id, failed?.Job.Id.Number, subject, text, person.Actor(), Leaving)).TryGet(out var opened, out var refused)) return refused;
        Navigation.NavigateTo($"help/{opened.Id}");
        return null;
    });

    private Task ExplainAsync() => ActAsync(async () =>
    {
        if (!(await Acts.ExplainAsync(person, project!.Id, failed!.Job.Id.Number, Leaving)).TryGet(out var told, out var refused)) return refused;
        failed = told;
        return null;
    });

    private async Task ActAsync(Func<Task<Refusal?>> act)
    {
        if (busy) return;
        (busy, no) = (true, null);
        try
        {
            if (await act() is { } refused) no = string.Join(" ", refused.Reasons);
        }
        catch (GitLabUnavailableException fault)
        {
            no = $"{fault.Message} Try again later; your text is still here.";
        }
        finally
        {
            busy = false;
        }
    }
}
