using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>What somebody wants applied, after they saw a preview of it.</summary>
/// <param name="Fingerprint">Of that preview.</param>
/// <param name="Force">Objects, as they print, whose fields are taken over from others.</param>
/// <param name="Leave">Objects whose fields stay with the others.</param>
/// <param name="Prune">Objects that the revision no longer has are removed.</param>
/// <param name="Runner">GitLab's number of the runner whose manager must report; null: not known.</param>
/// <param name="ReturnsByItself">Rolls back without a click when it ends unhealthy.</param>
/// <param name="Patience">For the manager to come up and to report: 1 minute to 2 hours.</param>
public sealed record ApplyWish(
    long Cluster, long Configuration, int? Revision, ApplyExtras Extras, string? Fingerprint, IReadOnlySet<string> Force, IReadOnlySet<string> Leave, bool Prune, long? Runner, bool ReturnsByItself, TimeSpan Patience, string? Reason)
{
    /// <summary>Why it goes into production although no verification proves it; null: then it does not.</summary>
    public string? OverrideUnverified { get; init; }

    /// <summary>The portal itself brings back what was there before: nobody has to vouch for it.</summary>
    public bool IsReturn { get; init; }

    public static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan ShortestPatience = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan LongestPatience = TimeSpan.FromHours(2);
}

/// <summary>Begins to bring a revision into a cluster: what is written down here, the sweep carries out, whatever happens to this process.</summary>
public sealed class ApplyRevision(PreviewApply preview, IClusterStore clusters, IApplicationStore applications, ProductionGuard guard, ApplicationSteps steps, TimeProvider time)
{
    /// <returns>
    /// Refuses <c>reason-missing</c>, <c>preview-first</c>, <c>cluster-changed</c>, <c>preview-errors</c>, <c>field-conflict</c>,
    /// <c>managed-elsewhere</c>, <c>unverified</c>, <c>cluster-busy</c> and what <see cref="PreviewApply.RunAsync"/> refuses.
    /// </returns>
    public async Task<Outcome<Application>> RunAsync(ApplyWish wish, Actor who, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(wish.Reason)) return Refusal.Of("reason-missing", "Say why: it stands in the audit trail.");
        if (string.IsNullOrWhiteSpace(wish.Fingerprint)) return Refusal.Of("preview-first", "Look at the preview first and give its fingerprint.");
        if (await applications.ActiveAsync(wish.Cluster, cancel) is { } active) return Busy(active);
        if (!(await preview.RunAsync(wish.Cluster, wish.Configuration, wish.Revision, wish.Extras, cancel)).TryGet(out var seen, out var no)) return no;
        if (seen.Rendering.Target == ApplyTarget.Exported) return Refusal.Of("managed-elsewhere", "The configuration is managed elsewhere: export it, and the portal waits until the cluster matches.");
        if (seen.Fingerprint != wish.Fingerprint) return Refusal.Of("cluster-changed", "The cluster or the configuration changed since the preview: look at it again.");
        if (seen.Errors.Any()) return new Refusal("preview-errors", [.. seen.Errors.Select(one => one.Sentence)]);
        if (!Objects(seen, wish).TryGet(out var objects, out no)) return no;
        var cluster = (await clusters.FindAsync(wish.Cluster, cancel))!;
        var unverified = wish.IsReturn ? null : await guard.WhyNotAsync(cluster, wish.Configuration, seen.Rendering.Revision, cancel);
        if (unverified is not null && string.IsNullOrWhiteSpace(wish.OverrideUnverified)) return unverified;
        var begins = New(cluster.Instance, seen, objects, wish, who) with { Override = unverified is null ? null : new UnverifiedOverride(who, wish.OverrideUnverified!.Trim()) };
        return await steps.BeginAsync(begins, cancel) is { } begun ? begun
            : await applications.ActiveAsync(wish.Cluster, cancel) is { } first ? Busy(first) : Refusal.Of("cluster-busy", "Something else is being applied to the cluster: try again when it has ended.");
    }

    private static Outcome<IReadOnlyList<AppliedObject>> Objects(ApplyPreview seen, ApplyWish wish)
    {
        var (objects, open) = (new List<AppliedObject>(), new List<string>());
        foreach (var one in seen.Wanted)
        {
            var held = seen.Objects.Single(shown => shown.Key == one.Key).Conflicts;
            var (force, sent) = (wish.Force.Contains(one.Key.ToString()), one);
            if (held.Count > 0 && !force)
            {
                if (!wish.Leave.Contains(one.Key.ToString())) open.Add($"Of {one.Key}, {string.Join(", ", held.Select(field => $"{field.Path} belongs to {field.Manager}"))}: name it in force to take the fields over, or in leave.");
                else if (LeftFields.Without(one, held) is { } rest) sent = rest;
                else open.Add($"{one.Key} cannot leave {string.Join(", ", held.Select(field => field.Path))} out alone: name it in force, or take the field out of the configuration.");
            }

            objects.Add(new AppliedObject(one.Key, sent.Body.ToJsonString(), force && held.Count > 0));
        }

        return open.Count > 0 ? new Refusal("field-conflict", open) : objects;
    }

    private Application New(InstanceId instance, ApplyPreview seen, IReadOnlyList<AppliedObject> objects, ApplyWish wish, Actor who)
    {
        var now = time.GetUtcNow();
        List<ApplyStep> all = [.. objects.Select(one => ApplyStep.Of(ApplyStepKind.Apply, one.Key))];
        if (wish.Prune) all.AddRange(seen.Removed.Select(key => ApplyStep.Of(ApplyStepKind.Remove, key)));
        all.AddRange(seen.Wanted.Where(one => one.RollsOut).Select(one => ApplyStep.Of(ApplyStepKind.RollOut, one.Key)));
        all.Add(ApplyStep.Of(ApplyStepKind.Contact, null));
        return new Application(
            0, wish.Cluster, instance, wish.Configuration, seen.Rendering.Name, seen.Rendering.Revision, seen.Rendering.Target, ApplicationState.Applying, all, objects,
            seen.LastGood?.Id, wish.Runner, wish.ReturnsByItself, wish.Patience, now + ApplicationSteps.WritePatience, null, null, who, wish.Reason!.Trim(), now, now, null, 0);
    }

    private static Refusal Busy(Application active) => Refusal.Of("cluster-busy", $"Application {active.Id} ({active.ConfigurationName}, revision {active.Revision}) is under way in the cluster: wait for its end, or roll it back.");
}
