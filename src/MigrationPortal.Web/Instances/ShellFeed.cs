using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Instances;

/// <summary>Draws nothing: keeps the frame's facts fresh, and sets the pages' clock to the instance's time.</summary>
public sealed class ShellFeed : LivePage
{
    [Inject]
    private ShellState Shell { get; set; } = null!;

    [Inject]
    private PageClock PageClock { get; set; } = null!;

    [Inject]
    private IFleetStore Fleet { get; set; } = null!;

    [Inject]
    private IJobReader Jobs { get; set; } = null!;

    [Inject]
    private IOperationStore Operations { get; set; } = null!;

    [Inject]
    private INoticeStore Notices { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Fleet, PortalTopic.Jobs, PortalTopic.Operations, PortalTopic.Notices];

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        PageClock.Follow(() => Now, Instances.Find(Instance)!.FollowsClock);
        var person = (await SignedIn).User;
        var isAdmin = person.IsInRole(PortalClaims.AdminRole);
        Shell.Show(new ShellFacts
        {
            Instance = Instance.Name,
            UserName = person.FindFirstValue("name") ?? person.Identity?.Name,
            UserRole = isAdmin ? "administrator" : "maintainer",
            Instances = isAdmin ? [.. Instances.All.Select(one => new InstanceChoice(one.Id.Name, one.Id.Name, new Uri(one.Url).Authority))] : [],
            Counts = isAdmin ? await CountsAsync(cancel) : new Dictionary<string, string>(),
            Jumps = isAdmin ? await JumpsAsync(cancel) : [],
        });
    }

    private async Task<IReadOnlyDictionary<string, string>> CountsAsync(CancellationToken cancel)
    {
        var counts = new Dictionary<string, string>();
        if (await Fleet.LatestAsync(Instance, cancel) is { } fleet) counts["runners"] = Words.Count(fleet.Runners.Count);
        if (await Jobs.PendingCountAsync(Instance, cancel) is > 0 and var pending) counts["pending"] = Words.Count(pending);
        if (await Notices.CountAsync(Instance, NoticeFilter.Open, cancel) is > 0 and var alerts) counts["notifications"] = Words.Count(alerts);
        if (await Operations.UnfinishedAsync(Instance, cancel) is not null) counts["operations"] = "1";
        return counts;
    }

    private async Task<IReadOnlyList<JumpTarget>> JumpsAsync(CancellationToken cancel) =>
        await Fleet.LatestAsync(Instance, cancel) is { } fleet
            ? [.. fleet.Runners.Select(runner => new JumpTarget(runner.Observed.Description, $"runners/{runner.Id.Number}", "runner"))]
            : [];
}
