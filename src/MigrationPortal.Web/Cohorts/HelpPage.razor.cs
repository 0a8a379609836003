using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Cohorts.Help;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>All threads for administrators, with age and whose turn it is; for everybody else those of their own projects.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed partial class HelpPage
{
    private const int Most = 200;

    private IReadOnlyList<HelpThread> threads = [];
    private Dictionary<ProjectId, string> paths = [];
    private bool isAdmin;
    private bool mustSignIn;

    [Inject]
    private IHelpStore Store { get; set; } = null!;

    [Inject]
    private IProjectStore Projects { get; set; } = null!;

    [Inject]
    private OwnProjects Own { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Help];

    private bool Closed => Url["state"] == "closed";

    private IReadOnlyList<TabLink> Choices => [new("Open", Url.With("state", null), !Closed), new("Closed", Url.With("state", "closed"), Closed)];

    private string Headline
    {
        get
        {
            var turn = threads.Count(one => one.State == (isAdmin ? HelpState.Open : HelpState.Answered));
            return turn == 0 ? "Help" : isAdmin ? $"{Words.Count(turn, "question")} {(turn == 1 ? "waits" : "wait")} for an answer" : $"{Words.Count(turn, "question")} of yours {(turn == 1 ? "has" : "have")} an answer";
        }
    }

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var person = (await SignedIn).User;
        isAdmin = person.IsInRole(PortalClaims.AdminRole);
        if (isAdmin)
        {
            threads = await Store.ListAsync(Instance, Closed, Most, null, cancel);
            foreach (var project in threads.Select(one => one.Project).Distinct().Where(one => !paths.ContainsKey(one)))
                if (await Projects.FindAsync(project, cancel) is { } found) paths[project] = found.Access.FullPath;
            return;
        }

        var mine = await Own.OfAsync(person, cancel);
        mustSignIn = mine is null;
        paths = (mine ?? []).ToDictionary(one => one.Id, one => one.FullPath);
        threads = await Store.OfAsync([.. paths.Keys], cancel);
    }
}
