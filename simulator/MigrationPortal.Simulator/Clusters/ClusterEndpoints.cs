using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>Tells of the clusters and gives out what one needs to connect.</summary>
internal static class ClusterEndpoints
{
    public static void Map(IEndpointRouteBuilder sim)
    {
        sim.MapGet("/clusters", async (HttpContext http, ClusterSet clusters, ClusterPort port, CancellationToken cancellation) =>
        {
            var door = await port.OpenAsync(cancellation);
            return Results.Json(clusters.All.Select(one => Told(http, one, door)).ToArray());
        });
        sim.MapGet("/clusters/{name}", async (HttpContext http, string name, ClusterSet clusters, ClusterPort port, CancellationToken cancellation) =>
            clusters.Find(name) is { } cluster ? Results.Json(Told(http, cluster, await port.OpenAsync(cancellation))) : Unknown(name));
        sim.MapGet("/clusters/{name}/kubeconfig", async (string name, ClusterSet clusters, ClusterPort port, CancellationToken cancellation) =>
            clusters.Find(name) is { } cluster ? Results.Text(await port.KubeconfigAsync(cluster, cancellation), "application/yaml") : Unknown(name));
    }

    private static object Told(HttpContext http, SimulatedCluster cluster, ClusterDoor door) => new
    {
        name = cluster.Name,
        instance = cluster.Home.Name,
        server = ClusterPort.AddressOf(door, cluster),
        token = cluster.Token,
        kubeconfig = $"{http.Request.Scheme}://{http.Request.Host}/_sim/clusters/{cluster.Name}/kubeconfig",
        dark = cluster.Home.Do(world => world.Faults.DarkClusters.Contains(cluster.Name)),
        managers = Managers(cluster),
        runningJobs = Managers(cluster).Sum(one => one.RunningJobs),
        jobPods = cluster.JobPods,
    };

    private static ManagerRow[] Managers(SimulatedCluster cluster) => [.. cluster.World.Instances.SelectMany(instance => instance.Do(world =>
        world.Fleet.Runners.SelectMany(runner => runner.Managers).Where(manager => manager.Cluster == cluster.Name && manager.IsUp)
            .Select(manager => new ManagerRow(
                instance.Name, manager.Runner.Id, manager.Runner.Description, manager.SystemId, manager.Version, manager.Slots,
                manager.RunningJobs.Count, manager.IsPolling, manager.IsStopping)).ToArray()))];

    private static IResult Unknown(string name) => Results.Json(new { error = $"there is no cluster {name}" }, statusCode: 404);

    private sealed record ManagerRow(
        string Instance, int RunnerId, string? Runner, string SystemId, string Version, int Slots, int RunningJobs, bool Polling, bool Stopping);
}
