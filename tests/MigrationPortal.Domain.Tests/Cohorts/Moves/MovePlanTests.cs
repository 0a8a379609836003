using CsCheck;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Moves;

public sealed class MovePlanTests
{
    private static readonly ProjectId Project = new(new InstanceId("production"), 7);

    private static readonly MoveTags Tags = new(
        "k8s-default", "docker-fallback", new Dictionary<string, string?> { ["linux"] = "k8s-default", ["large"] = "k8s-large", ["gpu-free"] = null, ["docker"] = "k8s-default" }, new HashSet<string> { "linux" });

    /// <summary>Served are the opt-in tag, its large sister, the fallback; not both opt-in tags together.</summary>
    [Theory]
    [InlineData("", false, "k8s-default", JobChangeKind.Moves)]
    [InlineData("linux", false, "k8s-default", JobChangeKind.Moves)]
    [InlineData("linux docker", false, "k8s-default", JobChangeKind.Moves)]
    [InlineData("docker-fallback", false, "k8s-default", JobChangeKind.Moves)]
    [InlineData("large", false, "k8s-large", JobChangeKind.Moves)]
    [InlineData("large linux", false, "large linux", JobChangeKind.Stays)]
    [InlineData("gpu-free", false, "gpu-free", JobChangeKind.Stays)]
    [InlineData("unheard-of", false, "unheard-of", JobChangeKind.Stays)]
    [InlineData("k8s-default", false, "k8s-default", JobChangeKind.There)]
    [InlineData("k8s-large", false, "k8s-large", JobChangeKind.There)]
    [InlineData("$RUNNER_TAG", false, "k8s-default", JobChangeKind.Moves)]
    [InlineData("$RUNNER_TAG linux", false, "$RUNNER_TAG linux", JobChangeKind.Stays)]
    [InlineData("", true, "docker-fallback", JobChangeKind.Pinned)]
    [InlineData("linux", true, "docker-fallback", JobChangeKind.Pinned)]
    [InlineData("docker", true, "docker", JobChangeKind.Stays)]
    [InlineData("large", true, "large", JobChangeKind.Stays)]
    public void Job_ToKubernetes_HasItsTagsReplacedAndNoneAdded(string from, bool blocked, string to, JobChangeKind kind)
    {
        var change = Plan(EnrollmentTarget.Kubernetes, from, blocked).Jobs.ShouldHaveSingleItem();

        (string.Join(' ', change.To), change.Kind).ShouldBe((to, kind));
        (change.Why is null).ShouldBe(kind is JobChangeKind.Moves or JobChangeKind.There);
    }

    [Theory]
    [InlineData("", "docker-fallback", JobChangeKind.Moves)]
    [InlineData("k8s-default", "docker-fallback", JobChangeKind.Moves)]
    [InlineData("linux", "docker-fallback", JobChangeKind.Moves)]
    [InlineData("$RUNNER_TAG", "docker-fallback", JobChangeKind.Moves)]
    [InlineData("docker", "docker", JobChangeKind.Stays)]
    [InlineData("docker-fallback", "docker-fallback", JobChangeKind.There)]
    public void Job_ToDocker_GetsTheTagThatLeadsThere(string from, string to, JobChangeKind kind)
    {
        var change = Plan(EnrollmentTarget.Docker, from, blocked: true).Jobs.ShouldHaveSingleItem();

        (string.Join(' ', change.To), change.Kind).ShouldBe((to, kind));
    }

    [Fact]
    public void Fallback_NotSet_PinsNobody() =>
        MovePlan.Of(Project, EnrollmentTarget.Docker, [("a", [])], new HashSet<string>(), Tags with { Fallback = null }, _ => true).Jobs[0].ShouldBe(new JobChange("a", [], [], JobChangeKind.Stays, "No tag leads back to docker yet."));

    /// <summary>What is not served is never offered; a blocked job never gets a tag that leads to Kubernetes; nobody's tags are added to.</summary>
    [Fact]
    public void AnyProject_KeepsThePromises()
    {
        var tag = Gen.OneOf([.. new[] { "linux", "docker", "large", "gpu-free", "k8s-default", "docker-fallback", "$X", "old" }.Select(Gen.Const)]);
        Gen.Select(tag.Array[0, 3], Gen.Bool, Gen.Bool).List[1, 8].Sample(jobs =>
        {
            var named = jobs.Select((job, at) => (Name: $"j{at}", Tags: (IReadOnlyList<string>)job.Item1)).ToList();
            var blocked = jobs.Select((job, at) => (job, at)).Where(one => one.job.Item2).Select(one => $"j{one.at}").ToHashSet();
            var plan = MovePlan.Of(Project, EnrollmentTarget.Kubernetes, named, blocked, Tags, Served);
            plan.Jobs.Count.ShouldBe(jobs.Count);
            foreach (var job in plan.Jobs)
            {
                if (job.Kind == JobChangeKind.Moves) Served(TagSet.Of(job.To)).ShouldBeTrue();
                if (blocked.Contains(job.Name)) job.Kind.ShouldBeOneOf(JobChangeKind.Stays, JobChangeKind.Pinned);
                if (job.Kind is JobChangeKind.Stays or JobChangeKind.There) job.To.ShouldBe(job.From);
                if (job.Kind == JobChangeKind.Moves) job.To.ShouldAllBe(one => Tags.ToKubernetes.Contains(one));
            }
        });
    }

    private static MovePlan Plan(EnrollmentTarget target, string from, bool blocked) => MovePlan.Of(
        Project, target, [("job", from.Split(' ', StringSplitOptions.RemoveEmptyEntries))], blocked ? new HashSet<string> { "job" } : new HashSet<string>(), Tags, Served);

    private static bool Served(TagSet tags) => tags == TagSet.Of("k8s-default") || tags == TagSet.Of("k8s-large") || tags == TagSet.Of("docker-fallback");
}
