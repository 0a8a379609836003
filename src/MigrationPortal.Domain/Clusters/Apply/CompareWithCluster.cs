using System.Text.Json.Nodes;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>What in a cluster is not as a revision wants it, of the fields that the portal owns; nothing is written.</summary>
public sealed class CompareWithCluster(ReadRendering renderings, IClusterObjects objects)
{
    /// <returns>Refuses <c>not-applicable</c>, <c>cluster-unavailable</c> and what <see cref="ReadRendering.RunAsync"/> refuses.</returns>
    public async Task<Outcome<DriftReport>> RunAsync(long cluster, long configuration, int? revision, ApplyExtras extras, CancellationToken cancel)
    {
        if (!(await renderings.RunAsync(cluster, configuration, revision, extras, cancel)).TryGet(out var rendering, out var no)) return no;
        if (rendering.Objects.Count == 0) return Refusal.Of("not-applicable", "Values of a chart are installed by Helm: the portal has no objects to compare.");
        return await OfAsync(cluster, rendering.Target == ApplyTarget.Exported ? rendering.Objects : rendering.Marked(), cancel);
    }

    /// <inheritdoc cref="OfAsync(long, IReadOnlyList{Manifest}, CancellationToken)"/>
    public Task<Outcome<DriftReport>> OfAsync(Application application, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(application);
        return OfAsync(application.Cluster, [.. application.Objects.Select(one => ((Outcome<Manifest>.Done)Manifest.Of(JsonNode.Parse(one.Body)!.AsObject())).Result)], cancel);
    }

    /// <returns>Refuses <c>cluster-unavailable</c>.</returns>
    private async Task<Outcome<DriftReport>> OfAsync(long cluster, IReadOnlyList<Manifest> wanted, CancellationToken cancel)
    {
        var hasAutoscaler = wanted.Any(one => one.Key.Kind == "HorizontalPodAutoscaler");
        var (fields, unseen) = (new List<DriftField>(), new List<string>());
        // Of namespaces the cluster's own people decide once they are there.
        foreach (var one in wanted.Where(one => one.Key.Kind != "Namespace"))
        {
            var trial = await ObjectTrial.RunAsync(objects, cluster, one, cancel);
            if (trial.Trouble is ObjectAnswer.Unknown(var why, var again)) return Refusal.Of("cluster-unavailable", why) with { RetryAfter = again };
            if (trial.Unread is { } hidden) unseen.Add($"{one.Key} may not be read: {hidden.Message}");
            else if (trial.Before is null && trial.Trouble is null or ObjectAnswer.Refused { NoNamespace: true } or ObjectAnswer.Missing) fields.Add(new DriftField(one.Key, "", DriftKind.Missing, "there", null, null, null, null));
            else if (trial.Trouble is ObjectAnswer.Refused no) unseen.Add($"{one.Key}: {no.Message}");
            else fields.AddRange(Of(trial, hasAutoscaler));
        }

        return new DriftReport(fields, unseen);
    }

    private static IEnumerable<DriftField> Of(ObjectTrial trial, bool hasAutoscaler)
    {
        var (key, live) = (trial.Wanted.Key, trial.Before!);
        foreach (var change in trial.Changes)
        {
            var writer = live.Owners.Where(owner => !owner.IsPortal && owner.Subresource != "status" && owner.Owns(change.Path)).MaxBy(owner => owner.At);
            if (!DriftNoise.Is(trial, change, writer, hasAutoscaler)) yield return new DriftField(key, change.Path.ToString(), DriftKind.Changed, change.To, change.From, writer?.Manager, writer?.At, null);
        }

        // Where the portal owns nothing, somebody else applies: nothing was taken from it.
        if (live.Owners.FirstOrDefault(owner => owner.IsPortal) is not { } own) yield break;
        foreach (var (path, value) in Leaves(trial.Wanted.Body, FieldPath.Root).Where(one => !own.Owns(one.Path) && !trial.Changes.Any(change => change.Path == one.Path)))
            if (live.Owners.Where(owner => !owner.IsPortal && owner.Owns(path)).MaxBy(owner => owner.At) is { } taker && !DriftNoise.Is(trial, new FieldChange(path, null, null), taker, hasAutoscaler))
            {
                var (shown, _) = FieldText.Both(path, value, null);
                yield return new DriftField(key, path.ToString(), DriftKind.Taken, shown, shown, taker.Manager, taker.At, null);
            }
    }

    private static IEnumerable<(FieldPath Path, JsonNode? Value)> Leaves(JsonNode? at, FieldPath path) => at switch
    {
        JsonObject { Count: > 0 } map => map.Where(one => path.Steps.Count > 0 || one.Key is not ("apiVersion" or "kind"))
            .Where(one => path.Steps is not [FieldStep.Field("metadata")] || one.Key is "labels" or "annotations").SelectMany(one => Leaves(one.Value, path.Below(new FieldStep.Field(one.Key)))),
        JsonArray { Count: > 0 } list => FieldDiff.Items(path, list).SelectMany(step => Leaves(step.Node, path.Below(step))),
        _ => [(path, at)],
    };
}
