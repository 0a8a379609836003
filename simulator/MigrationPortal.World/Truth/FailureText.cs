using System.Globalization;

namespace MigrationPortal.World;

/// <summary>The last lines of a job's log, by what befell it.</summary>
internal static class FailureText
{
    public static string Of(Job job, string pod, int kind) => job.Status switch
    {
        JobStatus.Success => "Job succeeded\n",
        JobStatus.Canceled => "ERROR: Job canceled\n",
        JobStatus.Failed => Failed(job, pod, kind),
        _ => "",
    };

    private static string Failed(Job job, string pod, int kind)
    {
        var kubernetes = job.RanOn == Executor.Kubernetes;
        return job.Cause switch
        {
            Cause.Script => Exit(job, "Error: 1 of 214 checks failed"),
            Cause.Timeout => $"ERROR: Job failed: execution took longer than {Duration(job)} seconds\n",
            Cause.RunnerLost when job.FailureReason is FailureReason.RunnerInterrupted or FailureReason.UnknownFailure =>
                "ERROR: Job failed: aborted: terminated\n",
            Cause.RunnerLost => "",
            Cause.Infrastructure or Cause.Incident => kubernetes ? Cluster(pod, kind) : Host(kind),
            Cause.Ping => Exit(job, "ping: socket: Operation not permitted"),
            Cause.DockerSocket => Exit(job, "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"),
            Cause.DindUnprivileged => Exit(job, "mount: permission denied (are you root?)\nCannot connect to the Docker daemon at tcp://docker:2375. Is the docker daemon running?"),
            Cause.OutOfMemory => Exit(job, "Killed"),
            Cause.ServiceAlias => System("prepare environment: setting up build pod: provided host alias my_db for service postgres:16 is invalid DNS. a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'"),
            Cause.ImageNotAllowed => $"ERROR: The \"{job.Definition.Image}\" image is not present on list of allowed images\nERROR: Preparation failed: disallowed image\n",
            Cause.PullPolicy => "ERROR: Preparation failed: invalid pull policy for container \"build\": pull_policy ([Always]) defined in GitLab pipeline config is not one of the allowed_pull_policies ([IfNotPresent])\nERROR: Job failed: invalid pull policy for container \"build\"\n",
            Cause.LocalImage => $"ERROR: Job failed: prepare environment: waiting for pod running: pulling image \"{job.Definition.Image}\": image pull failed: failed to resolve reference \"{job.Definition.Image}\": pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials\n",
            Cause.SlowImagePull => System("prepare environment: waiting for pod running: timed out waiting for pod to start (last phase: Pending)"),
            Cause.HostPath => Exit(job, "cp: cannot stat '/srv/shared': No such file or directory"),
            Cause.SharedMemory => Exit(job, "session deleted because of page crash"),
            Cause.ServicePortClash => Exit(job, "bind: address already in use"),
            Cause.KernelOperation => Exit(job, "sysctl: setting key \"vm.max_map_count\": Read-only file system"),
            Cause.EgressBlocked => Exit(job, "ssh: connect to host git.example.org port 22: Connection timed out\nfatal: Could not read from remote repository."),
            Cause.DoubleUnderscoreHost => Exit(job, "could not translate host name \"group__postgres\" to address: Name or service not known"),
            Cause.Device => Exit(job, "Failed to initialize NVML: device not found"),
            _ => "",
        };
    }

    private static string Exit(Job job, string line) => job.RanOn == Executor.Kubernetes
        ? string.Create(CultureInfo.InvariantCulture, $"{line}\nERROR: Job failed: command terminated with exit code {job.ExitCode ?? 1}\n")
        : string.Create(CultureInfo.InvariantCulture, $"{line}\nERROR: Job failed: exit code {job.ExitCode ?? 1}\n");

    private static string System(string text) => $"ERROR: Job failed (system failure): {text}\n";

    private static string Cluster(string pod, int kind) => kind switch
    {
        0 => "\tUnschedulable: \"0/5 nodes are available: 5 Insufficient memory. preemption: 0/5 nodes are available\"\n"
            + System("prepare environment: waiting for pod running: timed out waiting for pod to start (last phase: Pending)"),
        1 => System($"pod \"ci/{pod}\" is disrupted: reason \"TerminationByKubelet\", message \"The node was low on resource: ephemeral-storage.\""),
        _ => System($"prepare environment: waiting for pod running: pods \"{pod}\" not found"),
    };

    private static string Host(int kind) => kind switch
    {
        0 => System("prepare environment: Error response from daemon: Get \"https://registry-1.docker.io/v2/\": net/http: TLS handshake timeout (manager.go:250:10s)"),
        1 => System("Cannot connect to the Docker daemon at tcp://10.20.0.7:2376. Is the docker daemon running?"),
        _ => System("prepare environment: no space left on device"),
    };

    private static string Duration(Job job)
    {
        var limit = TimeSpan.FromMilliseconds(job.FinishedMs - job.StartedMs);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)limit.TotalHours}h{limit.Minutes}m{limit.Seconds}s");
    }
}
