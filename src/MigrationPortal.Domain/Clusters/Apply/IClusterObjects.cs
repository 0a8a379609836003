using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>
/// Objects of a cluster, each asked for once. Every trouble is an answer. Values of Secrets neither come in nor show in
/// any answer: the one way in is <see cref="IClusterSecrets"/>.
/// </summary>
public interface IClusterObjects
{
    /// <summary>The name under which the portal owns fields.</summary>
    const string FieldManager = "migration-portal";

    /// <summary>Server-side apply: the fields of <paramref name="body"/> become the portal's, those that it owned before and are not among them go.</summary>
    /// <param name="force">Takes fields over that belong to others.</param>
    /// <param name="dryRun">Everything but the write.</param>
    Task<ObjectAnswer> ApplyAsync(long cluster, ObjectKey key, JsonObject body, bool force, bool dryRun, CancellationToken cancel);

    Task<ObjectAnswer> GetAsync(long cluster, ObjectKey key, CancellationToken cancel);

    /// <summary>What it owns goes with it, in the background. <see cref="ObjectAnswer.Seen"/>: it waits for who must let it go first.</summary>
    /// <param name="uid">Only while it is this very object: another one of the same name is <see cref="ObjectAnswer.Refused"/> with status 409.</param>
    Task<ObjectAnswer> DeleteAsync(long cluster, ObjectKey key, string uid, CancellationToken cancel);

    /// <param name="like">Its kind and namespace count.</param>
    /// <param name="selector">Of labels; empty: all.</param>
    /// <returns>One <see cref="ObjectAnswer.Seen"/> each; or one single answer that says why not.</returns>
    Task<IReadOnlyList<ObjectAnswer>> ListAsync(long cluster, ObjectKey like, string selector, CancellationToken cancel);
}
