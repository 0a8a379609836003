namespace MigrationPortal.Simulator;

/// <summary>Tells of the clusters and gives out what one needs to connect.</summary>
internal static class ClusterEndpoints
{
    public const string Path = "/_kube";

    public static void Map(IEndpointRouteBuilder sim)
    {
        sim.MapGet("/clusters", (HttpContext http, ClusterSet clusters) => Results.Json(clusters.All.Select(one => Told(http, one)).ToArray()));
        sim.MapGet("/clusters/{name}", (HttpContext http, string name, ClusterSet clusters) =>
            clusters.Find(name) is { } cluster ? Results.Json(Told(http, cluster)) : Unknown(name));
        sim.MapGet("/clusters/{name}/kubeconfig", (HttpContext http, string name, ClusterSet clusters) =>
            clusters.Find(name) is { } cluster
                ? Results.Text(cluster.Ask().Kubeconfig(cluster.Token, new Uri(ServerOf(http, cluster)), cluster.Name), "application/yaml")
                : Unknown(name));
    }

    private static object Told(HttpContext http, SimulatedCluster cluster) => new
    {
        name = cluster.Name,
        instance = cluster.Home.Name,
        server = ServerOf(http, cluster),
        token = cluster.Token,
        kubeconfig = $"{Root(http)}/_sim/clusters/{cluster.Name}/kubeconfig",
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

    private static string ServerOf(HttpContext http, SimulatedCluster cluster) => $"{Root(http)}{Path}/{cluster.Name}";

    private static string Root(HttpContext http) =>
        http.RequestServices.GetRequiredService<SimulatorSettings>().ExternalUrl?.TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}";

    private static IResult Unknown(string name) => Results.Json(new { error = $"there is no cluster {name}" }, statusCode: 404);

    private sealed record ManagerRow(
        string Instance, int RunnerId, string? Runner, string SystemId, string Version, int Slots, int RunningJobs, bool Polling, bool Stopping);
}
