using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>What steps, roll backs, brownouts and announcements meant for the jobs of some projects, by the blast radius of each plan.</summary>
public sealed class ReadProjectNews(IProjectStore projects, IOperationStore operations, IPlanStore plans, IBrownoutReader brownouts, IJobStore jobs, IMigrationStore migration, PinNews pins, OfferNews offers, IWorldClock clock) : IProjectNews
{
    private const int Page = 200;

    /// <summary>An operation that ended in the time began at most so long before it.</summary>
    private static readonly TimeSpan LongestOperation = TimeSpan.FromDays(7);

    public async Task<IReadOnlyList<ProjectNews>> OfAsync(InstanceId instance, DigestPlan plan, TimeWindow time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var ours = await ProjectsAsync(instance, plan, cancel);
        return ours.Count == 0 ? [] : [.. (await StepsAsync(instance, ours, time, cancel)).Concat(await BrownoutsAsync(instance, ours, time, cancel)).Concat(await pins.RunAsync(instance, ours, time, cancel)).Concat(await offers.RunAsync(instance, ours, time, cancel)).OrderBy(one => one.At)];
    }

    private async Task<HashSet<ProjectId>> ProjectsAsync(InstanceId instance, DigestPlan plan, CancellationToken cancel)
    {
        var found = new HashSet<ProjectId>();
        for (string? after = null; ;)
        {
            var page = await projects.ListAsync(instance, plan.Path, Page, after, cancel);
            found.UnionWith(page.Where(one => plan.Holds(one.Access.FullPath)).Select(one => one.Id));
            if (page.Count < Page) return found;
            after = page[^1].Access.FullPath;
        }
    }

    private async Task<List<ProjectNews>> StepsAsync(InstanceId instance, HashSet<ProjectId> ours, TimeWindow time, CancellationToken cancel)
    {
        var (news, settings) = (new List<ProjectNews>(), await migration.SettingsAsync(instance, cancel));
        for (long? before = null; ;)
        {
            var page = await operations.NewestAsync(instance, Page, before, cancel);
            foreach (var one in page.Where(one => one is { Brownout: null, State: OperationState.Succeeded or OperationState.RolledBack } && one.EndedAt >= time.From && one.EndedAt < time.To))
                if (await plans.FindAsync(one.PlanId, cancel) is { } plan && ProjectNewsWords.Of(one, plan, ours, Announced(plan, settings)) is { } sentence) news.Add(new ProjectNews(one.EndedAt!.Value, sentence));
            if (page.Count < Page || page[^1].StartedAt < time.From - LongestOperation) return news;
            before = page[^1].Id;
        }
    }

    // As everybody in GitLab could read it; a step back is not announced.
    private static string? Announced(Plan plan, MigrationSettings settings) =>
        PlanTargetJson.Read(plan.Target) is Outcome<PlanTarget>.Done { Result: PlanTarget.ToPhase step } && settings.PolicyOf(step.Phase).AnnouncesSteps
            && plan.BlastRadius.Classes.Any(one => one.Effect is JobClassEffect.Moves or JobClassEffect.Shared)
            ? AnnounceStep.Text(step, settings)
            : null;

    private async Task<IEnumerable<ProjectNews>> BrownoutsAsync(InstanceId instance, HashSet<ProjectId> ours, TimeWindow time, CancellationToken cancel)
    {
        var begun = (await brownouts.WithinAsync(instance, time, cancel)).Where(one => one.From >= time.From).ToList();
        if (begun.Count == 0) return [];
        var census = await jobs.CensusAsync(instance, CensusWindow.Until(clock.Now(instance)), cancel);
        var asked = census.Classes.Where(one => ours.Contains(one.Needs.Project)).SelectMany(one => one.Needs.Tags).ToHashSet(StringComparer.Ordinal);
        return begun.Where(one => asked.Contains(one.Tag)).Select(one => new ProjectNews(one.From, ProjectNewsWords.Of(one)));
    }
}
