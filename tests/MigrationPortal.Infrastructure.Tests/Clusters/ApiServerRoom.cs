using System.Net;
using System.Text.Json.Nodes;
using k8s;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Infrastructure.Clusters;
using MigrationPortal.Infrastructure.Clusters.Apply;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Kubernetes;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters;

/// <summary>An API server with a namespace of the test's own: the one in this process, or a real one by an administrator's kubeconfig.</summary>
internal sealed class ApiServerRoom : IAsyncDisposable
{
    public const string InProcess = "in-process";
    public const string Real = "real";

    private const string Variable = "PORTAL_TEST_KUBECONFIG";
    private const string Token = "token-of-the-portal";
    private const string Powerless = "token-of-nobody";

    private readonly KubernetesCluster? _inProcess;
    private readonly ObjectDoors _doors;
    private readonly List<string> _made = [];

    private ApiServerRoom(KubernetesCluster? inProcess, StoreFixture store, ClusterAccess access)
    {
        (_inProcess, Store, Access) = (inProcess, store, access);
        _doors = new ObjectDoors(new KubernetesDoors(ClusterRules.None, TimeProvider.System), store.Get<IClusterStore>(), TimeProvider.System);
        Wire = new ObjectWire(_doors, TimeProvider.System);
    }

    public StoreFixture Store { get; }

    public ClusterAccess Access { get; }

    public long Cluster { get; private set; }

    public string Space { get; } = $"portal-test-{Guid.NewGuid():N}"[..24];

    public ObjectWire Wire { get; }

    public KubernetesObjects Objects => new(Wire);

    public KubernetesSecrets Secrets => new(Wire);

    /// <summary>Skips the test where no real one is named.</summary>
    public static async Task<ApiServerRoom> OpenAsync(PostgresFixture postgres, string which)
    {
        var inProcess = which == InProcess ? await KubernetesCluster.StartAsync(new KubernetesOptions { Https = true }, TestContext.Current.CancellationToken) : null;
        inProcess?.AddToken(Token, "portal");
        inProcess?.AllowAll("portal");
        var access = inProcess is null ? await RealAsync() : new ClusterAccess.Token(inProcess.Url.ToString(), Token, inProcess.CaPem);
        var room = new ApiServerRoom(inProcess, await StoreFixture.OpenAsync(postgres), access);
        room.Cluster = await room.AddAsync("tested", access);
        (await room.Objects.ApplyAsync(room.Cluster, new ObjectKey("v1", "Namespace", null, room.Space), Body("v1", "Namespace", null, room.Space), false, false, default)).ShouldBeOfType<ObjectAnswer.Seen>();
        room._made.Add($"api/v1/namespaces/{room.Space}");
        return room;
    }

    public static JsonObject Body(string version, string kind, string? space, string name, string fields = "{}")
    {
        var body = JsonNode.Parse(fields)!.AsObject();
        (body["apiVersion"], body["kind"], body["metadata"]) = (version, kind, new JsonObject { ["name"] = name });
        if (space is not null) body["metadata"]!["namespace"] = space;
        return body;
    }

    /// <summary>What somebody else does; taken away at the end where it is made.</summary>
    public async Task<JsonObject> SendAsync(HttpMethod method, string path, string body, string mediaType = "application/json")
    {
        var answer = await Wire.SendAsync(Cluster, method, path, body, mediaType, default);
        ((int)answer.Status).ShouldBeInRange(200, 299, answer.Body?.ToJsonString());
        return answer.Body!;
    }

    /// <summary>The Operator's definition of Runner, unless the cluster has it: one that knows few fields.</summary>
    public async Task DefineRunnersAsync(string definition)
    {
        const string definitions = "apis/apiextensions.k8s.io/v1/customresourcedefinitions";
        const string runners = $"{definitions}/runners.apps.gitlab.com";
        if ((await Wire.SendAsync(Cluster, HttpMethod.Get, runners, null, null, default)).Status == HttpStatusCode.OK) Assert.Skip("The cluster has an Operator: its own definition is left alone.");
        await SendAsync(HttpMethod.Post, definitions, definition, "application/yaml");
        _made.Add(runners);
        var began = TimeProvider.System.GetTimestamp();
        while (await Objects.ListAsync(Cluster, new ObjectKey("apps.gitlab.com/v1beta2", "Runner", Space, ""), "", default) is [ObjectAnswer.Refused])
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromMinutes(1), "the definition is not served");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The same server, by an account that may read what everybody may.</summary>
    public async Task<(long Cluster, ClusterAccess Access)> PowerlessAsync()
    {
        if (_inProcess is not null)
        {
            _inProcess.AddToken(Powerless, "nobody");
            var nobody = new ClusterAccess.Token(_inProcess.Url.ToString(), Powerless, _inProcess.CaPem);
            return (await AddAsync("powerless", nobody), nobody);
        }

        await SendAsync(HttpMethod.Post, $"api/v1/namespaces/{Space}/serviceaccounts", Body("v1", "ServiceAccount", Space, "nobody").ToJsonString());
        var asked = await SendAsync(HttpMethod.Post, $"api/v1/namespaces/{Space}/serviceaccounts/nobody/token", """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":600}}""");
        var way = KubernetesClientConfiguration.BuildConfigFromConfigFile(Environment.GetEnvironmentVariable(Variable));
        var access = new ClusterAccess.Token(way.Host, asked["status"]!["token"]!.GetValue<string>(), way.SslCaCerts is [var ca, ..] ? ca.ExportCertificatePem() : null);
        return (await AddAsync("powerless", access), access);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var path in _made.AsEnumerable().Reverse()) await Wire.SendAsync(Cluster, HttpMethod.Delete, path, null, null, CancellationToken.None);
        _doors.Dispose();
        if (_inProcess is not null) await _inProcess.DisposeAsync();
        await Store.DisposeAsync();
    }

    private async Task<long> AddAsync(string name, ClusterAccess access) =>
        (await Store.Get<IClusterStore>().AddAsync(new Cluster(0, name, StoreFixture.Production, ConnectionFacts.Of(access), [Space], Space, [], 0), access, default))!.Id;

    private static async Task<ClusterAccess> RealAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path || !File.Exists(path)) Assert.Skip($"{Variable} names no kubeconfig of a real API server.");
        var read = Kubeconfig.Read(await File.ReadAllTextAsync(Environment.GetEnvironmentVariable(Variable)!, TestContext.Current.CancellationToken));
        return new ClusterAccess.Kubeconfig(read.Only(null), read.CurrentContext!);
    }
}
