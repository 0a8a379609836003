using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Tests.Kubernetes;

/// <summary>A cluster with an administrator, called through the client package as the portal calls one.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    public const string AdminToken = "admin-token";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly HttpClient http = new();

    private TestCluster(KubernetesCluster cluster)
    {
        Cluster = cluster;
        cluster.AddToken(AdminToken, "admin");
        cluster.AllowAll("admin");
        Admin = ClientOf(AdminToken);
    }

    public KubernetesCluster Cluster { get; }

    public k8s.Kubernetes Admin { get; }

    /// <param name="options">None: one node.</param>
    public static async Task<TestCluster> StartAsync(KubernetesOptions? options = null) =>
        new(await KubernetesCluster.StartAsync(options ?? new KubernetesOptions { Nodes = 1 }, TestContext.Current.CancellationToken));

    public k8s.Kubernetes ClientOf(string token)
    {
        using var config = new MemoryStream(Encoding.UTF8.GetBytes(Cluster.Kubeconfig(token)));
        return new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(config));
    }

    /// <summary>A config map of namespace default, applied by this manager.</summary>
    public Task<V1ConfigMap> ApplyAsync(string manager, string name, string data, bool force = false, string? dryRun = null) =>
        Admin.CoreV1.PatchNamespacedConfigMapAsync(
            new V1Patch($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}"},"data":{{data}}}""", V1Patch.PatchType.ApplyPatch),
            name, "default", dryRun: dryRun, fieldManager: manager, force: force);

    /// <summary>The refusal of a call that must be refused with this status.</summary>
    public static async Task<V1Status> RefusalOf(Task call, HttpStatusCode code)
    {
        var refused = await Should.ThrowAsync<HttpOperationException>(call);
        refused.Response.StatusCode.ShouldBe(code, refused.Response.Content);
        return KubernetesJson.Deserialize<V1Status>(refused.Response.Content);
    }

    /// <summary>Completes bodies that are sent raw.</summary>
    public Func<JsonObject, JsonObject>? Complete { get; set; }

    /// <summary>A raw call as administrator, where the client package hides what is tested.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, string media = "application/json")
    {
        var request = new HttpRequestMessage(method, new Uri(Cluster.Url.ToString().TrimEnd('/') + path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        if (body is not null)
        {
            var whole = Complete is not null && media == "application/json" && JsonNode.Parse(body) is JsonObject map ? Complete(map).ToJsonString() : body;
            request.Content = new StringContent(whole, Encoding.UTF8, media);
        }

        return http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The answer as soon as it begins.</summary>
    public Task<HttpResponseMessage> StreamAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Cluster.Url.ToString().TrimEnd('/') + path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public static async Task<JsonObject> JsonOf(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();

    /// <summary>What a manager owns of this object, as it goes over the wire.</summary>
    public static string FieldsOf(JsonObject item, string manager, string operation = "Apply") => item["metadata"]!["managedFields"]!.AsArray()
        .Single(one => one!["manager"]!.ToString() == manager && one["operation"]!.ToString() == operation)!["fieldsV1"]!.ToJsonString(Relaxed);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        Admin.Dispose();
        await Cluster.DisposeAsync();
    }
}

/// <summary>What short bodies of tests leave out.</summary>
internal static class Bodies
{
    public static JsonObject Ensure(this JsonObject body, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        foreach (var (name, value) in fields)
        {
            if (name != "name")
            {
                body[name] ??= value;
            }
            else if (body["metadata"] is null)
            {
                body["metadata"] = new JsonObject { ["name"] = value };
            }
        }

        return body;
    }
}
