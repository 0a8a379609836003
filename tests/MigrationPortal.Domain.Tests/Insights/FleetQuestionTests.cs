using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

public sealed class FleetQuestionTests
{
    private static readonly InstanceId Instance = new("production");
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 14, 0, 0, TimeSpan.Zero);

    private static readonly FleetSnapshot Fleet = new(Instance, Now,
    [
        Runner(1, true, "docker gpu", 1, ("s_1", "18.1.0", RunnerStatus.Online)),
        Runner(2, true, "docker", 30, ("s_2", "18.10.1", RunnerStatus.Online), ("s_3", "18.9.0", RunnerStatus.Stale)),
        Runner(3, false, "gpu", 300, ("s_4", null, RunnerStatus.Offline)),
        Runner(4, false, "mac", null),
    ]);

    private static readonly Dictionary<RunnerId, RunnerUse> Uses = new()
    {
        [new RunnerId(Instance, 1)] = new RunnerUse(900, 128, Now.AddHours(-1)),
        [new RunnerId(Instance, 2)] = new RunnerUse(0, 0, Now.AddDays(-8)),
        [new RunnerId(Instance, 3)] = new RunnerUse(3, 0.5, Now.AddDays(-3)),
    };

    private static readonly FleetUse Use = new(TimeWindow.Last(TimeSpan.FromDays(7), Now), Now.AddDays(-7), Uses);

    [Theory]
    [InlineData(FleetQuestion.RanNothing, 35, null)]
    [InlineData(FleetQuestion.RanNothing, 1, 1)]
    [InlineData(FleetQuestion.RanNothing, 0, 0)]
    [InlineData(FleetQuestion.Silent, 1, null)]
    public void KnownSince_OnlyWhereTheQuestionAsksForMoreThanIsRead(FleetQuestion question, int readDays, int? knownDays)
    {
        var ask = new FleetAsk(question, null, 7, null);
        var window = FleetQuestions.Window(ask, Now);
        var since = readDays > 7 ? window.From : Now.AddDays(-readDays);

        FleetQuestions.Answer(ask, Fleet, new FleetUse(window, since, Uses)).KnownSince.ShouldBe(knownDays is { } days ? Now.AddDays(-days) : null);
    }

    [Theory]
    [InlineData(FleetQuestion.WithTag, "gpu", null, 4, "1 3")]
    [InlineData(FleetQuestion.WithTag, "gpu", true, 2, "1")]
    [InlineData(FleetQuestion.WithTag, null, null, 4, "1 2 3 4")]
    [InlineData(FleetQuestion.AllOnline, null, null, 4, "2 3 4")]
    [InlineData(FleetQuestion.AllOnline, "gpu", null, 2, "3")]
    [InlineData(FleetQuestion.NoManagerOnline, null, null, 4, "3 4")]
    [InlineData(FleetQuestion.Silent, null, null, 4, "3 4")]
    [InlineData(FleetQuestion.RanNothing, null, null, 4, "2 4")]
    [InlineData(FleetQuestion.Versions, null, null, 4, "3:s_4 1:s_1 2:s_3 2:s_2")]
    public void Answer_HasItsDenominator_AndOnlyWhatFits(FleetQuestion question, string? tag, bool? managed, long of, string rows)
    {
        var answer = FleetQuestions.Answer(new FleetAsk(question, tag, 7, managed), Fleet, Use);

        answer.Of.ShouldBe(of);
        var shown = answer.Rows.Select(row => row.Manager is null ? $"{row.Runner.Id.Number}" : $"{row.Runner.Id.Number}:{row.Manager.SystemId}");
        (question == FleetQuestion.Versions ? shown : shown.Order(StringComparer.Ordinal)).ShouldBe(rows.Split(' '));
    }

    [Theory]
    [InlineData(30, "4")]
    [InlineData(2, "3 4")]
    public void RanNothing_ByDays_NeverSeenCountsAsNothing(int days, string rows) => FleetQuestions.Answer(new FleetAsk(FleetQuestion.RanNothing, null, days, false), Fleet, Use)
        .Rows.Select(row => $"{row.Runner.Id.Number}").Order(StringComparer.Ordinal).ShouldBe(rows.Split(' '));

    [Theory]
    [InlineData("19 19 12 7", 2, 7)]
    [InlineData("7 7 7", null, 7)]
    [InlineData("5 9 9 6 3 0", null, 0)]
    [InlineData("4", null, 4)]
    public void BurnDown_PaceSinceTheLastDayWithMost(string counts, int? daysLeft, int left)
    {
        var first = new DateOnly(2026, 11, 1);
        var days = counts.Split(' ').Select((count, at) => new UnmanagedDay(first.AddDays(at), count == "0" ? new Dictionary<string, int>() : new Dictionary<string, int> { ["group a"] = int.Parse(count, null) })).ToList();

        var burn = BurnDown.Of(days)!;

        burn.Now.Runners.ShouldBe(left);
        burn.EndsOn.ShouldBe(daysLeft is { } more ? days[^1].Day.AddDays(more) : null);
        BurnDown.Of([]).ShouldBeNull();
    }

    private static FleetRunner Runner(int number, bool managed, string tags, int? silentMinutes, params (string SystemId, string? Version, RunnerStatus Status)[] managers) => new(
        new ObservedRunner(
            new RunnerId(Instance, number), $"runner-{number}", RunnerType.Instance, new RunnerAttributes(TagSet.Of(tags.Split(' ')), true, false, RunnerAccessLevel.NotProtected), false,
            RunnerStatus.Online, silentMinutes is { } minutes ? Now.AddMinutes(-minutes) : null, Now, null,
            [.. managers.Select(one => new RunnerManager(one.SystemId, Executor.Docker, one.Version, one.Status, Now))], new HashSet<long>(), new HashSet<long>()),
        new RunnerStanding(null, false, managed), null);
}
