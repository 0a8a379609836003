using System.Globalization;
using System.Text;
using MigrationPortal.Kubernetes;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>What a cluster holds at first: namespaces, nodes, and a release of the chart for each runner
/// of the world that has managers here.</summary>
internal static class ClusterSeed
{
    private const string Owner = "Helm";

    /// <summary>Jobs the cluster's managers may run at once.</summary>
    public static int SlotsOf(string cluster, ClusterWorld world) => world.Instances.Sum(instance => instance.Do(one =>
        ManagersOf(one, cluster).Sum(manager => manager.Slots)));

    public static void Ground(ClusterObjects objects, NodeBook nodes)
    {
        objects.Put(Filled("ci.yaml", ("pods", Text(nodes.Count * 60)), ("cpu", Text(nodes.Count * 14)), ("memory", Text(nodes.Count * 56))));
        foreach (var node in nodes.Objects())
        {
            objects.Play(node);
        }
    }

    /// <returns>Pods to be, each with the managers that already live.</returns>
    public static IReadOnlyList<SeededPod> Managers(string cluster, ClusterObjects objects, ClusterWorld world, bool privileged)
    {
        var pods = new List<SeededPod>();
        foreach (var instance in world.Instances)
        {
            foreach (var release in instance.Do(one => Releases(one, cluster, instance)))
            {
                objects.Put(Filled("manager.yaml",
                    ("name", release.Name), ("token", Convert.ToBase64String(Encoding.UTF8.GetBytes(release.Token))),
                    ("concurrent", Text(release.Slots)), ("replicas", Text(release.SystemIds.Count)), ("version", release.Version),
                    ("url", instance.Address), ("privileged", privileged ? "true" : "false")), Owner);
                pods.AddRange(release.SystemIds.Select(id => new SeededPod(release.Name, $"{instance.Name}/{id}")));
            }
        }

        return pods;
    }

    private static List<Release> Releases(GitLabWorld world, string cluster, Instance instance) =>
        [.. ManagersOf(world, cluster).GroupBy(manager => manager.Runner).Select(group => new Release(
            NameOf(group.Key, instance), group.Key.Token, group.First().Slots, group.First().Version, [.. group.Select(manager => manager.SystemId)]))];

    private static IEnumerable<RunnerManager> ManagersOf(GitLabWorld world, string cluster) =>
        world.Fleet.Runners.SelectMany(runner => runner.Managers).Where(manager => manager.Cluster == cluster && manager is { IsUp: true, IsStopping: false });

    // A release's name must be one of Kubernetes, and runners of both GitLabs may live here.
    private static string NameOf(Runner runner, Instance instance)
    {
        var name = string.Concat((runner.Description ?? "").ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        var plain = name.Length is 0 or > 40 ? string.Create(CultureInfo.InvariantCulture, $"runner-{runner.Id}") : name;
        return instance.PathBase.Length == 0 || plain.StartsWith("qa-", StringComparison.Ordinal) ? plain : "qa-" + plain;
    }

    private static string Filled(string file, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = PageFile.Read("Clusters." + file);
        foreach (var (name, value) in values)
        {
            text = text.Replace("{{" + name + "}}", value, StringComparison.Ordinal);
        }

        return text;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Release(string Name, string Token, int Slots, string Version, IReadOnlyList<string> SystemIds);
}

/// <param name="Link">GitLab and system ID of the runner process in it.</param>
internal sealed record SeededPod(string Deployment, string Link);
