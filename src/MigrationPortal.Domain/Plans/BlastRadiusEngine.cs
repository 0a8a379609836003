using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>Asks the matching engine about each job class before and after a plan.</summary>
public static class BlastRadiusEngine
{
    /// <param name="awaited">The tag of a brownout: that its jobs wait is its purpose.</param>
    /// <param name="predicted">Jobs that are known to fail on Kubernetes; null: none.</param>
    public static BlastRadius Of(FleetSnapshot before, FleetSnapshot after, JobClassCensus census, string? awaited = null, IReadOnlyCollection<PredictedFailure>? predicted = null)
    {
        var (service, failing) = (new Service(before, after, census), FailingShares(census, predicted ?? []));
        var effects = census.Classes
            .Select(one => (Class: one, Seen: Meant(Worst(one.Needs, service), awaited is not null && one.Needs.Tags.Contains(awaited))))
            .SelectMany(pair => Split(pair, failing))
            .GroupBy(pair => (pair.Class.Needs.Tags, pair.Class.Needs.Protected, Before: pair.Seen.Before.By, After: pair.Seen.After.By, pair.Seen.Effect))
            .Select(group => new ClassEffect(
                group.Key.Tags,
                group.Key.Protected,
                [.. group.Select(pair => pair.Class.Needs.Project).Distinct().OrderBy(project => project.Number)],
                group.Sum(pair => pair.Class.JobsPerDay),
                group.Key.Before,
                group.Key.After,
                group.Key.Effect))
            .OrderByDescending(effect => Severity(effect.Effect))
            .ThenByDescending(effect => effect.JobsPerDay)
            .ThenBy(effect => effect.Tags.ToString(), StringComparer.Ordinal);
        return new BlastRadius(census.Basis, census.JobsSeen, census.SampledFraction, [.. effects]);
    }

    // A CI file does not tell protected refs from others: each of a project's classes with these tags has its share of them.
    private static Dictionary<(ProjectId Project, TagSet Tags), double> FailingShares(JobClassCensus census, IReadOnlyCollection<PredictedFailure> predicted)
    {
        if (predicted.Count == 0) return [];
        var known = predicted.GroupBy(one => (one.Project, one.Tags)).ToDictionary(group => group.Key, group => group.Sum(one => one.JobsPerDay));
        return census.Classes.GroupBy(one => (one.Needs.Project, one.Needs.Tags)).Where(group => known.ContainsKey(group.Key))
            .Select(group => (group.Key, All: group.Sum(one => one.JobsPerDay))).Where(one => one.All > 0)
            .ToDictionary(one => one.Key, one => Math.Clamp(known[one.Key] / one.All, 0, 1));
    }

    private static IEnumerable<(JobClass Class, (Servers Before, Servers After, JobClassEffect Effect) Seen)> Split(
        (JobClass Class, (Servers Before, Servers After, JobClassEffect Effect) Seen) pair, Dictionary<(ProjectId Project, TagSet Tags), double> failing)
    {
        var (one, seen) = pair;
        var share = seen.Effect is JobClassEffect.Moves or JobClassEffect.Shared ? failing.GetValueOrDefault((one.Needs.Project, one.Needs.Tags)) : 0;
        if (share > 0) yield return (one with { JobsPerDay = one.JobsPerDay * share }, seen with { Effect = JobClassEffect.PredictedToFail });
        if (share < 1) yield return (one with { JobsPerDay = one.JobsPerDay * (1 - share) }, seen);
    }

    private static (Servers Before, Servers After, JobClassEffect Effect) Meant((Servers Before, Servers After, JobClassEffect Effect) seen, bool awaited) =>
        awaited && seen.Effect == JobClassEffect.NoRunner ? seen with { Effect = JobClassEffect.Waits } : seen;

    // Not known whether protected: both are asked, and the worse answer stands.
    private static (Servers Before, Servers After, JobClassEffect Effect) Worst(JobNeeds needs, Service service)
    {
        if (needs.Protected is not null) return One(needs, service);
        var open = One(needs with { Protected = false }, service);
        var guarded = One(needs with { Protected = true }, service);
        return Severity(guarded.Effect) > Severity(open.Effect) ? guarded : open;
    }

    private static (Servers Before, Servers After, JobClassEffect Effect) One(JobNeeds needs, Service service)
    {
        var access = service.Census.Projects.GetValueOrDefault(needs.Project);
        Servers from = Servers.Of(service.Before.Serving(needs, access)), to = Servers.Of(service.After.Serving(needs, access));
        var effect = EffectOf(from, to);
        return (from, to, effect == JobClassEffect.UnservedBefore && service.IsTakenFromSilent(needs, access) ? JobClassEffect.NoRunner : effect);
    }

    private static JobClassEffect EffectOf(Servers before, Servers after)
    {
        if (after.By == ServedBy.Nobody) return before.By == ServedBy.Nobody ? JobClassEffect.UnservedBefore : JobClassEffect.NoRunner;
        if (before == after) return JobClassEffect.Unchanged;

        bool legacy = after.By.HasFlag(ServedBy.Legacy), kubernetes = after.By.HasFlag(ServedBy.Kubernetes);
        if (legacy && kubernetes) return JobClassEffect.Shared;
        // Only the number of runners behind it changed, not who they are.
        if (before.By == after.By) return JobClassEffect.Unchanged;
        if (after.By == ServedBy.Unmanaged) return JobClassEffect.LeftToUnmanaged;
        if (kubernetes && after.By.HasFlag(ServedBy.Unmanaged)) return JobClassEffect.Shared;
        return legacy ? JobClassEffect.Returns : JobClassEffect.Moves;
    }

    private static int Severity(JobClassEffect effect) => effect switch
    {
        JobClassEffect.NoRunner => 8,
        JobClassEffect.Waits => 7,
        JobClassEffect.PredictedToFail => 6,
        JobClassEffect.LeftToUnmanaged => 5,
        JobClassEffect.Moves => 4,
        JobClassEffect.Returns => 3,
        JobClassEffect.Shared => 2,
        JobClassEffect.Unchanged => 1,
        _ => 0,
    };

    /// <summary>Who serves what before and after; also were runners back that are silent only for now.</summary>
    private sealed class Service(FleetSnapshot before, FleetSnapshot after, JobClassCensus census)
    {
        private readonly Lazy<(ServiceIndex Before, ServiceIndex After)> _back = new(() => (new(before, JobMatcher.StaleAfter), new(after, JobMatcher.StaleAfter)));

        public JobClassCensus Census => census;

        public ServiceIndex Before { get; } = new(before);

        public ServiceIndex After { get; } = new(after);

        // A restart of GitLab or of a network silences everybody for minutes: that must not make a plan look harmless.
        public bool IsTakenFromSilent(JobNeeds needs, ProjectAccess? access) => _back.Value.Before.IsServed(needs, access) && !_back.Value.After.IsServed(needs, access);
    }

    private readonly record struct Servers(ServedBy By, int Legacy, int Kubernetes)
    {
        public static Servers Of(IEnumerable<RunnerPool> pools)
        {
            var by = ServedBy.Nobody;
            int legacy = 0, kubernetes = 0;
            foreach (var pool in pools)
            {
                if (pool.ManagedAs == RunnerRole.Legacy)
                {
                    by |= ServedBy.Legacy;
                    legacy += pool.Runners.Count;
                }
                else if (pool.ManagedAs == RunnerRole.Kubernetes)
                {
                    by |= ServedBy.Kubernetes;
                    kubernetes += pool.Runners.Count;
                }
                else
                {
                    by |= ServedBy.Unmanaged;
                }
            }
            return new Servers(by, legacy, kubernetes);
        }
    }
}
