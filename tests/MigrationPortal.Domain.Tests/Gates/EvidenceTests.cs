using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Tests.Gates;

/// <summary>Evidence is summed once for all its days. What comes out of it must be what the cells before each day alone give, to the last bit.</summary>
public sealed class EvidenceTests
{
    private static readonly DateTimeOffset Since = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(GateStage.Overlap, false)]
    [InlineData(GateStage.Overlap, true)]
    [InlineData(GateStage.Cohort, false)]
    public void Curve_IsWhatEachDaysCellsAloneGive(GateStage stage, bool all)
    {
        foreach (var facts in Worlds(stage))
        {
            var (policy, plan) = (Policy(stage), LookPlan.Of(facts.Step, Policy(stage))!);
            var plain = Enumerable.Range(0, 500).Select(days => plan.EvidenceFrom.AddDays(days + 2)).TakeWhile(until => until <= Today(facts))
                .Select(until => (until, Seen: Comparison.Of(Cells(facts, policy, plan, until, all), policy.MarginOf(all), Comparisons.Confidence(policy))))
                .Where(one => one.Seen.Difference is not null).Select(one => new DifferencePoint(one.until, one.Seen.Difference!.Value.RiskDifference, one.Seen.Lower!.Value, one.Seen.Upper!.Value)).ToList();
            var curve = DifferenceCurve.Of(facts, policy, all);
            if (plain.Count > DifferenceCurve.MostPoints) plain.RemoveAll(point => (Today(facts).DayNumber - point.Until.DayNumber) % 7 != 0);
            curve.ShouldBe(plain);
            curve.Count.ShouldBeLessThanOrEqualTo(DifferenceCurve.MostPoints);
        }
    }

    [Theory]
    [InlineData(GateStage.Overlap, false)]
    [InlineData(GateStage.Overlap, true)]
    [InlineData(GateStage.Cohort, false)]
    public void Looks_AreTakenInTheFirstWeekThatSuffices_ByItsCellsAlone(GateStage stage, bool all)
    {
        foreach (var facts in Worlds(stage))
        {
            var (policy, plan) = (Policy(stage), LookPlan.Of(facts.Step, Policy(stage))!);
            var looks = LookDecisions.Of(facts, policy, plan, all);
            for (var place = 0; place <= looks.Taken.Count; place++)
            {
                LookDecision[] before = [.. looks.Taken.Take(place)];
                var wanted = new LookDecisions(before, []).Wanted(policy);
                var end = place < looks.Taken.Count ? looks.Taken[place].On : looks.Ahead is [var ahead, ..] ? ahead : before[^1].On;
                var first = place == 0 ? plan.Looks[0] : before[^1].On.AddDays(policy.BakeDays);
                for (var week = first; week < end && week < plan.End; week = week.AddDays(7)) Suffices(week).ShouldBeFalse();
                if (place == looks.Taken.Count) break;
                var look = looks.Taken[place];
                if (look.On < plan.End) (Suffices(look.On), look.Information).ShouldBe((true, Sample(look.On)!.Reached));
                Whole(look.Comparison).ShouldBe(Whole(Comparison.Of(Cells(facts, policy, plan, look.On, all), policy.MarginOf(all), look.Confidence)));

                bool Suffices(DateOnly on) => Sample(on) is { IsEnough: true } sample && sample.Reached >= wanted && SpendingBounds.Confidence([.. before.Select(Planned), new PlannedLook(Math.Min(1, sample.Reached / policy.Looks), sample.Reached)], policy.Alpha) is not null;
            }

            SampleFacts? Sample(DateOnly on) => SampleFacts.Of(facts with { Arms = [.. facts.Arms.Where(arm => arm.Day < on)] }, policy, plan.EvidenceFrom, on, all);

            PlannedLook Planned(LookDecision one) => new(one.Information / policy.Looks, one.Information);
        }
    }

    private static string Whole(Comparison one) => $"{one} {string.Join("; ", one.Weightiest)}";

    private static GatePolicy Policy(GateStage stage) => GatePolicy.Default(stage) with { Exempted = [2] };

    private static DateOnly Today(GateFacts facts) => DateOnly.FromDateTime(facts.At.UtcDateTime);

    private static ComparisonCell[] Cells(GateFacts facts, GatePolicy policy, LookPlan plan, DateOnly until, bool all) =>
    [
        .. from arm in facts.Arms
           where arm.Day >= plan.EvidenceFrom && arm.Day < until && !policy.Exempted.Contains(arm.Project)
           let stratum = Comparisons.Stratum(facts.Step.Stage, arm)
           select new ComparisonCell(stratum, arm.Day, arm.Kubernetes.Rate(all), arm.Docker.Rate(all), facts.Step.Stage == GateStage.Cohort ? stratum : null),
    ];

    // From a handful of jobs a day to thousands, with days on which one executor fails far more.
    private static IEnumerable<GateFacts> Worlds(GateStage stage)
    {
        for (var seed = 1; seed <= 6; seed++)
        {
            var random = new Random(seed);
            var (days, most) = (seed % 2 == 0 ? 40 : 130, (int)Math.Pow(10, random.NextDouble() * 3) + 2);
            var facts = GateWorld.Facts(0) with { Step = GateWorld.Step(stage) with { Since = Since, EvidenceSince = Since }, At = Since.AddDays(days).AddHours(9) };
            yield return facts with
            {
                Arms =
                [
                    .. from day in Enumerable.Range(0, days)
                       let worse = (Kubernetes: random.NextDouble() < 0.07 ? 0.05 : 0, Docker: random.NextDouble() < 0.07 ? 0.05 : 0)
                       from project in Enumerable.Range(1, 6)
                       from tags in (string?[])[null, "", "gpu,linux"]
                       where random.Next(4) > 0
                       select new ArmDay(project, DateOnly.FromDateTime(Since.UtcDateTime).AddDays(day), Drawn(0.004 + worse.Kubernetes), Drawn(0.003 + worse.Docker), tags),
                ],
            };

            ArmCounts Drawn(double rate)
            {
                var finished = random.Next(5) == 0 ? 0 : random.Next(most);
                var infrastructure = Enumerable.Range(0, finished).Count(_ => random.NextDouble() < rate);
                return new ArmCounts(finished, infrastructure + random.Next(finished - infrastructure + 1) / 10, infrastructure);
            }
        }
    }
}
