using System.Globalization;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Model;

namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>Suggestions for the jobs' namespace: its Pod Security level, and bounds that come from the configuration's own numbers.</summary>
internal static class QuotaForm
{
    public static Rendered Render(RenderInput input)
    {
        var notes = new List<string>();
        var need = JobNeed.Of(input);
        var files = new List<RenderedFile> { new("namespace.yaml", YamlText.Of(JobNamespace(input), "What Kubernetes admits into the namespace of the jobs.")) };
        files.Add(new("resource-quota.yaml", YamlText.Of(Quota(input, need, notes), Grounds(input, need))));
        if (Limits(input) is { } limits) files.Add(new("limit-range.yaml", YamlText.Of(limits, "For containers that ask for nothing, and a roof over what jobs may ask for.")));
        else notes.Add("There is no LimitRange: the build container has no cpu_limit and memory_limit to start from.");
        return new(RenderForm.Quota, files, notes);
    }

    public static YamlFields JobNamespace(RenderInput input) => Namespace(input, input.JobNamespace, input.Deployment.PodSecurity);

    public static YamlFields Namespace(RenderInput input, string name, PodSecurityLevel level)
    {
        var word = level.ToString().ToLowerInvariant();
        var labels = input.Labels;
        foreach (var mode in (string[])["enforce", "audit", "warn"]) labels.Add($"pod-security.kubernetes.io/{mode}", word);
        return new YamlFields().Add("apiVersion", "v1").Add("kind", "Namespace").Add("metadata", new YamlFields().Add("name", name).Add("labels", labels));
    }

    private static string Grounds(RenderInput input, JobNeed need) => string.Create(
        CultureInfo.InvariantCulture, $"{input.Jobs} jobs at the same time ({input.Deployment.Replicas} x concurrent, at most limit), each with build, helper and {need.Services} {(need.Services == 1 ? "service" : "services")}.");

    private static YamlFields Quota(RenderInput input, JobNeed need, List<string> notes)
    {
        var pause = input.Kubernetes.Autoscaler is { } autoscaler ? (autoscaler.MaxPausePods is > 0 and var most ? most : autoscaler.Policy?.Select(policy => policy.IdleCount ?? 0).DefaultIfEmpty().Max() ?? 0) : 0;
        var pods = input.Jobs + pause;
        var hard = new YamlFields().Add("pods", Whole(pods), pause > 0 ? string.Create(CultureInfo.InvariantCulture, $"{pause} pause pods among them") : null);
        void Add(string key, double? each, Func<double, string> write, string of)
        {
            if (each is { } there) hard.Add(key, write(there * pods));
            else notes.Add($"{key} is not bounded: {of} is not set for build, helper and service.");
        }

        Add("requests.cpu", need.CpuRequest, JobNeed.Cores, "a CPU request or limit");
        Add("limits.cpu", need.CpuLimit, JobNeed.Cores, "a CPU limit");
        Add("requests.memory", need.MemoryRequest, JobNeed.Bytes, "a memory request or limit");
        Add("limits.memory", need.MemoryLimit, JobNeed.Bytes, "a memory limit");
        if (need.StorageRequest is { } asked) hard.Add("requests.ephemeral-storage", JobNeed.Bytes(asked * pods));
        if (need.StorageLimit is { } storage) hard.Add("limits.ephemeral-storage", JobNeed.Bytes(storage * pods));
        if (HasMore(input)) notes.Add("Jobs may ask for more than the configuration gives them (overwrite_max_allowed): then fewer of them fit.");
        return RenderInput.Kind("v1", "ResourceQuota", input.Meta($"{input.Release}-jobs", input.JobNamespace)).Add("spec", new YamlFields().Add("hard", hard));
    }

    private static YamlFields? Limits(RenderInput input)
    {
        var build = input.Kubernetes.Build;
        if (build.CpuLimit is null || build.MemoryLimit is null) return null;
        var helper = input.Kubernetes.Helper;
        YamlFields Pair(string? cpu, string? memory) => new YamlFields().AddText("cpu", cpu).AddText("memory", memory);
        var limit = new YamlFields().Add("type", "Container")
            .Add("default", Pair(helper.CpuLimit ?? build.CpuLimit, helper.MemoryLimit ?? build.MemoryLimit))
            .Add("defaultRequest", Pair(helper.CpuRequest ?? build.CpuRequest ?? build.CpuLimit, helper.MemoryRequest ?? build.MemoryRequest ?? build.MemoryLimit))
            .Add("max", Pair(Most(input, one => [one.CpuLimit, one.CpuLimitOverwriteMaxAllowed]), Most(input, one => [one.MemoryLimit, one.MemoryLimitOverwriteMaxAllowed])));
        return RenderInput.Kind("v1", "LimitRange", input.Meta($"{input.Release}-jobs", input.JobNamespace)).Add("spec", new YamlFields().Add("limits", new YamlItems().Add(limit)));
    }

    private static string? Most(RenderInput input, Func<ResourceSettings, IEnumerable<string?>> keys) =>
        new[] { input.Kubernetes.Build, input.Kubernetes.Service, input.Kubernetes.Helper }.SelectMany(keys).Where(text => text is not null && Quantity.Read(text) is not null).MaxBy(text => Quantity.Read(text!));

    private static bool HasMore(RenderInput input) => new[] { input.Kubernetes.Build, input.Kubernetes.Service, input.Kubernetes.Helper }
        .Any(one => new[] { one.CpuLimitOverwriteMaxAllowed, one.CpuRequestOverwriteMaxAllowed, one.MemoryLimitOverwriteMaxAllowed, one.MemoryRequestOverwriteMaxAllowed }.Any(text => text is { Length: > 0 }));

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
