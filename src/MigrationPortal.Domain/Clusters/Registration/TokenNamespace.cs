using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>The namespace that the Secret needs before anything is applied.</summary>
public sealed class TokenNamespace(ReadRendering renderings, ReadNamespaces namespaces, IClusterObjects objects)
{
    /// <returns>Whether it was made now. Refuses <c>cluster-unavailable</c>, <c>refused</c> and what <see cref="ReadRendering.RunAsync"/> refuses.</returns>
    public async Task<Outcome<bool>> MakeAsync(ClusterRegistration of, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(of);
        if (!(await renderings.RunAsync(of.Cluster, of.Configuration, of.Revision, of.Extras, cancel)).TryGet(out var rendering, out var no)) return no;
        if (!(await namespaces.OfAsync(of.Cluster, rendering, cancel)).TryGet(out var spaces, out no)) return no;
        if (spaces.Missing.FirstOrDefault(one => one.Key.Name == of.Place.Namespace) is not { } wanted) return false;
        return await objects.ApplyAsync(of.Cluster, wanted.Key, wanted.Body, force: false, dryRun: false, cancel) switch
        {
            ObjectAnswer.Unknown(var why, var again) => Refusal.Of("cluster-unavailable", why) with { RetryAfter = again },
            ObjectAnswer.Refused refused => Refusal.Of("refused", $"{wanted.Key} was refused: {refused.Message}"),
            _ => true,
        };
    }
}
