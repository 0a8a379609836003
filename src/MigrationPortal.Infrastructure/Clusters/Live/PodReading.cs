using System.Globalization;
using MigrationPortal.Domain.Clusters.Live;

namespace MigrationPortal.Infrastructure.Clusters.Live;

/// <summary>A pod of the API as a <see cref="JobPod"/>; labels and annotations as the runner writes them.</summary>
internal static class PodReading
{
    public const string Selector = "job.runner.gitlab.com/pod";

    private const string ProjectLabel = "project.runner.gitlab.com/id";
    private const string RunnerLabel = "manager.runner.gitlab.com/id-short";
    private const string JobAnnotation = "job.runner.gitlab.com/id";
    private const string UrlAnnotation = "job.runner.gitlab.com/url";

    /// <returns>Null for what has no name: no pod.</returns>
    public static JobPod? Of(PodDto pod, string space)
    {
        if (pod.Metadata is not { Name: { } name } meta) return null;
        var phase = Enum.TryParse<PodPhase>(pod.Status?.Phase, out var known) ? known : PodPhase.Pending;
        var (cpu, memory) = Requests(pod.Spec);
        return new JobPod(
            meta.Namespace ?? space, name, Number(meta.Annotations, JobAnnotation), Number(meta.Labels, ProjectLabel), ProjectPath(meta.Annotations?.GetValueOrDefault(UrlAnnotation)),
            meta.Labels?.GetValueOrDefault(RunnerLabel) ?? "", phase, Signs(pod, phase).Wait(), pod.Spec?.NodeName, cpu, memory, meta.CreationTimestamp ?? default, pod.Status?.StartTime);
    }

    public static PodSigns Signs(PodDto pod, PodPhase phase) => new(
        phase, pod.Metadata?.DeletionTimestamp is not null, pod.Status?.Reason, pod.Status?.Message,
        [.. (pod.Status?.Conditions ?? []).Where(one => one.Type is "PodScheduled" or "DisruptionTarget").Select(one => new PodCondition(one.Type!, one.Status == "True", one.Reason, one.Message))],
        [
            .. (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? [])
                .Select(one => one.State?.Waiting).OfType<WaitingDto>().Select(one => new ContainerWaiting(one.Reason, one.Message)),
        ]);

    // As the scheduler counts: all containers together, or the largest init container; sidecars run beside both.
    private static (int Cpu, long Memory) Requests(PodSpecDto? spec)
    {
        if (spec is null) return (0, 0);
        var (cpu, memory) = Sum(spec.Containers ?? []);
        var init = spec.InitContainers ?? [];
        var (sideCpu, sideMemory) = Sum(init.Where(one => one.RestartPolicy == "Always"));
        var before = init.Where(one => one.RestartPolicy != "Always").Select(Requests).ToList();
        (cpu, memory) = (Math.Max(cpu, before.Select(one => one.Cpu).DefaultIfEmpty().Max()) + sideCpu, Math.Max(memory, before.Select(one => one.Memory).DefaultIfEmpty().Max()) + sideMemory);
        var whole = spec.Resources?.Requests;
        return (whole?.ContainsKey("cpu") == true ? Quantity.Millis(whole["cpu"]) : cpu, whole?.ContainsKey("memory") == true ? Quantity.Bytes(whole["memory"]) : memory);
    }

    private static (int Cpu, long Memory) Sum(IEnumerable<ContainerDto> containers) =>
        containers.Select(Requests).Aggregate((Cpu: 0, Memory: 0L), (sum, one) => (sum.Cpu + one.Cpu, sum.Memory + one.Memory));

    private static (int Cpu, long Memory) Requests(ContainerDto container) =>
        (Quantity.Millis(container.Resources?.Requests?.GetValueOrDefault("cpu")), Quantity.Bytes(container.Resources?.Requests?.GetValueOrDefault("memory")));

    private static long Number(Dictionary<string, string>? texts, string key) =>
        long.TryParse(texts?.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // https://gitlab.example.org/physics/detector/widget/-/jobs/900123
    private static string ProjectPath(string? url)
    {
        if (url is null || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.AbsolutePath.IndexOf("/-/jobs/", StringComparison.Ordinal) is not (> 0 and var end)) return "";
        return Uri.UnescapeDataString(address.AbsolutePath[1..end]);
    }
}
