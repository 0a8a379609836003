using CsCheck;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

public class ClopperPearsonIntervalTests
{
    [Theory]
    // Newcombe 1998, Stat Med 17:857, table I, method 5.
    [InlineData(81, 263, 0.2527, 0.3676)]
    [InlineData(15, 148, 0.0578, 0.1617)]
    [InlineData(0, 20, 0, 0.1684)]
    [InlineData(1, 29, 0.0009, 0.1776)]
    // R contingencytables, tests of chapters 2 and 8: Ligaarden et al. 2010.
    [InlineData(13, 16, 0.5435, 0.9595)]
    [InlineData(10, 10, 0.6915, 1)]
    public void Of_PublishedTables(long failed, long finished, double low, double high)
    {
        var limits = ClopperPearsonInterval.Of(new Rate(failed, finished))!.Value;

        limits.Low.ShouldBe(low, 6e-5);
        limits.High.ShouldBe(high, 6e-5);
    }

    /// <summary>One failure: the lower limit solves 1 − (1 − p)ⁿ = α/2. None: the upper one solves (1 − p)ⁿ = α/2.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(19_741)]
    [InlineData(1_000_000_000)]
    public void Of_OneOrNone_IsTheClosedForm(long finished)
    {
        var low = -Math.Log(0.975) / finished;
        if (finished < 1e6) low = 1 - Math.Pow(0.975, 1.0 / finished);

        ClopperPearsonInterval.Of(new Rate(1, finished))!.Value.Low.ShouldBe(low, low * 1e-6);
        ClopperPearsonInterval.Of(new Rate(0, finished))!.Value.High.ShouldBe(1 - Math.Pow(0.025, 1.0 / finished), 4e-6 / finished);
    }

    [Fact]
    public void Of_ContainsWhatItsOwnTailsDemand_AndMirrors() => Gen.Select(Gen.Long[1, 5_000], Gen.Long[0, 5_000], Gen.Double[0.5, 0.999]).Sample((finished, drawn, confidence) =>
    {
        var failed = Math.Min(drawn, finished);
        var (low, high) = ClopperPearsonInterval.Of(new Rate(failed, finished), confidence)!.Value;
        var mirrored = ClopperPearsonInterval.Of(new Rate(finished - failed, finished), confidence)!.Value;
        mirrored.Low.ShouldBe(1 - high, 1e-9);
        mirrored.High.ShouldBe(1 - low, 1e-9);
        if (failed > 0) BinomialTail.AtLeast(failed, finished, low).ShouldBe((1 - confidence) / 2, 1e-9);
        if (failed < finished) BinomialTail.AtLeast(failed + 1, finished, high).ShouldBe((1 + confidence) / 2, 1e-9);
    });
}
