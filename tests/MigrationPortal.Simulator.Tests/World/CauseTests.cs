using MigrationPortal.World;

namespace MigrationPortal.Simulator.Tests.World;

public class CauseTests
{
    /// <summary>What stands in the file, and how it shows on Kubernetes before 19.1: reason, exit code, a piece of the log.</summary>
    public static TheoryData<string, Cause, FailureReason, int?, string> Cases => new()
    {
        { "script: [ping -c1 db.example.org]", Cause.Ping, FailureReason.ScriptFailure, 2, "ping: socket: Operation not permitted" },
        { "image: docker:27\nscript: [docker build .]", Cause.DockerSocket, FailureReason.ScriptFailure, 1, "unix:///var/run/docker.sock" },
        { "services: ['docker:27-dind']\nscript: [docker info]", Cause.DindUnprivileged, FailureReason.ScriptFailure, 1, "mount: permission denied (are you root?)" },
        { "services: [{name: 'postgres:16', alias: my_db}]\nscript: [make]", Cause.ServiceAlias, FailureReason.RunnerSystemFailure, null, "is invalid DNS" },
        { "image: {name: alpine, pull_policy: always}\nscript: [make]", Cause.PullPolicy, FailureReason.ScriptFailure, null, "is not one of the allowed_pull_policies" },
        { "image: builder-local:latest\nscript: [make]", Cause.LocalImage, FailureReason.ScriptFailure, null, "no basic auth credentials" },
        { "script: [cp /srv/shared/license.lic .]", Cause.HostPath, FailureReason.ScriptFailure, 1, "No such file or directory" },
        { "script: [sysctl -w vm.max_map_count=262144]", Cause.KernelOperation, FailureReason.ScriptFailure, 255, "Read-only file system" },
        { "services: ['postgres:16', 'postgres:15']\nscript: [make]", Cause.ServicePortClash, FailureReason.ScriptFailure, 1, "bind: address already in use" },
        { "variables: {PGHOST: group__postgres}\nscript: [psql]", Cause.DoubleUnderscoreHost, FailureReason.ScriptFailure, 2, "could not translate host name" },
        { "script: [git clone git@git.example.org:a/b.git]", Cause.EgressBlocked, FailureReason.ScriptFailure, 128, "Connection timed out" },
        { "script: [nvidia-smi]", Cause.Device, FailureReason.ScriptFailure, 1, "device not found" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Incompatible_FailsOnKubernetesWithItsOwnSigns_AndNotOnDocker(
        string job, Cause cause, FailureReason reason, int? exitCode, string log)
    {
        var world = new TestWorld();
        world.Runner(Executor.Kubernetes, 50, ["k"]);
        world.Runner(Executor.Docker, 50, ["d"]);
        var onKubernetes = world.RunOne($"tags: [k]\n{job}");
        var onDocker = world.RunOne($"tags: [d]\n{job}");
        world.AdvanceMinutes(120);

        onKubernetes.Cause.ShouldBe(cause);
        onKubernetes.Cause.IsIncompatibility().ShouldBeTrue();
        onKubernetes.FailureReason.ShouldBe(reason);
        onKubernetes.ExitCode.ShouldBe(exitCode);
        world.Inner.Truth.Trace(onKubernetes).ShouldContain(log);
        onDocker.Cause.IsIncompatibility().ShouldBeFalse();
        world.Inner.Truth.Trace(onDocker).ShouldNotContain(log);
    }

    [Theory]
    [InlineData("script: ['curl https://example.org/ping', 'redis-cli ping', 'npm run ping-test']")]
    [InlineData("services: [{name: 'postgres:16', alias: 'db, db2'}]\nscript: ['true']")]
    [InlineData("script: [echo docker, ./docker-info.sh]")]
    public void Harmless_IsNotTakenForAnIncompatibility(string job)
    {
        var world = new TestWorld();

        world.RunOne($"tags: [k]\n{job}").Definition.Workload.Incompatibility.ShouldBe(Cause.None);
    }

    [Fact]
    public void OutOfMemory_BitesMostTimes_WithExitCode137()
    {
        var world = new TestWorld();
        world.Runner(Executor.Kubernetes, 200, ["k"]);
        var jobs = world.Run("unit:\n  tags: [k]\n  parallel: 100\n  variables: {MAVEN_OPTS: -Xmx6g}\n  script: [mvn verify]\n").Jobs;
        world.AdvanceMinutes(120);

        var killed = jobs.Where(j => j.Cause == Cause.OutOfMemory).ToList();
        killed.Count.ShouldBeInRange(65, 95);
        killed.ShouldAllBe(j => j.ExitCode == 137 && j.FailureReason == FailureReason.ScriptFailure);
    }

    [Theory]
    [InlineData("18.11.2", FailureReason.ScriptFailure)]
    [InlineData("19.1.0-ee", FailureReason.RunnerConfigurationError)]
    public void ConfigurationError_IsToldAsTheServerKnowsIt(string version, FailureReason expected)
    {
        var world = new TestWorld(WorldOptions.Quiet with { GitLabVersion = version });
        world.Runner(Executor.Kubernetes, 1, ["k"]);
        var job = world.RunOne("tags: [k]\nimage: {name: alpine, pull_policy: always}\nscript: [make]");
        world.AdvanceMinutes(5);

        job.FailureReason.ShouldBe(expected);
    }

    [Fact]
    public void PrivilegedServices_LetDindRun()
    {
        var world = new TestWorld(WorldOptions.Quiet with { PrivilegedServices = true });
        world.Runner(Executor.Kubernetes, 1, ["k"]);
        var job = world.RunOne("tags: [k]\nservices: ['docker:27-dind']\nscript: [docker info]");
        world.AdvanceMinutes(60);

        job.Cause.IsIncompatibility().ShouldBeFalse();
    }

    [Fact]
    public void Timeout_SmallestLimitWins()
    {
        var world = new TestWorld();
        var runner = world.Runner(Executor.Docker, 5, ["t"]);
        world.Do<Runner>(new UpdateRunner(runner.Id, MaximumTimeout: 600));
        var job = world.Run("soak:\n  tags: [t]\n  timeout: 2h\n  script: [./soak.sh]\n").Jobs[0];
        world.AdvanceMinutes(11);

        job.FailureReason.ShouldBe(FailureReason.JobExecutionTimeout);
        (job.FinishedAt - job.StartedAt).ShouldBe(TimeSpan.FromMinutes(10));
        world.Inner.Truth.Trace(job).ShouldContain("execution took longer than 0h10m0s seconds");
    }

    [Fact]
    public void Incident_HitsOnlyItsReachAndOnlyWhileItLasts()
    {
        var world = new TestWorld();
        world.Runner(Executor.Docker, 500, ["d"]);
        world.Runner(Executor.Kubernetes, 500, ["k"]);
        IReadOnlyList<Job> Batch(string tag) => world.Run($"job:\n  tags: [{tag}]\n  parallel: 150\n  script: [make]\n").Jobs;
        world.Do<Incident>(new StartIncident("registry", new IncidentReach(Executor.Docker), 0.5, Minutes: 30));
        var (docker, kubernetes) = (Batch("d"), Batch("k"));
        world.AdvanceMinutes(31);
        var after = Batch("d");
        world.AdvanceMinutes(60);

        docker.Count(j => j.Cause == Cause.Incident).ShouldBeInRange(50, 100);
        docker.Where(j => j.Cause == Cause.Incident).ShouldAllBe(j => j.FailureReason == FailureReason.RunnerSystemFailure);
        kubernetes.ShouldAllBe(j => j.Cause != Cause.Incident);
        after.ShouldAllBe(j => j.Cause != Cause.Incident);
    }

    [Fact]
    public void Trace_IsTheSameEachTime_AndGrowsWhileRunning()
    {
        var world = new TestWorld();
        world.Runner(Executor.Docker, 1, ["d"]);
        var job = world.RunOne("tags: [d]\nscript: [one, two, three, four]");
        world.Inner.Truth.Trace(job).ShouldBe("");
        world.Advance(TimeSpan.FromSeconds(4));
        var early = world.Inner.Truth.Trace(job);
        world.AdvanceMinutes(60);
        var late = world.Inner.Truth.Trace(job);

        late.Length.ShouldBeGreaterThan(early.Length);
        late.ShouldBe(world.Inner.Truth.Trace(job));
        late.ShouldContain("Preparing the \"docker\" executor");
    }
}
