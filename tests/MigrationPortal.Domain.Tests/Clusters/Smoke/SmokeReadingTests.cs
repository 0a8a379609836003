using MigrationPortal.Domain.Clusters.Smoke;

namespace MigrationPortal.Domain.Tests.Clusters.Smoke;

/// <summary>What an answer proves, given what the configuration promises.</summary>
public sealed class SmokeReadingTests
{
    [Theory]
    [InlineData("", "identity", "uid", "0", CheckState.Passed)]
    [InlineData("[runners.kubernetes.pod_security_context]\nrun_as_non_root = true", "identity", "uid", "0", CheckState.Failed)]
    [InlineData("[runners.kubernetes.pod_security_context]\nrun_as_user = 1000\nrun_as_group = 1001", "identity", "uid", "1000", CheckState.Passed)]
    [InlineData("[runners.kubernetes.pod_security_context]\nrun_as_user = 1000\nrun_as_group = 1001", "identity", "gid", "1001", CheckState.Passed)]
    [InlineData("[runners.kubernetes.pod_security_context]\nrun_as_user = 1000", "identity", "uid", "0", CheckState.Failed)]
    [InlineData("[runners.kubernetes.pod_security_context]\nrun_as_user = 1000", "identity", "uid", "sh:", CheckState.NotKnown)]
    [InlineData("memory_limit = \"512Mi\"", "limits", "memory", "536870912", CheckState.Passed)]
    [InlineData("memory_limit = \"512Mi\"", "limits", "memory", "max", CheckState.Failed)]
    [InlineData("memory_limit = \"1000M\"", "limits", "memory", "999997440", CheckState.Passed)]
    [InlineData("memory_limit = \"512Mi\"", "limits", "memory", "unknown", CheckState.NotKnown)]
    [InlineData("", "limits", "memory", "max", CheckState.Passed)]
    [InlineData("", "limits", "memory", "9223372036854771712", CheckState.Passed)]
    [InlineData("", "limits", "memory", "268435456", CheckState.Failed)]
    [InlineData("pod_memory_limit = \"1Gi\"", "limits", "memory", "1073741824", CheckState.Passed)]
    [InlineData("cpu_limit = \"1500m\"", "limits", "cpu", "150000:100000", CheckState.Passed)]
    [InlineData("cpu_limit = \"2\"", "limits", "cpu", "100000:100000", CheckState.Failed)]
    [InlineData("cpu_limit = \"2\"", "limits", "cpu", "max:100000", CheckState.Failed)]
    [InlineData("", "limits", "cpu", "-1:100000", CheckState.Passed)]
    [InlineData("", "limits", "cpu", ":", CheckState.NotKnown)]
    [InlineData("automount_service_account_token = false", "privileges", "token", "there", CheckState.Failed)]
    [InlineData("automount_service_account_token = false", "privileges", "token", "absent", CheckState.Passed)]
    [InlineData("automount_service_account_token = true", "privileges", "token", "absent", CheckState.Failed)]
    [InlineData("", "privileges", "token", "there", CheckState.Passed)]
    [InlineData("", "privileges", "privileged", "00000000a80405fb", CheckState.Passed)]
    [InlineData("", "privileges", "privileged", "000001ffffffffff", CheckState.Failed)]
    [InlineData("privileged = true", "privileges", "privileged", "000001ffffffffff", CheckState.Passed)]
    [InlineData("privileged = true", "privileges", "privileged", "00000000a80405fb", CheckState.Failed)]
    [InlineData("privileged = true\n[runners.kubernetes.build_container_security_context]\nprivileged = false", "privileges", "privileged", "00000000a80405fb", CheckState.Passed)]
    [InlineData("", "ping", "ping", "not-permitted", CheckState.Passed)]
    [InlineData("", "ping", "ping", "works", CheckState.Passed)]
    [InlineData("", "ping", "ping", "no-tool", CheckState.Passed)]
    [InlineData("cap_add = [\"NET_RAW\"]", "ping", "ping", "not-permitted", CheckState.Failed)]
    [InlineData("cap_add = [\"NET_RAW\"]", "ping", "ping", "works", CheckState.Passed)]
    [InlineData("cap_add = [\"NET_RAW\"]", "ping", "ping", "no-tool", CheckState.NotKnown)]
    [InlineData("", "network", "metadata", "open", CheckState.Failed)]
    [InlineData("", "network", "metadata", "closed", CheckState.Passed)]
    [InlineData("", "network", "metadata", "no-tool", CheckState.NotKnown)]
    [InlineData("", "network", "gitlab", "closed", CheckState.Failed)]
    [InlineData("", "network", "registry", "none", CheckState.Passed)]
    [InlineData("", "cache-read", "cache", "missing", CheckState.Passed)]
    [InlineData("", "artifact-read", "artifact", "missing", CheckState.Failed)]
    [InlineData("", "clone", "clone", "missing", CheckState.Failed)]
    public void Answer_IsJudgedByTheConfiguration(string kubernetes, string job, string key, string value, CheckState state)
    {
        var found = Try.Check(Try.Expect(kubernetes), key, Try.Job(job, $"$ echo\n{SmokeLine.Mark} name={key} value={value}\nJob succeeded\n"));
        found.State.ShouldBe(state);
        (found.Remedy is null).ShouldBe(state == CheckState.Passed);
        (found.Job, found.Address).ShouldBe((7, "https://gitlab/7"));
    }

    [Fact]
    public void CacheThatIsPromised_MustBeFound()
    {
        var expected = Try.Expect(runner: "[runners.cache]\nType = \"s3\"");
        Try.Check(expected, "cache", Try.Job("cache-read", "PORTAL-CHECK name=cache value=missing")).State.ShouldBe(CheckState.Failed);
        Try.Check(expected, "cache", Try.Job("cache-read", "PORTAL-CHECK name=cache value=found")).State.ShouldBe(CheckState.Passed);
    }

    [Theory]
    [InlineData(SmokeJobState.Waiting, null, "", CheckState.NotKnown, "no runner took the job")]
    [InlineData(SmokeJobState.Failed, "stuck_or_timeout_failure", "", CheckState.NotKnown, "no runner took the job")]
    [InlineData(SmokeJobState.Running, null, "", CheckState.NotKnown, "the job had not ended")]
    [InlineData(SmokeJobState.Ended, null, "", CheckState.NotKnown, "the job was cancelled or skipped")]
    [InlineData(SmokeJobState.Succeeded, null, "nothing", CheckState.NotKnown, "the job gave no answer")]
    [InlineData(SmokeJobState.Failed, "runner_system_failure", "x\nERROR: Job failed (system failure): pulling image \"base:1\"\n", CheckState.Failed, "ERROR: Job failed (system failure): pulling image \"base:1\"")]
    [InlineData(SmokeJobState.Failed, "script_failure", null, CheckState.NotKnown, "it failed: script_failure; its log could not be read")]
    public void JobWithoutAnswer_IsAFailureOnlyWhereItRan(SmokeJobState state, string? reason, string? log, CheckState judged, string seen)
    {
        var found = Try.Check(Try.Expect(), "uid", Try.Job("identity", "", state, reason) with { Log = log });
        (found.State, found.Seen).ShouldBe((judged, seen));
    }

    [Theory]
    [InlineData(SmokeJobState.Failed, "ERROR: The \"x\" image is not present on list of allowed images:", CheckState.Passed)]
    [InlineData(SmokeJobState.Succeeded, "PORTAL-CHECK name=image-refused value=started", CheckState.Failed)]
    [InlineData(SmokeJobState.Failed, "ERROR: Job failed (system failure): no nodes", CheckState.NotKnown)]
    public void ImageThatIsNotAllowed_MustBeRefused(SmokeJobState state, string log, CheckState judged) =>
        Try.Check(Try.Expect("allowed_images = [\"base:*\"]"), "image-refused", Try.Job("image-refused", log, state, "script_failure")).State.ShouldBe(judged);

    [Fact]
    public void Answers_AreLinesOfTheirOwn_WithStampsAndColours()
    {
        var log = "$ echo \"PORTAL-CHECK name=uid value=$(id -u)\"\n\x1b[32;1m$ echo \"PORTAL-CHECK name=gid value=5\"\x1b[0;m\n2026-05-22T12:43:46.962646Z 01O PORTAL-CHECK name=uid value=1000\r\n+ echo PORTAL-CHECK name=cpu value=1\nPORTAL-CHECK name=ping value=\n";
        SmokeLine.Read(log).ShouldBe(new Dictionary<string, string> { ["uid"] = "1000" }, ignoreOrder: true);
    }

    [Fact]
    public void Verdict_NoAnswerNeverPasses()
    {
        CheckResult Of(CheckState state) => new("k", "K", state, "", "", null, null, null);
        VerificationTransitions.Verdict([]).ShouldBe(VerificationState.Inconclusive);
        VerificationTransitions.Verdict([Of(CheckState.Passed)]).ShouldBe(VerificationState.Passed);
        VerificationTransitions.Verdict([Of(CheckState.Passed), Of(CheckState.NotKnown)]).ShouldBe(VerificationState.Inconclusive);
        VerificationTransitions.Verdict([Of(CheckState.NotKnown), Of(CheckState.Failed)]).ShouldBe(VerificationState.Failed);
    }
}
