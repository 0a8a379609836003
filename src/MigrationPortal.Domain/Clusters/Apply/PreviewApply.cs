using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>What applying a revision to a cluster would do, object by object, asked of the cluster itself; nothing is written.</summary>
public sealed class PreviewApply(ReadRendering renderings, IClusterObjects objects, IApplicationStore applications, ReadNamespaces namespaces)
{
    /// <returns>Refuses <c>not-applicable</c>, <c>cluster-unavailable</c>, <c>release-taken</c> and what <see cref="ReadRendering.RunAsync"/> refuses.</returns>
    public async Task<Outcome<ApplyPreview>> RunAsync(long cluster, long configuration, int? revision, ApplyExtras extras, CancellationToken cancel)
    {
        if (!(await renderings.RunAsync(cluster, configuration, revision, extras, cancel)).TryGet(out var rendering, out var no)) return no;
        if (rendering.Objects.Count == 0) return Refusal.Of("not-applicable", "Values of a chart are installed by Helm: the portal has no objects to apply. Export them, or choose another kind of deployment.");

        if (!(await namespaces.OfAsync(cluster, rendering, cancel)).TryGet(out var spaces, out no)) return no;
        var missing = spaces.Missing;
        List<Manifest> wanted = [.. missing, .. (rendering.Target == ApplyTarget.Exported ? rendering.Objects : rendering.Marked()).Where(one => one.Key.Kind != "Namespace")];
        var trials = new List<ObjectTrial>();
        foreach (var one in wanted)
        {
            var trial = await ObjectTrial.RunAsync(objects, cluster, one, cancel);
            if (trial.Trouble is ObjectAnswer.Unknown(var why, var again)) return Refusal.Of("cluster-unavailable", why) with { RetryAfter = again };
            trials.Add(trial);
        }

        if (await TakenAsync(cluster, configuration, trials, cancel) is { } taken) return taken;
        var last = await applications.LastGoodAsync(cluster, configuration, cancel);
        var gone = await GoneAsync(cluster, last, wanted, cancel);
        List<ApplyFinding> findings = [.. trials.SelectMany(one => ApplyFindings.Of(one, rendering, missing)), .. spaces.Findings, .. await SecretAsync(cluster, rendering, cancel), .. rendering.Notes.Select(note => new ApplyFinding(FindingLevel.Note, "rendering", null, note))];
        return new ApplyPreview(cluster, rendering, [.. trials.Select(one => Of(one, missing))], [.. gone.Select(one => one.Key)], findings, ApplyFingerprint.Of(trials, gone), last) { Wanted = wanted };
    }

    /// <summary>Objects that the portal applied for another configuration: with one release name, the two would write over and remove each other's.</summary>
    private async Task<Refusal?> TakenAsync(long cluster, long configuration, IEnumerable<ObjectTrial> trials, CancellationToken cancel)
    {
        var taken = new List<string>();
        foreach (var others in trials.Select(one => (one.Wanted.Key, Other: one.Before?.OtherConfiguration(configuration))).Where(one => one.Other is not null).GroupBy(one => one.Other!, one => one.Key))
        {
            var name = long.TryParse(others.Key, out var number) && await applications.ListAsync(cluster, number, 1, null, cancel) is [var newest] ? $"{newest.ConfigurationName} (configuration {number})" : $"configuration {others.Key}";
            taken.Add($"{string.Join(", ", others)} {(others.Count() == 1 ? "is" : "are")} of {name}: give this one another release name, or roll that one's application back first.");
        }

        return taken.Count > 0 ? new Refusal("release-taken", taken) : null;
    }

    private static ObjectPreview Of(ObjectTrial trial, IReadOnlyList<Manifest> missing) => new(
        trial.Wanted.Key,
        trial.After is null ? ApplyFindings.Waits(trial, missing) ? ObjectEffect.Later : ObjectEffect.Refused
            : trial.Before is null ? trial.Unread is null ? ObjectEffect.Create : ObjectEffect.Change
            : trial.Changes.Count > 0 ? ObjectEffect.Change : ObjectEffect.Unchanged,
        trial.Changes, trial.Conflicts);

    private async Task<IReadOnlyList<(ObjectKey Key, string Uid)>> GoneAsync(long cluster, Application? last, List<Manifest> wanted, CancellationToken cancel)
    {
        var gone = new List<(ObjectKey, string)>();
        foreach (var one in (last?.Objects ?? []).Where(one => one.Key.Kind != "Namespace" && !wanted.Exists(now => now.Key == one.Key)))
            if (await objects.GetAsync(cluster, one.Key, cancel) is ObjectAnswer.Seen { Object: { IsGoing: false } live } && live.Label(Rendering.ManagedBy) == IClusterObjects.FieldManager && live.OtherConfiguration(last!.Configuration) is null)
                gone.Add((one.Key, live.Uid));
        return gone;
    }

    private async Task<IEnumerable<ApplyFinding>> SecretAsync(long cluster, Rendering rendering, CancellationToken cancel)
    {
        var key = new ObjectKey("v1", "Secret", rendering.ManagerNamespace, rendering.TokenSecret);
        return await objects.GetAsync(cluster, key, cancel) switch
        {
            ObjectAnswer.Missing => [new ApplyFinding(FindingLevel.Warning, "secret-missing", key, $"{key} with the runner's token is not there: the manager cannot start. Register a runner in this cluster, which brings it, or make it by hand.")],
            ObjectAnswer.Refused no => [new ApplyFinding(FindingLevel.Note, "secret-unseen", key, $"Whether {key} is there cannot be seen: {no.Message}")],
            ObjectAnswer.Seen { Object: var secret } when TokenSecretForm.Problem(secret, rendering.Target) is { } wrong => [new ApplyFinding(FindingLevel.Warning, "secret-form", key, $"{key} {wrong}")],
            _ => [],
        };
    }
}
