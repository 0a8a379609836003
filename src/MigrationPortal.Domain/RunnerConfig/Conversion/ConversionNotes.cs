namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>What behaves otherwise on Kubernetes whatever was configured, and what of this file needs saying beside its keys.</summary>
internal static class ConversionNotes
{
    public static IReadOnlyList<ConversionNote> Always { get; } =
    [
        new("no-host-cache", "Nothing is kept on a host: no cache, no images, no volumes of an earlier job. Caches need an object store, images are pulled by the node."),
        new("no-docker-daemon", "There is no docker daemon and no docker.sock: docker build and docker compose need docker-in-docker as a service, or a build without a daemon."),
        new("entrypoint-ignored", "An image's ENTRYPOINT is not run for the job's container, unless FF_KUBERNETES_HONOR_ENTRYPOINT is on."),
        new("services-on-localhost", "A job and its services share one network: services are on localhost and by alias, two on one port clash, and none is waited for."),
        new("net-raw-dropped", "NET_RAW is dropped from every container: ping and raw sockets need cap_add = [\"NET_RAW\"]."),
        new("start-limit", "A pod that has not started in poll_timeout seconds (180 unless set) fails its job, pulling images included."),
        new("pull-policy-default", "Without pull_policy the cluster's default holds, which keeps images where docker always asked the registry."),
        new("log-text", "A failed script ends its log with \"command terminated with exit code N\"; docker's words were \"exit code N\"."),
        new("cpu-count", "Programs see all CPUs of the node whatever their limit: make -j, test runners and Java need a number."),
        new("files-vanish", "Files on the node go with the pod: what must outlive a job belongs into artifacts, a cache or a claim."),
        new("clone-afresh", "Each job clones afresh: GIT_DEPTH matters more than it did."),
        new("anonymous-volumes", "Volumes that images declare (VOLUME) have no meaning."),
    ];

    public static IReadOnlyList<ConversionNote> Of(IReadOnlyList<SourceRunner> runners, IReadOnlyList<Draft> drafts)
    {
        var notes = new List<ConversionNote>();
        foreach (var runner in runners.Where(runner => runner.Stays)) notes.Add(new("runner-stays", $"{runner.Label} is not in the result. {runner.WhyItStays}"));
        foreach (var runner in runners.Where(runner => runner.IsKubernetes)) notes.Add(new("already-kubernetes", $"{runner.Label} was a Kubernetes runner and is copied without its token."));
        foreach (var runner in runners.Where(runner => runner.IsConverted && runner.Executor.Length == 0)) notes.Add(new("executor-missing", $"{runner.Label} names no executor and was taken for docker."));
        if (runners.Count(runner => runner.IsConverted) > 1) notes.Add(new("several-runners", "Chart and Operator take one runner each: make a release of every [[runners]] section, or mount the whole file yourself."));
        notes.AddRange(drafts.SelectMany(draft => draft.Notes));
        foreach (var draft in drafts.Where(draft => draft.Target.Table("kubernetes") is not null)) Of(draft, notes);
        return [.. notes.Distinct(), .. Always];
    }

    private static void Of(Draft draft, List<ConversionNote> notes)
    {
        var kubernetes = draft.Kubernetes;
        if (kubernetes["image"] is null) notes.Add(new("image-missing", $"{draft.Name} names no image: a job that names none either fails. Give image a value."));
        if (kubernetes["namespace"] is null) notes.Add(new("namespace-missing", $"{draft.Name} names no namespace: the chart takes its own, a bare config.toml takes \"default\"."));
        if (kubernetes["autoscaler"] is not null) notes.Add(new("pause-pods", $"{draft.Name} keeps pause pods: the manager needs rights on deployments in its namespace and on priority classes in the cluster."));
        if (kubernetes["pod_spec"] is not null) notes.Add(new("pod-spec", $"{draft.Name} patches the pod (pod_spec): patches are applied last and can undo any other setting. Look at each of them."));
        if (kubernetes.Flag("privileged") == true || kubernetes.Below("service_container_security_context")?.Flag("privileged") == true || kubernetes.Below("build_container_security_context")?.Flag("privileged") == true)
            notes.Add(new("privileged", $"{draft.Name} runs privileged containers: give it a namespace and tainted nodes of its own, for whoever can run a job there owns the node."));
        if (kubernetes.Below("volumes")?["pvc"] is not null) notes.Add(new("claims", $"{draft.Name} mounts claims: they must be in the job namespace before the first job, and ReadWriteMany where several jobs run at once."));
        if (draft.Source["cache"] is null || !CacheRules.HasBackend(draft)) notes.Add(new("cache-missing", $"{draft.Name} has no object store for caches: cache: in .gitlab-ci.yml will always miss."));
    }
}
