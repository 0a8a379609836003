using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Phases;

namespace MigrationPortal.Web.Tests.Phases;

public sealed class DriftShownTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly RunnerAttributes Paused = new(TagSet.Of(["docker"]), true, true, RunnerAccessLevel.NotProtected);
    private static readonly DriftedRunner Drifted = new(
        new FleetRunner(new ObservedRunner(new RunnerId(new InstanceId("production"), 1), "docker-1", RunnerType.Instance, Paused, false, RunnerStatus.Online, Noon, Noon, null, [], new HashSet<long>(), new HashSet<long>()), new RunnerStanding(RunnerRole.Legacy, true, true), null),
        Paused with { Paused = false });

    private static readonly string Words = Drifted.Words;

    private static readonly FreezeSpan Audit = new(1, "Audit", Noon.AddHours(-1), Noon.AddHours(2));
    private const string Held = "Held by the freeze window 'Audit' until 2026-11-23 14:00 UTC: put back after it, or before by a plan of yours.";

    public static TheoryData<string?, DriftHealed?, FreezeSpan?, DateTimeOffset?, string?> Rows => new()
    {
        { null, null, null, null, null },
        { Words, null, null, Noon, null },
        { "something else", null, null, null, null },
        { Words, new DriftHealed(Words, Noon, 12, null, false), null, Noon, null },
        { Words, new DriftHealed(Words, Noon, 12, null, true), null, Noon, "Put back by operation 12, and set again by something else: change it at its source." },
        { Words, new DriftHealed(Words, Noon, null, "Nobody would serve [linux].", false), null, Noon, "Nobody would serve [linux]." },
        { Words, new DriftHealed("something else", Noon, null, "Nobody would serve [linux].", false), null, Noon, null },
        { Words, null, Audit, Noon, Held },
        { Words, new DriftHealed("something else", Noon, 12, null, true), Audit, Noon, Held },
        { Words, new DriftHealed(Words, Noon, 12, null, true), Audit, Noon, "Put back by operation 12, and set again by something else: change it at its source." },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Of_SaysSinceWhen_AndWhyItIsLeftAlone(string? seen, DriftHealed? healed, FreezeSpan? freeze, DateTimeOffset? since, string? left)
    {
        var shown = DriftShown.Of(
            [Drifted],
            new DriftKnown(
                seen is null ? new Dictionary<long, DriftSeen>() : new Dictionary<long, DriftSeen> { [1] = new(seen, Noon, false) },
                healed is null ? new Dictionary<long, DriftHealed>() : new Dictionary<long, DriftHealed> { [1] = healed },
                freeze)).ShouldHaveSingleItem();

        (shown.Description, shown.Since, shown.Left).ShouldBe(("docker-1", since, left));
    }
}
