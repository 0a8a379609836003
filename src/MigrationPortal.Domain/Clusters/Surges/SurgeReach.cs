using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>
/// Names everything of production that jobs bring into QA's clusters. A runner that is not protected takes jobs of every ref, so
/// protected variables come along with jobs on protected refs. Values are never read.
/// </summary>
public sealed class SurgeReach(IInstanceVariables variables)
{
    /// <param name="own">What the configurations give to jobs, and the lent runners' tokens.</param>
    /// <returns>Refuses <c>gitlab-unavailable</c>.</returns>
    public async Task<Outcome<IReadOnlyList<Reachable>>> OfAsync(RunnerAttributes attributes, DesireContext context, IReadOnlyList<Reachable> own, IReadOnlyCollection<string> clusters, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(context);
        var where = $"jobs in {string.Join(", ", clusters.Order(StringComparer.Ordinal))}";
        try
        {
            var read = await variables.ReadAsync(context.Fleet.Instance, cancel);
            IEnumerable<Reachable> instance = read.TryGet(out var keys, out var no)
                ? keys.Select(one => new Reachable(ReachableKind.InstanceVariable, one.Key, one.Protected, where))
                : [new Reachable(ReachableKind.InstanceVariable, "*", null, $"{where}: their names could not be read ({string.Join(" ", no.Reasons)}), count on all of them")];
            return instance.Concat(Projects(attributes, context, where)).Concat(own).Distinct().OrderBy(one => one.Kind).ThenBy(one => one.Name, StringComparer.Ordinal).ToList();
        }
        catch (GitLabUnavailableException fault)
        {
            return Refusal.Of("gitlab-unavailable", fault.Message) with { RetryAfter = fault.RetryAfter };
        }
    }

    private static IEnumerable<Reachable> Projects(RunnerAttributes attributes, DesireContext context, string where)
    {
        yield return new Reachable(ReachableKind.JobToken, "CI_JOB_TOKEN", null, $"{where}: of each job, for what its project may reach");
        yield return new Reachable(ReachableKind.ProjectVariables, "*", null, $"{where}: of every other project whose jobs ask for {attributes.Tags}{(attributes.RunUntagged ? " or for no tag" : "")}");
        var census = context.Census;
        foreach (var group in census.Classes.Where(one => JobMatcher.Takes(attributes, one.Needs.Tags, one.Needs.Protected)).GroupBy(one => one.Needs.Project))
        {
            var access = census.Projects.GetValueOrDefault(group.Key);
            if (access is { InstanceRunnersEnabled: false }) continue;
            bool? isProtected = group.All(one => one.Needs.Protected == false) ? false : group.All(one => one.Needs.Protected == true) ? true : null;
            yield return new Reachable(ReachableKind.ProjectVariables, access?.FullPath ?? $"project {group.Key.Number}", isProtected, where);
        }
    }
}
