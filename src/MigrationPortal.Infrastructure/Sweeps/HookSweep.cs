using System.Globalization;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Brings the portal's job hook into projects, or out of them, as an administrator wished: one project after the other, of what monitoring leaves unspent.</summary>
internal sealed class HookSweep(IJobHookStore store, GitLabHooks gitlab, RequestBudget budget, IPortalEvents events, IWorldClock clock, TimeProvider time) : ISweep
{
    private const int ProjectsARun = 200;

    /// <summary>A list and a write.</summary>
    private const int RequestsAProject = 2;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public string Name => "hooks";

    // An administrator waits for it: it looks for a wish every few seconds, which costs GitLab nothing.
    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        if (await store.WishAsync(instance, cancel) is not { Stopped: false } wish) return new SweepReport("Nothing is asked for.");
        var setup = gitlab.Of(instance);
        if (setup.Address is null || (wish.Kind != HookWishKind.Check && setup.Missing.Count > 0)) return new SweepReport($"Waits: {setup.Missing[0]}", PutOff: true);
        // Half of it: the sweeps that bring the jobs come first.
        var left = Math.Min(ProjectsARun, await budget.LeftOverAsync(instance, cancel) / 2 / RequestsAProject);
        var (next, visited, refused) = (await store.NextAsync(wish, ProjectsARun, cancel), 0, 0);
        var began = time.GetTimestamp();
        try
        {
            foreach (var project in next.Take(left))
            {
                if (time.GetElapsedTime(began) > Longest) break;
                var seen = await gitlab.VisitAsync(project, wish.Kind, clock.Now(instance), cancel);
                await store.SaveAsync(seen, wish.Id, cancel);
                visited++;
                if (seen.State == HookState.Refused) refused++;
                // Stopped or replaced meanwhile, by whichever replica the administrator met.
                if (await store.WishAsync(instance, cancel) != wish) break;
            }
        }
        finally
        {
            if (visited > 0) await events.PublishAsync(new PortalEvent(PortalTopic.Instances, instance, null), CancellationToken.None);
        }

        if (next.Count == 0) return new SweepReport("Every project was visited.");
        var said = string.Create(CultureInfo.InvariantCulture, $"{visited} projects visited{(refused > 0 ? $", {refused} refused" : "")}");
        return left == 0 ? new SweepReport("Waits for the request budget.", PutOff: true) : new SweepReport(said, visited < next.Count ? Pace.NotBefore : null);
    }
}
