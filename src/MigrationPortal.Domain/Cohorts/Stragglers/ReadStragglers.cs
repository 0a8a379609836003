using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <param name="IsComplete">All jobs of the window are read and counted: only then is silence proof.</param>
/// <param name="Projects">With jobs on docker, most that straggle first; also those of which none does.</param>
public sealed record StragglerReading(bool IsComplete, IReadOnlyList<StragglingProject> Projects);

/// <summary>Projects whose jobs still end on docker though nobody has said that they shall stay there.</summary>
public sealed class ReadStragglers(IStragglerReader reader, IMoveTags tags, IEnrollmentStore enrollments, IFleetStore fleet, IOwnerAnswers answers, IProjectStore projects, IWorldClock clock)
{
    /// <summary>The count of days may be so old and still hold.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(36);

    /// <param name="days">That count back from now.</param>
    public async Task<StragglerReading> RunAsync(InstanceId instance, int days, string? owner, string? search, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        var filter = new StragglerFilter(instance, TimeWindow.Last(TimeSpan.FromDays(days), now), Owner: owner, Search: search);
        var (all, places) = (await reader.ReadAsync(filter, cancel), await reader.PlacesAsync(filter, null, cancel));
        var complete = all.CountedAt is { } counted && now - counted <= Fresh && all.Basis.From.UtcDateTime.Date <= filter.Window.From.UtcDateTime.Date;
        return new(complete, await JudgeAsync(instance, places, cancel));
    }

    /// <summary>Of these projects alone, by path of nothing else: what their people see.</summary>
    public async Task<IReadOnlyDictionary<ProjectId, StragglingProject>> OfAsync(InstanceId instance, int days, IReadOnlyCollection<ProjectId> of, CancellationToken cancel) => of.Count == 0 ? new Dictionary<ProjectId, StragglingProject>()
        : (await JudgeAsync(instance, await reader.PlacesAsync(new StragglerFilter(instance, TimeWindow.Last(TimeSpan.FromDays(days), clock.Now(instance))), of, cancel), cancel)).ToDictionary(one => one.Project);

    private async Task<IReadOnlyList<StragglingProject>> JudgeAsync(InstanceId instance, IReadOnlyList<StragglerPlace> places, CancellationToken cancel)
    {
        if (places.Count == 0) return [];
        var (known, pinned) = (await tags.ReadAsync(instance, cancel), new HashSet<ProjectId>());
        foreach (var one in await enrollments.OfTargetAsync(instance, EnrollmentTarget.Docker, cancel))
            if (one.State.HasChangedSomething()) pinned.Add(one.Project);
        foreach (var one in await enrollments.OfTargetAsync(instance, EnrollmentTarget.Kubernetes, cancel))
            if (PinnedJobs(one, known)) pinned.Add(one.Project);
        var kept = await KeptAsync(instance, cancel);
        var access = kept.Count == 0 ? new Dictionary<ProjectId, ObservedProject>() : await projects.FindAsync([.. places.Where(one => !one.Managed).Select(one => one.Project).Distinct()], cancel);
        bool Keeps(StragglerPlace place) => kept.Any(runner => JobMatcher.Matches(runner, new JobNeeds(place.Tags!, true, place.Project), access.GetValueOrDefault(place.Project)?.Access));
        return
        [
            .. places.GroupBy(one => one.Project)
                .Select(one => new StragglingProject(one.Key, one.First().Path ?? $"project {one.Key.Number}", [.. one.Select(place => JudgedPlace.Of(place, known, pinned.Contains(one.Key), Keeps))]))
                .OrderByDescending(one => one.Jobs).ThenBy(one => one.Path, StringComparer.Ordinal),
        ];
    }

    private async Task<IReadOnlyList<ObservedRunner>> KeptAsync(InstanceId instance, CancellationToken cancel)
    {
        var said = (await answers.ReadAsync(instance, cancel)).Values.Where(one => one.Says == OwnerSays.Keep).Select(one => one.Runner).ToHashSet();
        if (said.Count == 0 || await fleet.LatestAsync(instance, cancel) is not { } snapshot) return [];
        return [.. snapshot.Runners.Where(one => said.Contains(one.Id)).Select(one => one.Observed)];
    }

    private static bool PinnedJobs(Enrollment one, MoveTags known) =>
        known.Fallback is { } fallback && one is { Way: EnrollmentWay.MergeRequest, Original: { } original } && one.State.HasChangedSomething()
        && MoveRecord.Read(original).Changes.Any(change => change.Edit.Jobs.Any(job => job.After.Contains(fallback)));
}

/// <summary>When a campaign makes sense.</summary>
public static class StragglerPhase
{
    /// <returns>Null when it does.</returns>
    public static Refusal? WhyNot(MigrationFacts known) => known switch
    {
        { Evacuated: true } => Refusal.Of("not-in-phase", "Everything was taken back from Kubernetes: nobody is asked to go there now."),
        { Phase: null or < 3 } => Refusal.Of("not-in-phase", "Before the phase docker fallback jobs without tags still run on docker by themselves, so nobody has to be asked: stragglers are those who are left after it."),
        { Phase: > 4 } => Refusal.Of("not-in-phase", "The docker runners have ended: there is nothing to ask people to leave any more."),
        _ => null,
    };
}
