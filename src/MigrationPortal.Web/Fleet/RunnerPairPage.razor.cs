using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Fleet;

/// <summary>The two runners by which whole projects move: named here, watched here, and made as it says here.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class RunnerPairPage
{
    private static readonly (ExecutorFamily Family, string Word, string Executor)[] Halves =
        [(ExecutorFamily.Kubernetes, "Kubernetes runner", "the Kubernetes executor"), (ExecutorFamily.Docker, "docker runner", "a docker executor")];

    private readonly Dictionary<ExecutorFamily, long?> picked = [];

    private RunnerPairShown? shown;
    private (bool Done, string Text)? said;
    private bool busy;

    [Inject]
    private RunnerPairReading Reading { get; set; } = null!;

    [Inject]
    private SetRunnerPair Set { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Fleet, PortalTopic.Cohorts, PortalTopic.Phases];

    private string GitLabAddress => Instances.Find(Instance)?.Url.TrimEnd('/') ?? "";

    private string Headline => shown?.Now is not { } now ? "No runner pair is named"
        : now is { Kubernetes.IsFit: true, Docker.IsFit: true } ? $"The runner pair is ready, {(shown.Projects.Count == 0 ? "no project uses" : $"{Words.Count(shown.Projects.Count, "project")} {(shown.Projects.Count == 1 ? "uses" : "use")}")} it"
        : $"The runner pair has {Words.Count(now.Kubernetes.Faults.Count + now.Docker.Faults.Count, "problem")}";

    private bool CanSave => Halves.All(half => Chosen(half.Family) is not null) && (picked.Count > 0 || shown?.Now is null);

    protected override async Task ReadAsync(CancellationToken cancel) => shown = await Reading.OfAsync(Instance, cancel);

    // Where nothing was picked: what is named, else the only one that there is.
    private long? Chosen(ExecutorFamily family) => picked.TryGetValue(family, out var chosen) ? chosen
        : shown?.Now is { } now ? (family == ExecutorFamily.Docker ? now.Docker : now.Kubernetes).Runner
        : shown?.Candidates(family).Where(runner => PairHalf.Of(family, runner.Id.Number, shown.Fleet!).IsFit).Select(runner => (long?)runner.Id.Number).FirstOrDefault();

    private void Pick(ExecutorFamily family, string? number) =>
        picked[family] = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : null;

    private async Task SaveAsync()
    {
        if (!CanSave) return;
        await SetAsync(new RunnerPair(Chosen(ExecutorFamily.Kubernetes)!.Value, Chosen(ExecutorFamily.Docker)!.Value), "Maintainers are offered it from now on.");
    }

    private async Task RemoveAsync()
    {
        var asked = await Dialogs.ConfirmAsync(new ConfirmRequest("Name no runner pair?", "Name none")
        {
            Text = "Nobody is offered to move by it any more.",
            Points = [shown!.Projects.Count == 0 ? "No project uses it." : $"{Words.Count(shown.Projects.Count, "project")} {(shown.Projects.Count == 1 ? "keeps" : "keep")} it until {(shown.Projects.Count == 1 ? "it goes" : "they go")} back: leave the runners in GitLab until then."],
            Danger = true,
        });
        if (asked is not null) await SetAsync(null, "No runner pair is named any more.");
    }

    private async Task SetAsync(RunnerPair? pair, string done)
    {
        busy = true;
        try
        {
            said = (await Set.RunAsync(Instance, pair, (await SignedIn).User.Actor(), Leaving)).Match(_ => (true, done), no => (false, string.Join(" ", no.Reasons)));
            if (said is { Done: true }) picked.Clear();
        }
        catch (GitLabUnavailableException unavailable)
        {
            said = (false, $"{unavailable.Message} Nothing was changed.");
        }
        finally
        {
            busy = false;
        }

        await ReadAgainAsync();
    }

    private static string Option(FleetRunner runner) =>
        $"{runner.Id.Number} {runner.Observed.Description} ({RunnerView.ExecutorOf(runner)}{(runner.Observed.Locked ? ", locked" : "")}{(runner.Attributes.Paused ? ", paused" : "")})";
}
