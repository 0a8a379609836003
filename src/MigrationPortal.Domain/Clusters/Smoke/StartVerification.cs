using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>Writes a verification down; the sweep carries it out, whatever happens to this process.</summary>
public sealed class StartVerification(RevisionReader revisions, IClusterStore clusters, InstanceDirectory instances, IApplicationStore applications, ISmokeDesk desk, VerificationSteps steps)
{
    /// <returns>
    /// Refuses <c>unknown-revision</c>, <c>no-qa-cluster</c>, <c>unknown-cluster</c>, <c>not-a-qa-cluster</c>, <c>observe-mode</c>, <c>invalid-verification</c>,
    /// <c>not-applied</c>, <c>verification-running</c> and what <see cref="SmokeExpectations.Of"/> refuses.
    /// </returns>
    public async Task<Outcome<Verification>> RunAsync(VerificationWish wish, Actor who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (await revisions.FindAsync(wish.Configuration, wish.Revision, cancel) is not { } revision) return Refusal.Of("unknown-revision", $"There is no configuration {wish.Configuration}{(wish.Revision is { } number ? $" with a revision {number}" : "")}.");
        var all = await clusters.ListAsync(null, cancel);
        if (!all.Any(IsQa)) return Refusal.Of("no-qa-cluster", "No cluster of a QA instance is known: add one, with the QA GitLab as its instance.");
        if (all.FirstOrDefault(one => one.Id == wish.Cluster) is not { } cluster) return Refusal.Of("unknown-cluster", $"There is no cluster {wish.Cluster}.");
        if (!IsQa(cluster)) return Refusal.Of("not-a-qa-cluster", $"{cluster.Name} takes jobs of {cluster.Instance}, which is production: a revision is tried on QA first.");
        if (!desk.CanWrite(cluster.Instance)) return Refusal.Of("observe-mode", $"The portal has no write token of {cluster.Instance}: smoke jobs need one commit on a branch of their own.");
        if (Problems(wish) is { Count: > 0 } problems) return new Refusal("invalid-verification", problems);
        if (!SmokeExpectations.Of(revision.Toml, wish.Choice).TryGet(out _, out var no)) return no;
        if (!(await AppliedAsync(cluster, revision, cancel)).TryGet(out var application, out no)) return no;
        return await steps.BeginAsync(wish with { Revision = revision.Number }, new ProjectId(cluster.Instance, wish.Project), application, who, cancel) is { } begun
            ? begun
            : Refusal.Of("verification-running", $"A verification of configuration {revision.Name} runs in {cluster.Name} already: wait for its end, or stop it.");
    }

    // Jobs prove what runs in the cluster, not what somebody meant to bring there.
    private async Task<Outcome<long>> AppliedAsync(Cluster cluster, RevisionText revision, CancellationToken cancel)
    {
        if (revision.Kind == DeploymentKind.Helm) return Refusal.Of("not-applied", $"{revision.Name} is installed by Helm, so the portal cannot see which revision {cluster.Name} runs: give it a kind that the portal applies.");
        if (await applications.ActiveAsync(cluster.Id, cancel) is { } active && active.Configuration == revision.Configuration) return Refusal.Of("not-applied", $"Revision {active.Revision} of {revision.Name} is being applied in {cluster.Name} (application {active.Id}): wait until it is healthy.");
        return await applications.LastGoodAsync(cluster.Id, revision.Configuration, cancel) is { } good && good.Revision == revision.Number ? good.Id
            : Refusal.Of("not-applied", $"Revision {revision.Number} of {revision.Name} does not run in {cluster.Name}: apply it there first, and wait until it is healthy.");
    }

    private static List<string> Problems(VerificationWish wish)
    {
        List<string> found = [.. SmokeChoiceRules.Problems(wish.Choice).Select(one => $"{one.Field}: {one.Problem}")];
        if (wish.Project < 1) found.Add("project: needed: the number of a project of the QA GitLab.");
        if (wish.Patience < VerificationWish.ShortestPatience || wish.Patience > VerificationWish.LongestPatience) found.Add("deadlineSeconds: from 300 (5 minutes) to 21600 (6 hours).");
        if (wish.Probe is not { } probe) return found;
        if (probe.Project < 1) found.Add("probe.project: needed: the number of a project of the QA GitLab.");
        if (string.IsNullOrWhiteSpace(probe.Ref) || probe.Ref.Length > 255) found.Add("probe.ref: needed: a branch or tag.");
        if (probe.Variables.Count > VerificationWish.MostVariables) found.Add($"probe.variables: at most {VerificationWish.MostVariables}.");
        found.AddRange(probe.Variables.Keys.Where(key => key.Length is 0 or > 255 || !key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')).Select(key => $"probe.variables.{key}: a name is made of letters, digits and _."));
        return found;
    }

    private bool IsQa(Cluster cluster) => instances.Find(cluster.Instance)?.Kind == InstanceKind.Qa;
}
