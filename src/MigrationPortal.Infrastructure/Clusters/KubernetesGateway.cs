using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Rights;

namespace MigrationPortal.Infrastructure.Clusters;

/// <summary>Questions to an API server that nobody watches.</summary>
internal sealed class KubernetesGateway(KubernetesDoors doors) : IClusterGateway
{
    private const int AtOnce = 6;

    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(15);

    public async Task<ClusterProbe> ProbeAsync(ClusterAccess access, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(ProbePatience);
        try
        {
            using var door = await doors.OpenAsync(access, limited.Token);
            var version = (await door.GetAsync("version", KubernetesJson.Default.VersionDto, limited.Token)).GitVersion;
            if (version is null) return Of(TroubleKind.Unreachable, "What answered is no API server of Kubernetes: it tells no version.");
            var user = await WhoAsync(door, limited.Token);
            return user == "system:anonymous" ? Of(TroubleKind.Credentials, "The API server does not know the credentials: it takes the portal for nobody. Check the client certificate and the CA that signed it.") : new ClusterProbe(version, user, null);
        }
        catch (ClusterUnavailableException fault)
        {
            return new ClusterProbe(null, null, fault.Trouble);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Of(TroubleKind.Unreachable, "The API server did not answer in time.");
        }
    }

    public async Task<IReadOnlyList<PermissionAnswer>> ReviewAsync(ClusterAccess access, IReadOnlyList<Permission> permissions, CancellationToken cancel)
    {
        using var door = await doors.OpenAsync(access, cancel);
        using var turns = new SemaphoreSlim(AtOnce);
        // Who may do everything in a namespace is asked once, not a hundred times.
        var everything = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var space in permissions.Select(one => one.Namespace ?? "").Distinct(StringComparer.Ordinal))
            everything[space] = (await AskAsync(door, new ReviewAttributes(space.Length == 0 ? null : space, "*", "*", "*", null), turns, cancel)).Allowed;
        return await Task.WhenAll(permissions.Select(async one =>
        {
            if (everything[one.Namespace ?? ""]) return new PermissionAnswer(one, true);
            var parts = one.Resource.Split('/');
            var answer = await AskAsync(door, new ReviewAttributes(one.Namespace, one.Verb, one.Group, parts[0], parts.Length > 1 ? parts[1] : null), turns, cancel);
            return new PermissionAnswer(one, answer.Allowed, string.IsNullOrWhiteSpace(answer.Reason) ? null : answer.Reason);
        }));
    }

    public async Task<bool?> HasOperatorAsync(ClusterAccess access, CancellationToken cancel)
    {
        using var door = await doors.OpenAsync(access, cancel);
        try
        {
            var found = await door.GetAsync("apis/apps.gitlab.com/v1beta2", KubernetesJson.Default.DiscoveryDto, cancel);
            return found.Resources?.Any(one => one.Name == "runners") == true;
        }
        catch (ClusterUnavailableException fault) when (fault.Status is 403 or 404)
        {
            return fault.Status == 404 ? false : null;
        }
    }

    private static async Task<ReviewStatus> AskAsync(KubernetesDoor door, ReviewAttributes about, SemaphoreSlim turns, CancellationToken cancel)
    {
        await turns.WaitAsync(cancel);
        try
        {
            var asked = new ReviewDto("authorization.k8s.io/v1", "SelfSubjectAccessReview", new ReviewSpec(about), null);
            var answer = await door.PostAsync("apis/authorization.k8s.io/v1/selfsubjectaccessreviews", asked, KubernetesJson.Default.ReviewDto, KubernetesJson.Default.ReviewDto, cancel);
            return answer.Status ?? new ReviewStatus(false, null);
        }
        finally
        {
            turns.Release();
        }
    }

    // Kubernetes tells since 1.28 who asks.
    private static async Task<string?> WhoAsync(KubernetesDoor door, CancellationToken cancel)
    {
        try
        {
            var asked = new SelfDto("authentication.k8s.io/v1", "SelfSubjectReview", null);
            return (await door.PostAsync("apis/authentication.k8s.io/v1/selfsubjectreviews", asked, KubernetesJson.Default.SelfDto, KubernetesJson.Default.SelfDto, cancel)).Status?.UserInfo?.Username;
        }
        catch (ClusterUnavailableException fault) when (fault.Status is 403 or 404 or 405)
        {
            return null;
        }
    }

    private static ClusterProbe Of(TroubleKind kind, string sentence) => new(null, null, new ClusterTrouble(kind, sentence));
}
