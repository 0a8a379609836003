using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>One configuration: edited, judged, written in its forms, and compared with what it was. What is edited stays while one looks at the other tabs.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class RunnerConfigPage
{
    private StoredConfiguration? stored;
    private ConfigDraft? draft;
    private ConfigEditPart? edit;
    private ActorNames names = ActorNames.None;
    private IReadOnlyList<string> problems = [];
    private string reason = "";
    private int seen;
    private bool busy;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private IConfigStore Store { get; set; } = null!;

    [Inject]
    private ChangeConfiguration Change { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Configurations];

    protected override InstanceId Instance => stored?.Instance ?? base.Instance;

    private string Tab => Url["tab"] ?? "edit";

    private bool IsOvertaken => stored is { } one && seen < one.Current.Number && draft!.IsChanged;

    private IReadOnlyList<TabLink> Tabs =>
    [
        Link("Edit", "edit"),
        Link("Findings", "findings", Words.Count(draft!.Findings.Count)),
        Link("Runs as", "runs-as"),
        Link("Output", "output"),
        Link("Revisions", "revisions", Words.Count(stored!.Current.Number)),
        Link("Verification and promotion", "rollout"),
    ];

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var before = stored;
        stored = await Store.FindAsync(Id, cancel);
        if (stored is null) return;
        names = await People.OfAsync([stored.Current.Author], cancel);
        // Somebody else's revision does not take away what is being edited.
        if (draft is null || before?.Id != stored.Id || (seen < stored.Current.Number && !draft.IsChanged)) Begin(stored);
    }

    private TabLink Link(string title, string tab, string? count = null) => new(title, Url.With([KeyValuePair.Create("tab", tab == "edit" ? null : (string?)tab), KeyValuePair.Create("form", (string?)null)]), Tab == tab, count);

    private void Begin(StoredConfiguration from)
    {
        (draft, seen, problems) = (new ConfigDraft(from.Current.Content), from.Current.Number, []);
        reason = "";
    }

    private void Discard() => Begin(stored!);

    private void Changed() => problems = [];

    private async Task SaveAsync()
    {
        if (busy) return;
        busy = true;
        try
        {
            // A text that was typed a moment ago may not have been taken over yet.
            if (edit is not null) await edit.TakeTextAsync();
            var outcome = await Change.SaveAsync(Id, seen, null, draft!.Content, reason, draft.CommentsLost > 0 ? [ConfigComments.Lost(draft.CommentsLost)] : [], (await SignedIn).User.Actor(), Leaving);
            if (outcome.TryGet(out var saved, out var no))
            {
                stored = saved.Configuration;
                Begin(stored);
            }
            else problems = no.Reasons;
        }
        finally
        {
            busy = false;
        }

        await ReadAgainAsync();
    }
}
