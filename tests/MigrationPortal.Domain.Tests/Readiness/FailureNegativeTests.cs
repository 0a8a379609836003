using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Domain.Tests.Readiness;

/// <summary>Failures that only look like the runner's.</summary>
public class FailureNegativeTests
{
    [Theory]
    // Refused: somebody answered.
    [InlineData("psycopg2.OperationalError: connection to server at \"localhost\" (127.0.0.1), port 5432 failed: Connection refused")]
    [InlineData("dial tcp 127.0.0.1:5432: connect: connection refused")]
    [InlineData("Error: connect ECONNREFUSED 127.0.0.1:6379")]
    [InlineData("curl: (7) Failed to connect to localhost port 8080 after 0 ms: Connection refused")]
    [InlineData("redis.exceptions.ConnectionError: Error 111 connecting to redis:6379. Connection refused.")]
    [InlineData("Error: connect ETIMEDOUT 127.0.0.1:5432")]
    [InlineData("dial tcp [::1]:9000: i/o timeout")]
    // Refusals of servers and databases.
    [InlineData("git@gitlab.example.org: Permission denied (publickey).\nfatal: Could not read from remote repository.")]
    [InlineData("root@10.1.1.1: Permission denied (publickey,password).")]
    [InlineData("Permission denied, please try again.")]
    [InlineData("ERROR:  permission denied for table orders")]
    [InlineData("ERROR: permission denied for schema public (SQLSTATE 42501)")]
    [InlineData("remote: You are not allowed to push code to this project.\nfatal: unable to access 'https://gitlab.example.org/g/p.git/': The requested URL returned error: 403")]
    [InlineData("Error: rpc error: code = PermissionDenied desc = permission denied")]
    [InlineData("denied: requested access to the resource is denied")]
    [InlineData("Error: 403 Forbidden: permission denied on resource project acme")]
    [InlineData("An error occurred (AccessDenied) when calling the PutObject operation: Access Denied")]
    // Names and expectations of tests.
    [InlineData("  ✓ explains ping: permission denied (are you root?) to guests (12 ms)\n1 failing")]
    [InlineData("not ok 7 - ping: socket: Operation not permitted is shown")]
    [InlineData("--- FAIL: TestBind/bind:_address_already_in_use (0.00s)")]
    [InlineData("test_connect_timed_out PASSED [ 40%]\n1 failed, 3 passed")]
    [InlineData("FAILED tests/test_io.py::test_permission_denied - AssertionError: PermissionError: [Errno 13] Permission denied: '/x' not raised")]
    [InlineData("AssertionError: expected 'Permission denied' to equal 'Not found'")]
    [InlineData("  Failed asserting that 'bind: address already in use' is identical to ''.")]
    [InlineData("[ERROR] NetTest.pingOperationNotPermitted:42 expected:<ping: socket: Operation not permitted> but was:<null>")]
    [InlineData("    Expected: \"Could not resolve host: example.org\"\n    Received: \"\"")]
    [InlineData("  ✕ says Cannot connect to the Docker daemon at unix:///var/run/docker.sock (5 ms)")]
    [InlineData("[       OK ] Net.AddressAlreadyInUse (0 ms)\n1 FAILED TEST")]
    [InlineData("=== RUN   TestEvicted/no_space_left_on_device")]
    [InlineData("ok 3 - session deleted because of page crash is retried")]
    // The script works with a cluster of its own.
    [InlineData("Error from server (NotFound): pods \"web-1\" not found")]
    [InlineData("Error from server (Forbidden): pods is forbidden: User \"system:serviceaccount:deploy:ci\" cannot list resource \"pods\" in API group \"\" in the namespace \"prod\"")]
    [InlineData("web-1   0/1   OOMKilled   3   5m")]
    [InlineData("web-2   0/1   ImagePullBackOff   0   5m")]
    [InlineData("Error from server (Forbidden): error when creating \"web.yaml\": pods \"web\" is forbidden: exceeded quota: prod, requested: cpu=4")]
    [InlineData("Warning  FailedScheduling  0/5 nodes are available: 5 Insufficient memory.")]
    [InlineData("Error: timed out waiting for the condition")]
    [InlineData("deployment \"web\" exceeded its progress deadline")]
    [InlineData("Error: INSTALLATION FAILED: admission webhook \"validate.nginx.ingress.kubernetes.io\" denied the request: host is already defined")]
    [InlineData("docker: Error response from daemon: pull access denied for acme/app, repository does not exist or may require 'docker login'")]
    // Plain failures.
    [InlineData("/bin/bash: line 140: [: missing `]'")]
    [InlineData("java.lang.OutOfMemoryError: Java heap space")]
    [InlineData("FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory")]
    [InlineData("Segmentation fault (core dumped)")]
    [InlineData("cat: /builds/g/p/version.txt: No such file or directory")]
    [InlineData("write /builds/g/p/x: no space left on device")]
    [InlineData("error TS2304: Cannot find name 'ping'.")]
    [InlineData("ping: example.invalid: 100% packet loss")]
    [InlineData("Error: Timeout of 2000ms exceeded. For async tests and hooks, ensure \"done()\" is called")]
    [InlineData("ERROR: Coverage 71% is below the required 80%")]
    [InlineData("Error: Unable to resolve path to module './x'  import/no-unresolved")]
    [InlineData("Unknown option: --shm-size")]
    [InlineData("System has not been booted with systemd as init system (PID 1). Can't operate.")]
    [InlineData("HTTP 504 Gateway Timeout")]
    [InlineData("1 failing\n  1) retry policy\n       gives up after connection timed out:")]
    [InlineData("  Error: expected connection timed out to be shown")]
    [InlineData("Warning: Identity file /root/.ssh/id not accessible: No such file or directory.")]
    public void ScriptFailure_ThatMentionsASign_IsTheCode(string output)
    {
        foreach (var verdict in (FailureVerdict[])[FailureClassifier.Classify(JobLogs.InScript(output, 1), "script_failure", 1), FailureClassifier.Classify(JobLogs.InScript(output, 1, timestamps: true)), FailureClassifier.Classify(output, "script_failure", 1), FailureClassifier.Classify($"$ make check\n{output}\nERROR: Job failed: exit code 1\n")])
        {
            verdict.Class.ShouldBe(FailureClasses.ExitCode, verdict.Explanation);
            (verdict.Blame, verdict.ExecutorRelated).ShouldBe((FailureBlame.Code, false));
        }
    }

    [Theory]
    [InlineData("echo \"ping: permission denied (are you root?)\"; exit 1", "ping: permission denied (are you root?)")]
    [InlineData("echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock' && false", "Cannot connect to the Docker daemon at unix:///var/run/docker.sock")]
    [InlineData("grep -q 'bind: address already in use' server.log", "checking")]
    [InlineData("test \"$(cat log)\" = \"session deleted because of page crash\"", "")]
    [InlineData("./deploy # Could not resolve host: x", "deploying")]
    public void Command_ItsOwnWords_AreNoSign(string command, string output)
    {
        var log = JobLogs.InScript(output, 1, command: command);
        FailureClassifier.Classify(log, "script_failure", 1).Class.ShouldBe(FailureClasses.ExitCode);
    }

    [Fact]
    public void TracedCommand_OfTheShell_IsNoSign() =>
        FailureClassifier.Classify("$ ./run\n+ echo 'mkdir: cannot create directory /x: Permission denied'\n++ test 1 = 2\nERROR: Job failed: exit code 1").Class.ShouldBe(FailureClasses.ExitCode);

    [Fact]
    public void CommandThatPassed_WhateverItPrinted_IsNoSign() =>
        FailureClassifier.Classify(JobLogs.Whole([], ["$ ping -c1 db || true", "ping: permission denied (are you root?)", "$ npm test", "1 failing"], "ERROR: Job failed: command terminated with exit code 1", false)).Class.ShouldBe(FailureClasses.ExitCode);

    [Fact]
    public void AfterScript_NeverCausesAFailure() =>
        FailureClassifier.Classify("section_start:1:step_script\r\u001b[0K\n$ make\nerror 1\nsection_end:1:step_script\r\u001b[0Ksection_start:2:after_script\r\u001b[0K\n$ docker rm x\nCannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\nERROR: Job failed: exit code 2").Class.ShouldBe(FailureClasses.ExitCode);

    [Fact]
    public void Notices_NeverWinOverACause()
    {
        string[] notices = ["WARNING: Error parsing 'uid' from image options for container \"build\", using the configured security context: validating UID: user \"0\" is not in the allowed list: [1000]", "Overriding user for container \"build\" to \"1000\" is not allowed: user is set to 2000 in container security context", "\tUnschedulable: \"0/5 nodes are available: 5 Insufficient cpu.\"", "No URL provided, cache will not be downloaded from shared cache server. Instead a local version of cache will be extracted."];

        FailureClassifier.Classify(JobLogs.Whole(notices, ["$ make", "error 1"], "ERROR: Job failed: command terminated with exit code 2", true)).Class.ShouldBe(FailureClasses.ExitCode);
        FailureClassifier.Classify(JobLogs.Whole(notices, ["$ ping db", "ping: socket: Operation not permitted"], "ERROR: Job failed: command terminated with exit code 2", true)).Class.ShouldBe("ping-cap");
        FailureClassifier.Classify(JobLogs.Whole(notices, null, "ERROR: Job failed (system failure): prepare environment: waiting for pod running: timed out waiting for pod to start (last phase: Pending)", true)).Class.ShouldBe("pod-pending-timeout");
        FailureClassifier.Classify(JobLogs.Whole(notices, ["$ make"], "Job succeeded", true)).Blame.ShouldBe(FailureBlame.Unknown);
    }

    [Fact]
    public void ImageThatCameAtTheSecondAttempt_IsNoSign() =>
        FailureClassifier.Classify(JobLogs.Whole(["WARNING: Failed to pull image \"r/x:1\" for container \"build\" with policy \"Always\": image pull failed: dial tcp: i/o timeout", "Attempt #2: Trying \"IfNotPresent\" pull policy for \"r/x:1\" image for container \"build\""], ["$ make", "error 1"], "ERROR: Job failed: command terminated with exit code 1", false)).Class.ShouldBe(FailureClasses.ExitCode);
}
