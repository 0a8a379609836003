using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Gates;

public sealed class CalendarGateTests
{
    private static readonly GateFacts Facts = GateWorld.Facts(7);

    [Theory] // hours from now: from, until
    [InlineData("", GateVerdict.Pass, "no freeze")]
    [InlineData("-2 0", GateVerdict.Pass, "no freeze")] // its end is not part of it
    [InlineData("0 2", GateVerdict.Wait, "until +2")]
    [InlineData("-2 2, 2 5, 7 8", GateVerdict.Wait, "until +5")] // windows that touch are one
    [InlineData("3 4", GateVerdict.Pass, "next +3")]
    public void Reading_WaitsInAWindow_AndNamesItsEndOrTheNext(string hours, GateVerdict verdict, string value)
    {
        var spans = hours.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(one => one.Split(' ')).Select((one, at) => new FreezeSpan(at, $"window {at}", In(one[0]), In(one[1]))).ToList();
        var reading = new CalendarGate().Read(Facts with { Calendar = new Freezes(spans) }, GateWorld.Policy);
        var plus = value.IndexOf('+', StringComparison.Ordinal);
        (reading.Verdict, reading.Value).ShouldBe((verdict, plus < 0 ? value : value[..plus] + In(value[(plus + 1)..]).ToString("ddd d MMM HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        reading.Until.ShouldBe(verdict == GateVerdict.Wait ? In(value[(plus + 1)..]) : null);
    }

    [Theory] // name, from, until in hours from now
    [InlineData("Release -1 2, Long freeze -2 9, Night 12 13", "'Long freeze, Release' lasts until")] // the one that ends last, and the other, which would still hold
    [InlineData("Release -2 2, Long freeze 1 9", "'Release, Long freeze' lasts until")]
    [InlineData("Release -5 -1, Long freeze -2 9", "'Long freeze' lasts until")] // nobody can end what has ended
    [InlineData("Night -2 2, Release 2 5, Night 4 9", "'Night, Release' lasts until")]
    [InlineData("Release 1 3, Long freeze 2 9", "'Release', begins")]
    public void Sentence_NamesWhateverKeepsItFrozen(string windows, string says)
    {
        var spans = windows.Split(", ").Select(one => one.Split(' ')).Select((one, at) => new FreezeSpan(at, string.Join(' ', one[..^2]), In(one[^2]), In(one[^1]))).ToList();
        new CalendarGate().Read(Facts with { Calendar = new Freezes(spans) }, GateWorld.Policy).Sentence.ShouldContain(says);
    }

    [Fact]
    public void FactsOfBefore_AreReplayedWithoutIt() =>
        GateEvaluation.Of(Make.Production, Facts, GateWorld.Policy).Readings.ShouldNotContain(reading => reading.Gate == CalendarGate.Name);

    [Fact]
    public void Shadow_MayNotNameIt() => (GateWorld.Policy with { Shadow = [CalendarGate.Name] }).Problems().ShouldHaveSingleItem().Property.ShouldBe(nameof(GatePolicy.Shadow));

    private static DateTimeOffset In(string hours) => Facts.At.AddHours(int.Parse(hours, System.Globalization.CultureInfo.InvariantCulture));
}
