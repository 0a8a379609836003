using CsCheck;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Plans;

public sealed class PredictedToFailTests
{
    private static readonly FleetSnapshot Fleet = Make.Fleet(Make.Legacy(1, "docker linux"), Make.Kubernetes(11, "k8s-default"));

    private static readonly FleetSnapshot Shared = Widened(Make.Legacy(1, "docker linux"));

    private static readonly FleetSnapshot Moved = Widened(Make.Legacy(1, "docker linux", untagged: false));

    [Fact]
    public void Class_ThatMoves_IsSplit_WithItsProjectsApart()
    {
        var census = Make.Census(Make.Class("", 100), Make.Class("", 40, project: 2), Make.Class("linux", 10));

        var radius = BlastRadiusEngine.Of(Fleet, Moved, census, predicted: [Fails(1, "", 12), Fails(1, "", 3, "lint"), Fails(3, "", 5), Fails(1, "linux", 4)]);

        radius.Classes.Select(one => (one.Effect, one.Tags.ToString(), one.JobsPerDay)).ShouldBe(
            [(JobClassEffect.PredictedToFail, TagSet.Empty.ToString(), 15), (JobClassEffect.Moves, TagSet.Empty.ToString(), 125), (JobClassEffect.Unchanged, Make.Tags("linux").ToString(), 10)]);
        radius.Classes[0].Projects.Select(one => one.Number).ShouldBe([1]);
        radius.Classes[1].Projects.Select(one => one.Number).ShouldBe([1, 2]);
        (radius.Classes[0].Before, radius.Classes[0].After).ShouldBe((radius.Classes[1].Before, radius.Classes[1].After));
    }

    [Theory]
    [InlineData(40, 40, 60)]
    [InlineData(100, 100, 0)]
    [InlineData(250, 100, 0)]
    [InlineData(0, 0, 100)]
    public void Failures_AreNeverMoreThanTheClassHas(double predicted, double failing, double shared)
    {
        var radius = BlastRadiusEngine.Of(Fleet, Shared, Make.Census(Make.Class("", 75), Make.Class("", 25, isProtected: true)), predicted: [Fails(1, "", predicted)]);

        (radius.JobsPerDay(JobClassEffect.PredictedToFail), radius.JobsPerDay(JobClassEffect.Shared)).ShouldBe((failing, shared));
    }

    [Fact]
    public void Split_KeepsAllSums_AndIsNeverNegative() => Gen.Select(Classes, Predictions).Sample((classes, predicted) =>
    {
        var census = Make.Census(classes);
        foreach (var after in (FleetSnapshot[])[Fleet, Shared, Moved])
        {
            var (plain, split) = (BlastRadiusEngine.Of(Fleet, after, census), BlastRadiusEngine.Of(Fleet, after, census, predicted: predicted));
            foreach (var set in plain.Classes.Select(one => (one.Tags, one.Protected)).Distinct())
                split.Classes.Where(one => (one.Tags, one.Protected) == set).Sum(one => one.JobsPerDay)
                    .ShouldBe(plain.Classes.Where(one => (one.Tags, one.Protected) == set).Sum(one => one.JobsPerDay), 1e-6);
            split.Classes.ShouldAllBe(one => one.JobsPerDay >= 0 && one.Projects.Count > 0);
            split.Classes.Where(one => one.Effect == JobClassEffect.PredictedToFail).ShouldAllBe(one => one.After.HasFlag(ServedBy.Kubernetes) && one.Before != one.After);
            split.JobsPerDay(JobClassEffect.PredictedToFail).ShouldBeLessThanOrEqualTo(predicted.Sum(one => one.JobsPerDay) + 1e-6);
            if (predicted.Length == 0) split.Classes.Select(Told).ShouldBe(plain.Classes.Select(Told));
        }
    });

    [Theory]
    [InlineData(false, 0, 0, "15 jobs a day of 2 projects are predicted to fail on Kubernetes; 2 projects have neither pinned, acknowledged nor answered: team/app-1 (12 a day), team/app-2 (3 a day).")]
    [InlineData(true, 0, 0, "15 jobs a day of 2 projects are predicted to fail on Kubernetes; 1 project has neither pinned, acknowledged nor answered: team/app-2 (3 a day).")]
    [InlineData(true, 3, 7.25, "15 jobs a day of 2 projects are predicted to fail on Kubernetes; 1 project has neither pinned, acknowledged nor answered: team/app-2 (3 a day). Not counted: 3 blocked jobs whose tags a variable gives, 7.3 a day.")]
    public void Warning_SaysWhoIsConcerned_AndWhoWasNotHeard(bool answered, int unknown, double unknownPerDay, string said)
    {
        var context = new DesireContext(Make.Fleet(Make.Legacy(1, "docker-fallback"), Make.Kubernetes(11, "k8s-default")), Make.Settings(), Make.State(Phase.OptIn), Make.Census(Make.Class("", 100), Make.Class("", 40, project: 2)));
        var request = new Scene(context, Make.Target(Phase.UntaggedTakeover, 100, 100)).Request() with
        {
            Predicted = new Predictions(9, [Fails(1, "", 12) with { IsAnswered = answered }, Fails(2, "", 3), Fails(2, "linux", 3)], unknown, unknownPerDay),
        };

        var plan = MakePlan.Compute(request);

        plan.Warnings.Single(one => one.Code == PredictedToFail.Code).Message.ShouldBe(said);
        plan.Blockers.ShouldBe(MakePlan.Compute(request with { Predicted = Domain.Plans.Predictions.Nothing }).Blockers);
    }

    [Fact]
    public void WayBack_IsNotPredictedToFail()
    {
        var radius = BlastRadiusEngine.Of(Moved, Fleet, Make.Census(Make.Class("", 100)), predicted: [Fails(1, "", 12)]);

        radius.Classes.ShouldHaveSingleItem().Effect.ShouldBe(JobClassEffect.Returns);
        PredictedToFail.Warnings(radius, Domain.Plans.Predictions.Nothing, Make.Census()).ShouldBeEmpty();
    }

    [Fact]
    public async Task PlanOfAStep_KnowsThem_ThatOfAnEvacuationDoesNotAsk()
    {
        var portal = new Portal(new DesireContext(Make.Fleet(Make.Legacy(1, "docker-fallback"), Make.Kubernetes(11, "k8s-default")), Make.Settings(), Make.State(Phase.OptIn), Make.Census(Make.Class("", 100))));
        portal.Predicted.Now = new Predictions(1, [Fails(1, "", 12)], 0, 0);

        var step = (await portal.Plan.RunAsync(Make.Production, Make.Target(Phase.UntaggedTakeover, 100, 100), Make.Admin, default)).Result();
        var evacuation = (await portal.Plan.RunAsync(Make.Production, new PlanTarget.Evacuate(), Make.Admin, default)).Result();

        step.BlastRadius.JobsPerDay(JobClassEffect.PredictedToFail).ShouldBe(12);
        evacuation.Warnings.ShouldNotContain(one => one.Code == PredictedToFail.Code);
    }

    private static readonly Gen<JobClass[]> Classes =
        Gen.Select(OneOf("", "linux", "docker", "k8s-default"), Gen.Double[0, 500], OneOf<bool?>(null, false, true), Gen.Long[1, 3])
            .Select((tags, jobs, guarded, project) => Make.Class(tags, jobs, guarded, project)).Array[1, 12].Select(all => all.DistinctBy(one => one.Needs).ToArray());

    private static readonly Gen<PredictedFailure[]> Predictions =
        Gen.Select(Gen.Long[1, 4], OneOf("", "linux", "other"), Gen.Double[0, 300]).Select((project, tags, jobs) => Fails(project, tags, jobs)).Array[0, 6];

    private static Gen<T> OneOf<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(at => all[at]);

    private static (TagSet, bool?, double, ServedBy, ServedBy, JobClassEffect, string) Told(ClassEffect one) => (one.Tags, one.Protected, one.JobsPerDay, one.Before, one.After, one.Effect, string.Join(",", one.Projects));

    private static PredictedFailure Fails(long project, string tags, double jobs, string job = "build") => new(new ProjectId(Make.Production, project), Make.Tags(tags), job, ["R01"], jobs);

    private static FleetSnapshot Widened(FleetRunner legacy) => Make.Fleet(legacy, Make.Kubernetes(11, "k8s-default", untagged: true));
}
