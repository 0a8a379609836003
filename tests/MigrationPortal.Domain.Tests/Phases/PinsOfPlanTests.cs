using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

/// <summary>Whom a plan holds back. Project 1 has untagged jobs and asked to stay on docker.</summary>
public sealed class PinsOfPlanTests
{
    private static readonly ProjectId One = new(Make.Production, 1);
    private static readonly PlanTarget Takeover = Make.Target(Phase.UntaggedTakeover, 100, 0);

    private readonly Portal portal = new(ApplyPlanTests.Context());

    [Fact]
    public async Task AVerifiedPin_IsNamed_WhereLegacyNarrows_AndNowhereElse()
    {
        await PinAsync(EnrollmentState.Verified);

        (await WarningsAsync(Takeover)).ShouldBe([("pins-verified", "1 project is pinned and verified, and stays on docker: data/etl.")]);
        (await WarningsAsync(Make.Target(Phase.UntaggedTakeover, 100, 100))).ShouldBeEmpty("docker takes as much as before");
        (await WarningsAsync(Make.Target(Phase.OptIn))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(EnrollmentState.Moving, "its merge request is not merged yet")]
    [InlineData(EnrollmentState.Moved, "no job of it has run with docker-fallback yet")]
    [InlineData(EnrollmentState.Accepted, "nothing was changed in it yet")]
    public async Task OneThatIsNotVerified_WillMove_AndIsNeverHeldBack(EnrollmentState state, string why)
    {
        await PinAsync(state);
        (await WarningsAsync(Takeover)).ShouldBe([("pins-unverified", $"1 project asked to stay on docker and will move: data/etl ({why}).")]);
    }

    [Fact]
    public async Task OneWhoseFileLostTheTag_OrWhoseTagNobodyServes_WillMove()
    {
        await PinAsync(EnrollmentState.Verified);
        (await WarningsAsync(Make.Target(Phase.Decommission))).ShouldHaveSingleItem().ShouldBe(("pins-unverified", "1 project asked to stay on docker and will move: data/etl (no docker runner would take jobs with the tag docker-fallback)."));

        portal.Scans.All[One] = new ProjectScan(One, "main", Make.Now, ScanState.Read, null, [new ScannedJob("build", [])], [], []);
        (await WarningsAsync(Takeover)).ShouldHaveSingleItem().ShouldBe(("pins-unverified", "1 project asked to stay on docker and will move: data/etl (no job asks for docker-fallback any more)."));
    }

    [Fact]
    public async Task OneWhoseTimeIsOver_IsNamedAsThat()
    {
        await PinAsync(EnrollmentState.Verified, Make.Now.AddDays(-2));
        (await WarningsAsync(Takeover)).Select(one => one.Code).ShouldBe(["pins-over", "pins-verified"]);
    }

    private async Task PinAsync(EnrollmentState state, DateTimeOffset? until = null)
    {
        portal.Projects.All[One] = new ObservedProject(new ProjectAccess(One, "data/etl", true, true, new HashSet<long>()), "main", false, Make.Now, [], [], Make.Now);
        await portal.Enrollments.AddAsync(new Enrollment(0, One, EnrollmentTarget.Docker, EnrollmentKind.Volunteer, EnrollmentWay.MergeRequest, state, until, null, Make.Admin, Make.Now.AddDays(-5), 0), default);
    }

    private async Task<IReadOnlyList<(string Code, string Message)>> WarningsAsync(PlanTarget target) =>
        [.. (await portal.Plan.RunAsync(Make.Production, target, Make.Admin, default)).Result().Warnings.Where(one => one.Code.StartsWith("pins-", StringComparison.Ordinal)).Select(one => (one.Code, one.Message))];
}
