using System.Text.Json.Nodes;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Infrastructure.Clusters;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Infrastructure.Tests.Clusters;

/// <summary>An API server over TLS with a namespace for jobs and one for managers, and an account that may do everything.</summary>
internal sealed class SeededCluster : IAsyncDisposable
{
    public const string Token = "token-of-the-portal";
    public const string Jobs = "ci-jobs";
    public const string Managers = "gitlab-runner";

    private SeededCluster(KubernetesCluster server)
    {
        Server = server;
        server.AddToken(Token, "portal");
        server.AllowAll("portal");
        foreach (var name in (string[])[Jobs, Managers]) server.Objects.Put($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""");
    }

    public KubernetesCluster Server { get; }

    public ClusterAccess Access => new ClusterAccess.Token(Server.Url.ToString(), Token, Server.CaPem);

    public static async Task<SeededCluster> StartAsync() => new(await KubernetesCluster.StartAsync(new KubernetesOptions { Https = true }, TestContext.Current.CancellationToken));

    public static KubernetesDoors Doors(params string[] allowedCommands) => new(new ClusterRules([.. allowedCommands.Select(AllowedCommand.Of)], new HashSet<string>()), TimeProvider.System);

    public Task<KubernetesDoor> OpenAsync() => Doors().OpenAsync(Access, default);

    public Cluster Cluster(long id = 1) => new(id, "prod-a", Store.StoreFixture.Production, ConnectionFacts.Of(Access), [Jobs], Managers, [], 1);

    /// <summary>A job's pod; changed in place when it is there.</summary>
    public void PutJob(int number, string phase = "Running", string? status = null, string space = Jobs) => Server.Objects.Put(JobPod(number, phase, status, space));

    public static JsonObject JobPod(int number, string phase = "Running", string? status = null, string space = Jobs)
    {
        var pod = JsonNode.Parse($$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"runner-t1abcdefg-project-42-concurrent-{{{number}}}-x7k2m9qd","namespace":"{{{space}}}",
              "labels":{"pod":"runner-t1abcdefg-project-42-concurrent-{{{number}}}","job.runner.gitlab.com/pod":"runner-t1abcdefg-project-42-concurrent-{{{number}}}","project.runner.gitlab.com/id":"42","manager.runner.gitlab.com/id-short":"t1_aBcDeF"},
              "annotations":{"job.runner.gitlab.com/id":"{{{900000 + number}}}","job.runner.gitlab.com/url":"https://gitlab.example.org/physics/detector/widget/-/jobs/{{{900000 + number}}}"}},
             "spec":{"restartPolicy":"Never","nodeName":"node-{{{number % 3}}}","containers":[
               {"name":"build","image":"alpine:3.21","env":[{"name":"SECRET_OF_A_JOB","value":"hunter2"}],"resources":{"requests":{"cpu":"500m","memory":"1Gi"} } },
               {"name":"helper","image":"helper","resources":{"requests":{"cpu":"100m","memory":"256Mi"} } }]}}
            """)!.AsObject();
        pod["status"] = JsonNode.Parse(status ?? $$"""{"phase":"{{phase}}","startTime":"2026-11-30T12:00:00Z","conditions":[{"type":"PodScheduled","status":"True"}]}""");
        return pod;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
