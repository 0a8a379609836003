using MigrationPortal.Domain.Clusters.Live;

namespace MigrationPortal.Domain.Tests.Clusters;

public sealed class MetricTextTests
{
    [Theory]
    [InlineData("up 1", 1.0, "")]
    [InlineData("up{} 1 1700000000000", 1.0, "")]
    [InlineData("up{a=\"b\"} 2.5e1", 25.0, "a=b")]
    [InlineData("up{a=\"b\",c=\"d\",} +Inf", double.PositiveInfinity, "a=b c=d")]
    [InlineData("  up { a = \"x } y\" , b=\"q\\\"\\\\\\n\" }   -3  ", -3.0, "a=x } y b=q\"\\\n")]
    [InlineData("up NaN", double.NaN, "")]
    public void Line_IsRead(string line, double value, string labels)
    {
        var sample = MetricText.Read(line, new HashSet<string> { "up" }).ShouldHaveSingleItem();
        sample.Value.ShouldBe(value);
        string.Join(' ', sample.Labels.Select(one => $"{one.Key}={one.Value}")).ShouldBe(labels);
    }

    [Theory]
    [InlineData("# HELP up Whether it is up")]
    [InlineData("")]
    [InlineData("upper 1")]
    [InlineData("up")]
    [InlineData("up one")]
    [InlineData("up{a=\"b} 1")]
    [InlineData("up{a} 1")]
    public void WhatIsNoSample_IsPassedOver(string line) => MetricText.Read(line, new HashSet<string> { "up" }).ShouldBeEmpty();

    [Fact]
    public void Manager_TellsJobsLimitsVersionAndState()
    {
        var metrics = RunnerMetricsText.Read("""
            # TYPE gitlab_runner_concurrent gauge
            gitlab_runner_concurrent 40
            gitlab_runner_jobs{executor_stage="docker_run",runner="t1_aBcDeF",runner_name="k8s",stage="step_script",state="running",system_id="r_1"} 3
            gitlab_runner_jobs{executor_stage="prepare",runner="t1_aBcDeF",runner_name="k8s",stage="prepare",state="running",system_id="r_1"} 2
            gitlab_runner_limit{runner="t1_aBcDeF",runner_name="k8s",system_id="r_1"} 20
            gitlab_runner_limit{runner="other1234",runner_name="big",system_id="r_1"} 10
            gitlab_runner_process_state_info{state="running"} 1
            gitlab_runner_process_state_info{state="graceful-shutdown"} 0
            gitlab_runner_version_info{architecture="amd64",branch="19-3-stable",go_version="go1.25",name="gitlab-runner",os="linux",revision="abc",version="19.3.0"} 1
            """);
        (metrics.Version, metrics.State, metrics.Concurrent, metrics.Jobs, metrics.Capacity).ShouldBe(("19.3.0", "running", 40, 5, 30));
        metrics.Runners.ShouldBe([new RunnerMetrics("t1_aBcDeF", "k8s", "r_1", 5, 20), new RunnerMetrics("other1234", "big", "r_1", 0, 10)]);
    }

    [Theory]
    [InlineData("gitlab_runner_concurrent 8", 8)]
    [InlineData("gitlab_runner_concurrent 8\ngitlab_runner_limit{runner=\"a\"} 3", 3)]
    [InlineData("gitlab_runner_concurrent 8\ngitlab_runner_limit{runner=\"a\"} 0", 8)]
    [InlineData("gitlab_runner_limit{runner=\"a\"} 3\ngitlab_runner_limit{runner=\"b\"} 0", null)]
    [InlineData("", null)]
    public void Capacity_IsTheSmallerOfBoth(string text, int? capacity) => RunnerMetricsText.Read(text).Capacity.ShouldBe(capacity);
}
