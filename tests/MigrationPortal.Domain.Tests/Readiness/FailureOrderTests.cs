using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Domain.Tests.Readiness;

/// <summary>Which of several signs decides, and what codes, reasons and notices say alone.</summary>
public class FailureOrderTests
{
    private const string PendingTimeout = "ERROR: Job failed (system failure): prepare environment: waiting for pod running: timed out waiting for pod to start (last phase: Pending). Check https://docs.gitlab.com/runner/shells/";

    [Theory]
    [InlineData("command terminated with exit code 1", null, "exit-code", FailureBlame.Code)]
    [InlineData("exit code 1", null, "exit-code", FailureBlame.Code)]
    [InlineData("exit status 2", null, "exit-code", FailureBlame.Code)]
    [InlineData("run exit (exit code: 3)", null, "exit-code", FailureBlame.Code)]
    [InlineData("command terminated with exit code 126", null, "exit-code", FailureBlame.Code)]
    [InlineData("command terminated with exit code 127", "R11", "exit-code", FailureBlame.Code)]
    [InlineData("command terminated with exit code 137", "R21", "oom-child", FailureBlame.Runner)]
    [InlineData("exit code 137", "R21", "oom-child", FailureBlame.Runner)]
    [InlineData("command terminated with exit code 139", null, "exit-code", FailureBlame.Code)]
    [InlineData("command terminated with exit code 143", "R42", "pod-deleted", FailureBlame.Runner)]
    [InlineData("execution took longer than 1h0m0s seconds", "R31", "timeout", FailureBlame.Unknown)]
    [InlineData("canceled", null, "unknown", FailureBlame.Unknown)]
    public void LastWord_Alone(string ending, string? rule, string expected, FailureBlame blame)
    {
        var verdict = FailureClassifier.Classify($"$ make\nworking\nERROR: Job failed: {ending}\n");

        (verdict.Class, verdict.Rule, verdict.Blame).ShouldBe((expected, rule, blame));
    }

    [Theory]
    [InlineData("job_execution_timeout", null, "timeout")]
    [InlineData("runner_interrupted", null, "manager-stopped")]
    [InlineData("image_pull_failure", null, "image-pull")]
    [InlineData("runner_system_failure", null, "unknown")]
    [InlineData("script_failure", null, "unknown")]
    [InlineData("script_failure", 1, "exit-code")]
    [InlineData("script_failure", 137, "oom-child")]
    [InlineData("stuck_or_timeout_failure", null, "unknown")]
    [InlineData(null, 0, "unknown")]
    [InlineData("", 2, "exit-code")]
    public void EmptyLog_IsJudgedByWhatStandsBesideIt(string? reason, int? code, string expected) => FailureClassifier.Classify("", reason, code).Class.ShouldBe(expected);

    [Theory]
    [InlineData("get_sources", "helper-oom")]
    [InlineData("restore_cache", "helper-oom")]
    [InlineData("upload_artifacts_on_success", "helper-oom")]
    [InlineData("step_script", "oom-child")]
    public void Killed_IsToldByTheContainerOfItsStage(string section, string expected) =>
        FailureClassifier.Classify($"section_start:1:{section}\r\u001b[0KBusy\nworking\nsection_start:2:upload_artifacts_on_failure\r\u001b[0KUploading\nERROR: Job failed: command terminated with exit code 137").Class.ShouldBe(expected);

    [Theory]
    [InlineData("\tUnschedulable: \"0/5 nodes are available: 5 Insufficient memory.\"", "pod-pending-timeout")]
    [InlineData("WARNING: Event retrieved from the cluster: 0/3 nodes are available: persistentvolumeclaim \"cache\" not found.", "pod-pending-timeout")]
    [InlineData("WARNING: Event retrieved from the cluster: MountVolume.SetUp failed for volume \"ca\" : secret \"ca-bundle\" not found", "secret-volume-missing")]
    [InlineData("WARNING: Event retrieved from the cluster: Failed to pull image \"r.example.org/x:1\": failed to resolve reference: dial tcp 10.0.0.9:443: i/o timeout", "image-registry-network")]
    [InlineData("WARNING: Event retrieved from the cluster: Back-off pulling image \"r.example.org/x:1\"", "image-pull")]
    [InlineData("WARNING: Event retrieved from the cluster: Error: container has runAsNonRoot and image will run as root", "run-as-nonroot")]
    [InlineData("WARNING: Event retrieved from the cluster: Error: failed to create containerd task: exec: \"sh\": executable file not found in $PATH: unknown", "shell-missing")]
    public void StartTimeout_IsRefinedByTheLastCondition(string condition, string expected) =>
        FailureClassifier.Classify(JobLogs.Whole(["\tUnschedulable: \"0/5 nodes are available: 5 Insufficient memory.\"", condition], null, PendingTimeout, true), "runner_system_failure").Class.ShouldBe(expected);

    [Theory]
    [InlineData("/usr/bin/bash: line 1:    42 Killed                  gitlab-runner-helper artifacts-uploader\nERROR: Job failed: command terminated with exit code 137")]
    [InlineData("Creating cache default...\n/bin/bash: line 199:    61 Killed    '/usr/bin/gitlab-runner-helper' \"cache-archiver\" \"--file\"\nFailed to create cache\nERROR: Job failed: exit code 1")]
    public void KilledHelper_IsToldByTheShell(string log) => FailureClassifier.Classify(log).Class.ShouldBe("helper-oom");

    [Fact]
    public void PullThatFailedWithEveryPolicy_IsRefinedByTheLastWarning() =>
        FailureClassifier.Classify(JobLogs.Whole(["WARNING: Failed to pull image \"x:1\" for container \"build\" with policy \"Always\": image pull failed: dial tcp 1.2.3.4:443: connect: connection refused"], null, "ERROR: Job failed (system failure): prepare environment: setting up build pod: pull failed", true)).Class.ShouldBe("image-registry-network");

    [Fact]
    public void TimeoutWhileAServiceIsDialed_IsTheService()
    {
        string[] dialing = ["waiting for TCP connection to 127.0.0.1 on [5432]...", "dialing 127.0.0.1:5432...", "dialing 127.0.0.1:5432..."];

        FailureClassifier.Classify(JobLogs.Whole(dialing, null, "ERROR: Job failed: execution took longer than 1h0m0s seconds", true), "job_execution_timeout").Class.ShouldBe("service-unhealthy");
        FailureClassifier.Classify(JobLogs.Whole([.. dialing, "dial succeeded on 127.0.0.1:5432. Exiting..."], ["$ make"], "ERROR: Job failed: execution took longer than 1h0m0s seconds", true)).Class.ShouldBe("timeout");
        FailureClassifier.Classify(string.Join('\n', dialing)).Class.ShouldBe("service-unhealthy");
    }

    [Theory]
    [InlineData("mkdir: cannot create directory 'out': Permission denied", "file-permission")]
    [InlineData("fatal: unable to access 'https://gitlab.example.org/g/p.git/': Could not resolve host: gitlab.example.org", "dns-musl")]
    [InlineData("fatal: detected dubious ownership in repository at '/builds/g/p'", "git-ownership")]
    public void SourcesThatFail_AreJudgedByTheirOwnLines(string text, string expected) =>
        FailureClassifier.Classify($"section_start:1:get_sources\r\u001b[0KGetting source\n{text}\nsection_end:1:get_sources\r\u001b[0Ksection_start:2:cleanup_file_variables\r\u001b[0KCleaning up\nERROR: Job failed: command terminated with exit code 1").Class.ShouldBe(expected);

    [Fact]
    public void SourcesThatCame_AreNoSign() =>
        FailureClassifier.Classify("section_start:1:get_sources\r\u001b[0KGetting source\nwarning: failed to remove out/x: Permission denied\nsection_start:2:step_script\r\u001b[0KExecuting\n$ make\nerror 1\nERROR: Job failed: command terminated with exit code 1").Class.ShouldBe("exit-code");

    [Fact]
    public void SystemFailure_OutweighsWhatTheScriptPrinted() =>
        FailureClassifier.Classify(JobLogs.Whole([], ["$ ./deploy", "ping: socket: Operation not permitted", "image pull failed: not found"], "ERROR: Job failed (system failure): Error in container build: exit code: 137, reason: 'OOMKilled'", true)).Class.ShouldBe("oom-container");

    [Theory]
    [InlineData("cache-local", "No URL provided, cache will not be uploaded to shared cache server. Cache will be stored only locally.")]
    [InlineData("cache-local", "No URL provided, cache will be not downloaded from shared cache server. Instead a local version of cache will be extracted.")]
    [InlineData("cache-local", "WARNING: No URL provided, cache will not be downloaded from shared cache server.")]
    [InlineData("user-not-allowed", "WARNING: Error parsing 'gid' from image options for container \"svc-0\", using the configured security context: validating GID: group \"0\" is not in the allowed list: [1000 2000]")]
    [InlineData("user-not-allowed", "Error parsing 'uid' from image options for container \"build\", using the configured security context: failed to parse UID: strconv.ParseInt: parsing \"node\": invalid syntax")]
    [InlineData("user-not-allowed", "Error parsing 'uid' from image options for container \"build\", using the configured security context: failed to parse UID: negative values not allowed")]
    [InlineData("user-overridden", "Overriding user for container \"build\" to \"1000\" is not allowed: user is set to 2000 in container security context")]
    [InlineData("user-overridden", "Overriding group for container \"svc-0\" to \"3000\" is not allowed: group is set to 0 in pod security context")]
    [InlineData("user-overridden", "Overriding user for container \"build\" to \"0\" is not allowed: user is set to 1001 in pod security context")]
    [InlineData("pod-unschedulable-hint", "\tUnschedulable: \"0/12 nodes are available: 3 node(s) had untolerated taint {spot: true}, 9 Insufficient cpu.\"")]
    [InlineData("pod-unschedulable-hint", "WARNING: Event retrieved from the cluster: 0/3 nodes are available: 3 Too many pods.")]
    [InlineData("pod-unschedulable-hint", "WARNING: Event retrieved from the cluster: pod didn't trigger scale-up: 1 max node group size reached")]
    public void Notice_Alone_IsNamedAndBlamesNobody(string expected, string text)
    {
        foreach (var log in (string[])[text, JobLogs.Whole([text], ["$ make"], "Job succeeded", true)])
        {
            var verdict = FailureClassifier.Classify(log);
            (verdict.Class, verdict.Blame).ShouldBe((expected, FailureBlame.Unknown));
        }
    }

    /// <summary>What no rule knows is still told apart: the runner says of itself that it failed. Logs of docker know many such words.</summary>
    [Theory]
    [InlineData("ERROR: Job failed (system failure): prepare environment: no space left on device", FailureBlame.Runner)]
    [InlineData("ERROR: Job failed (system failure): flux capacitor", FailureBlame.Runner)]
    [InlineData("ERROR: Job failed: flux capacitor", FailureBlame.Unknown)]
    public void Unknown_SystemFailure_BlamesTheRunnerWithoutAClass(string ending, FailureBlame expected)
    {
        var verdict = FailureClassifier.Classify(JobLogs.Whole([], null, ending, false));

        (verdict.Class, verdict.Rule, verdict.Blame, verdict.ExecutorRelated).ShouldBe((FailureClasses.Unknown, null, expected, false));
        verdict.Excerpt.Any(line => line == ending).ShouldBe(expected == FailureBlame.Runner);
    }
}
