using CsCheck;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Moves;

public sealed class PairMoveTests
{
    private const long Kubernetes = 101;
    private const long Docker = 102;
    private static readonly ProjectId Project = new(Make.Production, 7);
    private static readonly MoveTags Tags = new("k8s-default", "docker-fallback", new Dictionary<string, string?>(), new HashSet<string>());

    /// <summary>Jobs of the file, <c>!</c> before one that will fail on Kubernetes; what jobs asked for lately; the docker runner's tags, <c>+</c> when it takes untagged jobs.</summary>
    [Theory]
    [InlineData("build: | test:linux", "", "docker+", "101", 2, "")]
    [InlineData("build: | test:linux", " | linux", "docker+", "101", 2, "")]
    [InlineData("build: | old:gpu", "", "docker+", "", 0, "old would find no runner")]
    [InlineData("build:", "gpu", "docker+", "", 0, "A job that ran lately would find no runner")]
    [InlineData("!net: | build:", "", "docker", "", 0, "net will not work on Kubernetes as it is")]
    [InlineData("!net:docker | build:", "", "docker", "101 102", 1, "")]
    [InlineData("!net:docker | build:", "", "docker+", "", 0, "net has to stay on docker, and the docker runner that is kept ready would take jobs without tags too")]
    [InlineData("!net:docker | build:linux", "", "docker linux", "", 0, "would take jobs with the tag linux too")]
    [InlineData("!net:docker | build:linux", "docker", "docker", "101 102", 1, "")]
    [InlineData("!net:$X | build:", "", "docker", "", 0, "its tags come from a variable")]
    [InlineData("build:$X", "linux", "docker+", "101", 1, "")]
    [InlineData("net:docker | build:", "", "docker", "101 102", 1, "")]
    [InlineData("!net:docker", "", "docker", "", 0, "No job of the project would move.")]
    public void Project_ToKubernetes_IsServedByOneRunnerForEachJob(string jobs, string recent, string docker, string assign, int count, string why)
    {
        var move = PairMove.Of(Plan(EnrollmentTarget.Kubernetes, jobs, recent, Pair(docker: docker)));

        (string.Join(' ', move.Assign), move.Jobs).ShouldBe((assign, count));
        (move.Why ?? "").ShouldContain(why);
        (move.Why is null).ShouldBe(why.Length == 0);
    }

    [Theory]
    [InlineData("build: | !net:linux", "", "docker linux+", "102", 1, "")]
    [InlineData("build:", "linux", "docker linux+", "102", 1, "")]
    [InlineData("build:", "gpu", "docker linux+", "", 0, "A job that ran lately would find no runner")]
    [InlineData("build:", "", "docker", "", 0, "the docker runner that is kept ready does not take jobs without tags")]
    public void Project_ToDocker_IsServedByTheDockerRunnerAlone(string jobs, string recent, string docker, string assign, int count, string why)
    {
        var move = PairMove.Of(Plan(EnrollmentTarget.Docker, jobs, recent, Pair(docker: docker)));

        (string.Join(' ', move.Assign), move.Jobs).ShouldBe((assign, count));
        (move.Why ?? "").ShouldContain(why);
    }

    [Fact]
    public void Pair_NotNamedOrNotFit_IsNotOffered()
    {
        PairMove.Of(MovePlan.Of(Project, EnrollmentTarget.Kubernetes, [("build", [])], new HashSet<string>(), Tags, _ => true)).Why.ShouldNotBeNull().ShouldStartWith("No runners are kept ready");
        PairMove.Of(Plan(EnrollmentTarget.Kubernetes, "build:", "", Pair(locked: true))).Why.ShouldNotBeNull().ShouldContain("cannot take jobs at the moment");
        // The docker half is not needed, so that it is silent is no matter.
        PairMove.Of(Plan(EnrollmentTarget.Kubernetes, "build:", "", Pair(dockerSilent: true))).Assign.ShouldBe([Kubernetes]);
        PairMove.Of(Plan(EnrollmentTarget.Kubernetes, "build: | net:docker", "", Pair(docker: "docker", dockerSilent: true))).Why.ShouldNotBeNull().ShouldContain("net has to stay on docker");
    }

    [Theory]
    [InlineData("docker", true, "The project's own runner other-55 takes the same jobs")]
    [InlineData("kubernetes", true, null)]
    [InlineData("docker", false, null)]
    public void OwnRunner_ThatTakesTheSameJobs_StandsInTheWay(string executor, bool untagged, string? why)
    {
        var own = Make.Runner(55, null, Make.Attributes("mine", untagged), type: RunnerType.Project, projects: [7], executor: executor);

        var move = PairMove.Of(Plan(EnrollmentTarget.Kubernetes, "build:", "", Pair(), own));

        if (why is null) move.Why.ShouldBeNull();
        else move.Why.ShouldNotBeNull().ShouldStartWith(why);
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    public void GroupRunner_ThatTakesTheSameJobs_IsSwitchedOff(bool untagged, bool paused, bool off)
    {
        var team = Make.Runner(56, null, Make.Attributes("team", untagged, paused), type: RunnerType.Group, groups: [3]);

        PairMove.Of(Plan(EnrollmentTarget.Kubernetes, "build:", "", Pair(), team)).GroupRunnersOff.ShouldBe(off);
    }

    [Fact]
    public void Half_TellsEveryFaultAtOnce()
    {
        var odd = Make.Runner(Kubernetes, RunnerRole.Legacy, Make.Attributes("docker", paused: true, refProtected: true), contactMinutes: 9);

        PairHalf.Of(ExecutorFamily.Kubernetes, Kubernetes, Make.Fleet(odd)).Faults.ShouldBe(
            [PairFault.NotAProjectRunner, PairFault.WrongExecutor, PairFault.Paused, PairFault.Silent, PairFault.ProtectedOnly, PairFault.RefusesUntagged]);
        PairHalf.Of(ExecutorFamily.Docker, 5, Make.Fleet(odd)).Faults.ShouldBe([PairFault.NotThere]);
        PairHalf.Of(ExecutorFamily.Docker, Docker, Make.Fleet(Pair()[1] with { Observed = Pair()[1].Observed with { Managers = [] } })).Faults.ShouldBe([PairFault.ExecutorNotKnown]);
    }

    /// <summary>Whatever is offered: every job has exactly one kind of runner, and none that will fail has Kubernetes.</summary>
    [Fact]
    public void AnyProject_ThatIsOffered_HasOneRunnerForEachJob()
    {
        var tag = Gen.OneOf([.. new[] { "linux", "docker", "gpu", "k8s-default" }.Select(Gen.Const)]);
        var offered = 0;
        Gen.Select(Gen.Select(tag.Array[0, 2], Gen.Bool).List[1, 5], tag.Array[0, 2].List[0, 3], tag.Array[0, 3], Gen.Bool).Sample((jobs, recent, docker, untagged) =>
        {
            var fleet = Pair(docker: string.Join(' ', docker.Append("only-docker")) + (untagged ? "+" : ""));
            var text = string.Join(" | ", jobs.Select((job, at) => $"{(job.Item2 ? "!" : "")}j{at}:{string.Join(' ', job.Item1)}"));
            var move = PairMove.Of(Plan(EnrollmentTarget.Kubernetes, text, recent.Count == 0 ? "" : " " + string.Join(" | ", recent.Select(one => string.Join(' ', one))), fleet));
            if (move.Why is not null) return;
            offered++;
            var assigned = fleet.Where(runner => move.Assign.Contains(runner.Id.Number)).ToList();
            foreach (var (tags, fails) in jobs.Select(job => (TagSet.Of(job.Item1), job.Item2)).Concat(recent.Select(one => (TagSet.Of(one), false))))
            {
                var takers = assigned.Where(runner => JobMatcher.Takes(runner.Attributes, tags, null)).Select(runner => runner.Id.Number).ToList();
                takers.ShouldHaveSingleItem();
                if (fails) takers.ShouldBe([Docker]);
            }
        }, iter: 2_000, threads: 1);
        offered.ShouldBeGreaterThan(50);
    }

    internal static MovePlan Plan(EnrollmentTarget target, string jobs, string recent, FleetRunner[] pair, params FleetRunner[] others)
    {
        var read = jobs.Split('|', StringSplitOptions.TrimEntries).Select(job => job.Split(':')).Select(job => (Name: job[0].TrimStart('!'), Fails: job[0].StartsWith('!'), Tags: (IReadOnlyList<string>)[.. Make.Tags(job[1])])).ToList();
        var fleet = Make.Fleet([.. pair, .. others]);
        var asked = recent.Length == 0 ? [] : recent.Split('|').Select(one => Make.Tags(one.Trim())).ToList();
        return MovePlan.Of(Project, target, read.Select(job => (job.Name, job.Tags)), read.Where(job => job.Fails).Select(job => job.Name).ToHashSet(), Tags, _ => true) with
        {
            Ground = PairGround.Of(PairNow.Of(new RunnerPair(Kubernetes, Docker), fleet), fleet, Project, Make.Project(7, groups: 3), asked),
        };
    }

    internal static FleetRunner[] Pair(string docker = "docker+", bool locked = false, bool dockerSilent = false)
    {
        var kubernetes = Make.Runner(Kubernetes, RunnerRole.Kubernetes, Make.Attributes("k8s-default linux", untagged: true), managed: false, type: RunnerType.Project, projects: [99]);
        return
        [
            kubernetes with { Observed = kubernetes.Observed with { Locked = locked } },
            Make.Runner(Docker, RunnerRole.Legacy, Make.Attributes(docker.TrimEnd('+'), untagged: docker.EndsWith('+')), managed: false, type: RunnerType.Project, projects: [99], contactMinutes: dockerSilent ? 60 : 0),
        ];
    }
}
