using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Export;

/// <summary>Waits until a cluster matches what was handed over, whoever makes it so: it counts by what is seen.</summary>
public sealed class FollowExport(ApplicationSteps steps, CompareWithCluster compare, ExportRequests requests, TimeProvider time)
{
    private static readonly TimeSpan Slow = TimeSpan.FromMinutes(1);

    /// <returns>When to look again; null: it has ended, or somebody else changed it.</returns>
    internal async Task<TimeSpan?> RunAsync(Application of, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(of);
        try
        {
            if (of.Export is { Number: null, IsNeedless: false })
            {
                if (!(await requests.OpenAsync(of, cancel)).TryGet(out var opened, out var not)) return not.RetryAfter is not null ? await WaitAsync(of, string.Join(" ", not.Reasons), cancel) : await EndAsync(of, $"The merge request could not be opened: {string.Join(" ", not.Reasons)}", cancel);
                if (await steps.KeepAsync(of with { Export = opened }, cancel) is not { } kept) return null;
                of = kept;
            }

            if (await requests.IsClosedAsync(of, cancel)) return await EndAsync(of, $"The merge request was closed without being merged: {of.Export!.Address}.", cancel);
        }
        catch (GitLabUnavailableException fault)
        {
            return await WaitAsync(of, fault.Message, cancel);
        }

        if (!(await compare.OfAsync(of, cancel)).TryGet(out var drift, out var no)) return await WaitAsync(of, string.Join(" ", no.Reasons), cancel);
        if (drift.Fields.Count > 0) return await WaitAsync(of, $"{drift.Fields.Count} {(drift.Fields.Count == 1 ? "field differs" : "fields differ")} still, first {drift.Fields[0].Object} {(drift.Fields[0].Path.Length > 0 ? drift.Fields[0].Path : "is not there")}.", cancel);
        if (drift.Unseen.Count > 0) return await WaitAsync(of, drift.Unseen[0], cancel);
        var done = of with { Steps = [.. of.Steps.Select(one => one with { State = ApplyStepState.Done, EndedAt = time.GetUtcNow(), Said = "The cluster matches." })] };
        await steps.GoAsync(done, ApplicationState.Healthy, Actor.Portal, null, null, cancel);
        return null;
    }

    private async Task<TimeSpan?> WaitAsync(Application of, string why, CancellationToken cancel)
    {
        if (time.GetUtcNow() >= of.Deadline) return await EndAsync(of, $"Not in time. {why}", cancel);
        if (of.Said == why) return Slow;
        return await steps.KeepAsync(of with { Said = why }, cancel) is null ? null : Slow;
    }

    private async Task<TimeSpan?> EndAsync(Application of, string why, CancellationToken cancel)
    {
        var failed = of with { Steps = [.. of.Steps.Select(one => one with { State = ApplyStepState.Failed, EndedAt = time.GetUtcNow(), Said = why })] };
        await steps.GoAsync(failed, ApplicationState.Unhealthy, Actor.Portal, why, null, cancel);
        return null;
    }
}
