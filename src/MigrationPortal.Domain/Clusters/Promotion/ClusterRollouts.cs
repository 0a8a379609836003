using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Promotion;

/// <summary>Rollouts by the portal's applications, where it applies itself, and by comparing with the cluster, whoever applied.</summary>
public sealed class ClusterRollouts(
    IApplicationStore applications, IRegistrationStore registrations, IConfigStore configurations, CompareWithCluster compare, ReadRendering renderings, ManagerHealth health, PreviewApply preview, ApplyRevision applies, RollBackApplication backs, IClusterFailures failures) : IRollouts
{
    /// <summary>What goes along with a manager by default.</summary>
    public const ApplyExtras Usual = ApplyExtras.NetworkPolicy | ApplyExtras.Rbac;

    private const int Looked = 100;

    /// <summary>Revisions that are compared when nobody knows which one runs: each costs the cluster two requests an object.</summary>
    private const int MostCompared = 8;

    public async Task<Outcome<RolloutSeen>> ObserveAsync(long cluster, long configuration, int? sought, CancellationToken cancel)
    {
        var known = await applications.ListAsync(cluster, configuration, Looked, null, cancel);
        var newest = known.FirstOrDefault(one => one.State != ApplicationState.RolledBack);
        var good = known.FirstOrDefault(one => one.State == ApplicationState.Healthy)?.Revision;
        if (newest is { IsActive: true }) return new RolloutSeen(null, newest.Id, RolloutHealth.Waiting, Doing(newest)) { IsUnderWay = true, LastGood = good };
        if (newest is { State: ApplicationState.Unhealthy }) return new RolloutSeen(null, newest.Id, RolloutHealth.Ill, newest.Said ?? $"Application {newest.Id} is not well.") { LastGood = good };

        var differs = "Nothing of it is there.";
        if (newest is not null)
        {
            if (!(await compare.OfAsync(newest, cancel)).TryGet(out var drift, out var no)) return no;
            if (drift.Fields.Count == 0) return await MatchedAsync(cluster, configuration, newest.Revision, newest, good, newest.Objects.Select(one => one.Key), cancel);
            differs = Differs(newest.Revision, drift);
        }

        foreach (var revision in await CandidatesAsync(configuration, sought, newest?.Revision, cancel))
        {
            var extras = ExtrasOf(newest);
            if (!(await compare.RunAsync(cluster, configuration, revision, extras, cancel)).TryGet(out var drift, out var no)) return no;
            if (drift.Fields.Count > 0)
            {
                if (revision == sought) differs = Differs(revision, drift);
                continue;
            }

            if (!(await renderings.RunAsync(cluster, configuration, revision, extras, cancel)).TryGet(out var rendering, out no)) return no;
            return await MatchedAsync(cluster, configuration, revision, null, good, (rendering.Target == ApplyTarget.Exported ? rendering.Objects : rendering.Marked()).Select(one => one.Key), cancel);
        }

        return new RolloutSeen(null, newest?.Id, RolloutHealth.Waiting, differs) { LastGood = good };
    }

    public async Task<Outcome<long?>> ApplyAsync(RolloutWish wish, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var known = await applications.ListAsync(wish.Cluster, wish.Configuration, Looked, null, cancel);
        // Begun by a process that did not live to write it down.
        return known.FirstOrDefault(one => one.Revision == wish.Revision && one.Reason == wish.Reason) is { } mine ? mine.Id : await BeginAsync(wish, known, isReturn: false, cancel);
    }

    public async Task<Outcome<long?>> ReturnAsync(RolloutWish wish, long? application, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var known = await applications.ListAsync(wish.Cluster, wish.Configuration, Looked, null, cancel);
        var newest = known.FirstOrDefault(one => one.State != ApplicationState.RolledBack);
        if (newest is { State: ApplicationState.RollingBack }) return newest.Id;
        if (newest is { Target: not ApplyTarget.Exported } && newest.Id == application)
            return (await backs.RunAsync(wish.Cluster, newest.Id, wish.Who, wish.Reason, cancel)).Match<Outcome<long?>>(going => going.Id, no => no);
        return known.FirstOrDefault(one => one.Revision == wish.Revision && one.Reason == wish.Reason) is { } mine ? mine.Id : await BeginAsync(wish, known, isReturn: true, cancel);
    }

    public Task<Rate> FailuresAsync(long cluster, DateTimeOffset since, CancellationToken cancel) => failures.ReadAsync(cluster, since, cancel);

    private async Task<Outcome<long?>> BeginAsync(RolloutWish wish, IReadOnlyList<Application> known, bool isReturn, CancellationToken cancel)
    {
        var last = known.FirstOrDefault(one => one.State == ApplicationState.Healthy);
        var extras = ExtrasOf(last);
        if (!(await preview.RunAsync(wish.Cluster, wish.Configuration, wish.Revision, extras, cancel)).TryGet(out var seen, out var no)) return no;
        if (seen.Rendering.Target == ApplyTarget.Exported) return new Outcome<long?>.Done(null);
        var runner = (await registrations.DoneAsync(wish.Cluster, wish.Configuration, cancel))?.Runner ?? last?.Runner;
        // The promotion itself brings it back: two hands on one way would be one too many.
        var asked = new ApplyWish(wish.Cluster, wish.Configuration, wish.Revision, extras, seen.Fingerprint, new HashSet<string>(), new HashSet<string>(), true, runner, false, ApplyWish.UsualPatience, wish.Reason)
        {
            OverrideUnverified = wish.OverrideUnverified,
            IsReturn = isReturn,
        };
        return (await applies.RunAsync(asked, wish.Who, cancel)).Match<Outcome<long?>>(begun => begun.Id, refused => refused);
    }

    private async Task<Outcome<RolloutSeen>> MatchedAsync(long cluster, long configuration, int revision, Application? application, int? good, IEnumerable<ObjectKey> objects, CancellationToken cancel)
    {
        var runner = application?.Runner ?? (await registrations.DoneAsync(cluster, configuration, cancel))?.Runner;
        return (await health.ReadAsync(cluster, [.. objects], runner, cancel)).Match<Outcome<RolloutSeen>>(
            seen => new RolloutSeen(revision, application?.Id, seen.Health, $"It runs revision {revision}. {seen.Said}") { LastGood = good }, no => no);
    }

    private async Task<IReadOnlyList<int>> CandidatesAsync(long configuration, int? sought, int? compared, CancellationToken cancel)
    {
        if (sought is { } one) return one == compared ? [] : [one];
        return [.. (await configurations.RevisionsAsync(configuration, MostCompared, null, cancel)).Select(revision => revision.Number).Where(number => number != compared)];
    }

    // Quotas that went along before stay: leaving them out would take them away.
    private static ApplyExtras ExtrasOf(Application? last) => last?.Objects.Any(one => one.Key.Kind is "ResourceQuota" or "LimitRange") == true ? Usual | ApplyExtras.Quota : Usual;

    private static string Differs(int revision, DriftReport drift) =>
        $"It does not run revision {revision}: {drift.Fields.Count} {(drift.Fields.Count == 1 ? "field differs" : "fields differ")}, first {drift.Fields[0].Object}{(drift.Fields[0].Path.Length > 0 ? $" {drift.Fields[0].Path}" : ", which is not there")}.";

    private static string Doing(Application application) => application.Next() is { } index && application.Steps[index] is var step
        ? $"Application {application.Id} {(application.IsGoingBack ? "goes back" : "is under way")}, step {index + 1} of {application.Steps.Count}{(step.Said is { } said ? $": {said}" : ".")}"
        : $"Application {application.Id} is under way.";
}
