using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Tests.Shared;
using static MigrationPortal.Domain.Tests.Cohorts.CohortWorld;

namespace MigrationPortal.Domain.Tests.Cohorts;

public class ExposureCheckTests
{
    [Fact]
    public void Jobs_ThatAskForKubernetesAndRanOnDocker_AreNamed_WhileJobsThatNeverAskedAreNot()
    {
        var report = Check(
            [Of(1, EnrollmentState.Verified), Of(2, EnrollmentState.Moved)],
            Ran(1, "k8s-default", ExecutorFamily.Kubernetes, 970), Ran(1, "k8s-default", ExecutorFamily.Docker, 12), Ran(1, "large", ExecutorFamily.Docker, 500),
            Ran(2, "k8s-large", ExecutorFamily.Kubernetes, 18), Ran(3, "k8s-default", ExecutorFamily.Docker, 9));
        report.All.ShouldBe(new Exposure(1000, 12, 0, 0));
        report.All.Mismatch.ShouldBe(0.012);
        var one = report.Mismatches.ShouldHaveSingleItem();
        (one.Elsewhere, one.Jobs).ShouldBe((12, 982));
        one.Sentence.ShouldBe("Project production/1 asks for Kubernetes (k8s-default), and 12 of 982 such jobs ran on docker: see which docker runners carry that tag.");
    }

    [Fact]
    public void WhoWaitsOrIsPinned_IsMeantForDocker_WithAllJobs()
    {
        var report = Check(
            [Of(1, EnrollmentState.Waitlisted), Of(2, EnrollmentState.Verified) with { Target = EnrollmentTarget.Docker }],
            Ran(1, "", ExecutorFamily.Docker, 90), Ran(1, "k8s-default", ExecutorFamily.Kubernetes, 10), Ran(2, "docker-fallback", ExecutorFamily.Docker, 70), Ran(2, "", ExecutorFamily.Kubernetes, 30));
        report.All.ShouldBe(new Exposure(0, 0, 200, 40));
        report.Mismatches.Select(one => (one.Enrollment.Project.Number, one.Elsewhere)).ShouldBe([(2, 30), (1, 10)]);
        report.Mismatches[0].Sentence.ShouldEndWith("they lack the fallback tag.");
        report.Mismatches[1].Sentence.ShouldContain("it is no comparison any more");
    }

    [Theory]
    [InlineData(EnrollmentState.Selected)]
    [InlineData(EnrollmentState.Invited)]
    [InlineData(EnrollmentState.Accepted)]
    [InlineData(EnrollmentState.Declined)]
    [InlineData(EnrollmentState.Moving)]
    [InlineData(EnrollmentState.Returning)]
    [InlineData(EnrollmentState.Returned)]
    [InlineData(EnrollmentState.Graduated)]
    public void WhereNothingIsMeant_NothingIsJudged(EnrollmentState state) =>
        Check([Of(1, state)], Ran(1, "k8s-default", ExecutorFamily.Docker, 5), Ran(1, "", ExecutorFamily.Kubernetes, 5)).All.Mismatch.ShouldBeNull();

    [Fact]
    public void OtherExecutors_AreNeither() =>
        Check([Of(1, EnrollmentState.Verified)], Ran(1, "k8s-default", ExecutorFamily.Other, 5)).All.Mismatch.ShouldBeNull();

    private static ExposureReport Check(Enrollment[] enrollments, params RanJobs[] jobs) => ExposureCheck.Of(enrollments, jobs, Make.Tags("k8s-default k8s-large"), "k8s-default");

    private static Enrollment Of(long project, EnrollmentState state) =>
        new(project, Id(project), EnrollmentTarget.Kubernetes, EnrollmentKind.Random, null, state, null, null, Make.Admin, Make.Now, 1);

    private static RanJobs Ran(long project, string tags, ExecutorFamily executor, long jobs) => new(Id(project), Make.Tags(tags), executor, jobs);
}
