namespace MigrationPortal.Domain.Readiness;

/// <summary>
/// What ended the job's containers from outside (kubernetes-executor.md 5.2, order 1, 2 and 4). Texts of gitlab-runner
/// executors/kubernetes (kubernetes.go, util.go, internal/watchers/pod.go), of the kubelet's eviction manager and of the scheduler.
/// </summary>
internal static class FailureSignsOfPods
{
    /// <summary>Also seen once the script runs: the runner pipes its output through tee of the image.</summary>
    public static readonly FailureSign Shell = new FailureSign("shell-missing", "R38", "The image has no usable shell, or its own program ended at once.",
        "Use an image with sh and tee; of minimal images take the debug variant, and clear an entrypoint that ends.",
        @"exec: ""[^""]*(?:sh|bash|pwsh|tee|dumb-init)"": (?:executable file not found|stat .*no such file|permission denied)", @"\bshell not found\b", @"\bshell [\w-]+ not found",
        @"^(?:\S+: )?(?:line )?(?:\d+: )?tee: (?:command )?not found", @"pod already succeeded before it begins running", @"failed to enter running state: Succeeded",
        @"Error in container (?:build|""build""): exit code: (?:0|1|2|126|127|128), reason: '(?:Error|Completed|StartError|ContainerCannotRun)'", @"failed to open log stream for container .* terminated with non-zero status",
        @"(?:OCI runtime|containerd task|runc).*exec: ""[^""]*"": .*(?:no such file|not found)", @"current phase is ""Succeeded""")
        .Unless(@"Error response from daemon");

    public static readonly IReadOnlyList<FailureSign> Memory =
    [
        new("helper-oom", null, "The container that fetches sources and packs cache and artifacts ran out of memory.",
            "Ask the platform team for a higher helper_memory_limit (250Mi or more), or make cache and artifacts smaller.",
            @"container ""?helper""?\b.*OOMKilled"),
        new("oom-container", "R21", "The job used more memory than its container may have and was stopped.",
            "Set KUBERNETES_MEMORY_LIMIT in the job, or lower what it uses: fewer parallel workers, a smaller -Xmx.",
            @"reason:? '?""?OOMKilled", @"container .*\bOOMKilled", @"^\s*OOMKilled\b", @"failed.*\bOOMKilled"),
    ];

    public static readonly IReadOnlyList<FailureSign> Disruption =
    [
        new("preempted", "R42", "The cluster removed the job's pod to make room for one with a higher priority.",
            "Run the job again; ask for a priority class or a node pool of its own if it happens often.",
            @"is disrupted: reason ""PreemptionBy", @"is disrupted: .*preempt", @"\bPreempted in order to admit critical pod", @"\bPreempted by (?:pod |[\w-]+/|a pod)"),
        new("node-drain", "R42", "The node that ran the job was emptied or shut down.",
            "Run the job again; ask the platform team to set pod_disruption_budget or to keep long jobs off such nodes.",
            @"is disrupted: reason ""(?:EvictionByEvictionAPI|DeletionByTaintManager)", @"is disrupted: .*(?:node (?:drain|shutdown)|imminent node shutdown|Eviction API|taint)",
            @"terminated in response to imminent node shutdown", @"pod was rejected: .*node is shutting down", @"\bTaintManagerEviction\b", @"evicting pod .*(?:drain|cordon)", @"Cannot evict pod as it would violate the pod's disruption budget"),
        new("pod-deleted", "R42", "The cluster threw away the job's pod because its node was gone.",
            "Run the job again; long jobs belong on nodes that are not scaled away.", @"is disrupted: reason ""DeletionByPodGC"),
        new("evicted", "R42", "The node ran short of memory or disk, or the job wrote more to disk than it may, and its pod was removed.",
            "Set KUBERNETES_MEMORY_REQUEST and KUBERNETES_EPHEMERAL_STORAGE_REQUEST near to what the job uses, then run it again.",
            @"is disrupted: reason ""TerminationByKubelet", @"\bThe node was low on resource\b", @"\bThe node had condition: \[", @"exceed(?:s|ed) (?:the total limit of containers|its local ephemeral storage limit)",
            @"Usage of EmptyDir volume "".*"" exceeds", @"(?:status|phase|reason)[ :]+(?:is )?""?'?Evicted\b", @"^\s*Evicted\b", @"\bpod .*\b(?:was |has been )evicted\b", @"is disrupted: reason"),
        new("pod-deleted", "R42", "Somebody or something removed the job's pod while it ran.",
            "Run the job again; ask the platform team what removes pods of the job namespace, such as a scaler or a clean-up.",
            @"\bpods ""[^""]+"" not found", @"\bpod ""[^""]+"" is (?:being )?deleted", @"\bpod does not exist\b", @"container not found \(""", @"\bPod was deleted\b", @"the object has been deleted.*\bpod"),
    ];

    public static readonly IReadOnlyList<FailureSign> Start =
    [
        new("secret-volume-missing", "R19", "The job's pod asks for a Secret or ConfigMap that is not in its namespace.",
            "Ask the platform team to create it in the namespace where jobs run, under the very name and key.",
            @"MountVolume\.SetUp failed for volume "".*"" ?: (?:secret|configmap|references non-existent (?:secret|config) key)", @"\b(?:secret|configmap)s? ""[^""]+"" not found", @"couldn't find key .* in (?:Secret|ConfigMap)", @"references non-existent (?:secret|config) key"),
        new("run-as-nonroot", "R15", "The image wants to run as root, and this runner does not allow root.",
            "Use an image with a numeric non-root USER, or set image:kubernetes:user to an allowed number.",
            @"container has runAsNonRoot and (?:image|the image)", @"runAsNonRoot and image (?:will run as root|has non-numeric user)", @"container's runAsUser breaks non-root policy"),
        new("crashloop-arch", "R13", "The image or program is built for another processor than the node has.",
            "Use an image for the node's architecture, or ask for a runner on nodes of the other one.",
            @"exec format error", @"cannot execute binary file: Exec format error", @"no match(?:ing manifest)? for (?:platform in manifest|linux/|windows/)"),
        new("sysctl", "R06", "The pod asks for a kernel setting that the node does not permit.",
            "Ask the platform team to allow the setting on the nodes, or set it there beforehand.", @"\bSysctlForbidden\b", @"forbidden sysctl"),
        Shell,
        new FailureSign("service-unhealthy", "R34", "A service of the job never answered on its health check port.",
            "Read the service's log with CI_DEBUG_SERVICES: \"true\"; correct HEALTHCHECK_TCP_PORT or the service's start.",
            @"Health check aborted", @"health.check.*(?:timed out|timeout|deadline exceeded|service .*not healthy)", @"service ""?[\w.-]+""? (?:health check|is unhealthy|did not become healthy)", @"No HOST or PORT found").Vague(),
        new FailureSign("pod-pending-timeout", "R23", "The job's pod did not start in time: no room on the nodes, a slow image, or a volume that is not ready.",
            "Look at the last condition in the log; ask for smaller requests, a smaller image, more nodes or a longer poll_timeout.",
            @"timed out waiting for pod to (?:start|become attachable)", @"pod failed to become attachable", @"failed to enter running state: Pending", @"prepare timeout: exceeded", @"\bErrImageNeverPull\b", @"is not present with pull policy of Never", @"FailedCreatePodSandBox|pod sandbox creation failed").Vague(),
        new FailureSign("pod-failed-phase", null, "The job's pod stopped by itself before the job was done.",
            "Run the job again; if it stops again, ask the platform team for the pod's events.",
            @"\bpod ""[^""]+"" status is ""(?:Failed|Unknown|Succeeded)""", @"\bpod status is failed\b", @"failed to enter running state: (?:Failed|Unknown)", @"is not running and cannot execute commands; current phase is", @"Error in container ""?[\w-]+""?: exit code: -?\d+, reason: '").Vague(),
    ];

    /// <summary>Where a container is named only as crashing, the reason is most often its program's format.</summary>
    public static readonly IReadOnlyList<FailureSign> Crash =
    [
        new FailureSign("crashloop-arch", "R13", "A container of the job crashes at each start, as an image for another processor does.",
            "Use an image for the node's architecture, or ask for a runner on nodes of the other one.", @"is in CrashLoopBackOff", @"\bCrashLoopBackOff\b").Vague(),
    ];

    public static readonly IReadOnlyList<FailureSign> Hints =
    [
        new FailureSign("pod-unschedulable-hint", "R34", "For a while no node had room for the job's pod.",
            "Nothing, if it started then; else ask for smaller requests or more nodes.", @"^\s*Unschedulable: ", @"\b\d+/\d+ nodes are available: ", @"\bFailedScheduling\b", @"pod didn't trigger scale-up").Notice(),
    ];
}
