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

/// <summary>One thread: what was said, the failed job that it is about, and a field to go on.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed partial class HelpThreadPage
{
    private HelpThread? thread;
    private FailedJob? failed;
    private ActorNames names = ActorNames.None;
    private ClaimsPrincipal person = new();
    private string path = "";
    private string text = "";
    private string? no;
    private bool answers;
    private bool busy;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private HelpDoor Door { get; set; } = null!;

    [Inject]
    private AnswerHelp Answer { get; set; } = null!;

    [Inject]
    private ExplainFailures Explain { get; set; } = null!;

    [Inject]
    private FailureActs Acts { get; set; } = null!;

    [Inject]
    private IProjectStore Projects { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Help];

    // A hint says of which instance it is, and the address does not: a thread has its own.
    protected override InstanceId Instance => thread?.Project.Instance ?? base.Instance;

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        person = (await SignedIn).User;
        thread = await Door.OpenAsync(person, Id, TokenScope.Read, cancel);
        if (thread is null) return;
        answers = HelpDoor.Answers(person, thread);
        path = (await Projects.FindAsync(thread.Project, cancel))?.Access.FullPath ?? $"project {thread.Project.Number}";
        names = await People.OfAsync([thread.OpenedBy, .. thread.Messages.Select(one => one.By)], cancel);
        failed = thread.Job is { } job ? await Explain.FindAsync(thread.Project, job.Number, cancel) : null;
    }

    private Task SayAsync() => ActAsync(async () =>
    {
        if (!(await Answer.RunAsync(thread!, text, answers, person.Actor(), Leaving)).TryGet(out _, out var refused)) return refused;
        text = "";
        return null;
    });

    private Task CloseAsync(bool closed) => ActAsync(async () => (await Answer.SetClosedAsync(thread!, closed, person.Actor(), Leaving)).TryGet(out _, out var refused) ? null : refused);

    private Task ExplainAsync() => ActAsync(async () => (await Acts.ExplainAsync(person, thread!.Project, thread.Job!.Value.Number, Leaving)).TryGet(out _, out var refused) ? null : refused);

    private async Task ActAsync(Func<Task<Refusal?>> act)
    {
        if (busy) return;
        (busy, no) = (true, null);
        try
        {
            // Somebody may have lost the project since the page was read.
            if (await Door.OpenAsync(person, Id, TokenScope.Operate, Leaving) is not { } now) no = "This thread is no longer yours to go on with.";
            else
            {
                thread = now;
                if (await act() is { } refused) no = string.Join(" ", refused.Reasons);
            }
        }
        catch (GitLabUnavailableException fault)
        {
            no = $"{fault.Message} Try again later; your text is still here.";
        }
        finally
        {
            busy = false;
        }

        await ReadAgainAsync();
    }
}
