using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MigrationPortal.Kubernetes;

/// <summary>A Kubernetes API server in this process. It speaks what kube-apiserver 1.36 speaks for the resources it knows:
/// lists, watches, server-side apply, access rules, admission; behind it are no nodes, only what tests and demos put there.
/// Either started on a loopback port of its own by <see cref="StartAsync"/>, or made by <see cref="Create"/> and hung below a
/// path of a web application by <see cref="KubernetesHosting.MapKubernetesCluster"/>.</summary>
public sealed class KubernetesCluster : IAsyncDisposable
{
    private readonly KubernetesParts parts;
    private WebApplication? host;
    private ClusterCertificates? certificates;

    private KubernetesCluster(KubernetesOptions options)
    {
        Options = options;
        parts = new KubernetesParts(options.Time);
        parts.Store.HistoryLimit = options.HistoryLimit;
        Objects = new ClusterObjects(parts);
        Controllers = new ClusterControllers(parts);
        Seeds.Plant(parts, options.Nodes);
    }

    internal KubernetesOptions Options { get; }

    /// <summary>Where the API answers, without a trailing slash. Set once it is started or mapped.</summary>
    public Uri Url { get; private set; } = new("http://localhost");

    /// <summary>The certificate authority in PEM when it is served over HTTPS, else null.</summary>
    public string? CaPem => certificates?.CaPem;

    /// <summary>Faults on demand and request counts.</summary>
    public Faults Faults => parts.Faults;

    /// <summary>What answers calls on pods through the API server's proxy; null: no pod listens.</summary>
    public Func<PodCall, string?>? PodProxy
    {
        get => parts.Proxy.Answer;
        set => parts.Proxy.Answer = value;
    }

    /// <summary>Direct access to what the cluster holds, past access rules and admission.</summary>
    public ClusterObjects Objects { get; }

    /// <summary>What a control plane and its nodes do, done step by step.</summary>
    public ClusterControllers Controllers { get; }

    /// <summary>A cluster that is not yet reachable.</summary>
    public static KubernetesCluster Create(KubernetesOptions? options = null) => new(options ?? new KubernetesOptions());

    /// <summary>A cluster on a loopback port of its own.</summary>
    public static async Task<KubernetesCluster> StartAsync(KubernetesOptions? options = null, CancellationToken cancellation = default)
    {
        var cluster = Create(options);
        cluster.certificates = cluster.Options.Https ? ClusterCertificates.Make(cluster.Options.Time.GetUtcNow()) : null;
        cluster.host = await LoopbackHost.StartAsync(cluster.Options.Port, cluster.certificates, cluster.HandleAsync, cancellation);
        cluster.Url = new Uri(cluster.host.Urls.First());
        return cluster;
    }

    /// <summary>Whoever brings this bearer token is this user. It may do nothing until access rules say so.</summary>
    public void AddToken(string token, string user, params ReadOnlySpan<string> groups) => parts.Tokens.Add(token, Caller.Known(user, groups.ToArray()));

    /// <summary>As <see cref="AddToken"/>, for a service account.</summary>
    public void AddServiceAccountToken(string token, string space, string name) =>
        parts.Tokens.Add(token, Caller.OfServiceAccount(space, name));

    /// <summary>The token is answered 401 from now on.</summary>
    public void RevokeToken(string token) => parts.Tokens.Remove(token);

    /// <summary>Binds this user to <c>cluster-admin</c>.</summary>
    public void AllowAll(string user) => Objects.Put($$"""
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"admin-{{user}}"},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},
         "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"{{user}}"}]}
        """);

    /// <summary>A kubeconfig for the holder of this token.</summary>
    public string Kubeconfig(string token, string space = "default") => KubeconfigText.Of(Url, CaPem, token, space);

    /// <summary>For a cluster that is reached at <paramref name="server"/> and called <paramref name="name"/>.</summary>
    /// <param name="caPem">What callers must trust there; null: nothing of its own.</param>
    public static string Kubeconfig(string token, Uri server, string? caPem, string name) => KubeconfigText.Of(server, caPem, token, "default", name);

    internal Task HandleAsync(HttpContext http) => parts.Api.HandleAsync(http);

    internal void ReachableAt(Uri url) => Url = url;

    public async ValueTask DisposeAsync()
    {
        Faults.EndWatches();
        if (host is not null)
        {
            await host.StopAsync();
            await host.DisposeAsync();
        }

        certificates?.Dispose();
    }
}
