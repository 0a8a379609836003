using CsCheck;
using MathNet.Numerics;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Tests.Insights;

/// <summary>Published bounds, and the same by a second implementation in Python (Simpson, erfc, 300 points).</summary>
public class SpendingBoundsTests
{
    [Theory]
    // R lrstat, getBound(k = 2, informationRates = c(0.5, 1), alpha = 0.025, typeAlphaSpending = "sfOF").
    [InlineData(new[] { 0.5, 1 }, new[] { 2.962588, 1.968596 }, 1e-6)]
    // R gsDesign(k = 3, sfu = sfLDOF), printed in gsDesign2's validation of gs_power_npe.
    [InlineData(new[] { 1.0 / 3, 2.0 / 3, 1 }, new[] { 3.710303, 2.511427, 1.993048 }, 1e-6)]
    // gsDesign2, "Computing spending boundaries", unequal looks.
    [InlineData(new[] { 0.35, 0.7, 1 }, new[] { 3.6128, 2.4406, 2.0002 }, 6e-5)]
    // Zhu and Hu 2010, one look at half and an earlier one.
    [InlineData(new[] { 0.2, 0.5, 1 }, new[] { 4.877, 2.963, 1.969 }, 6e-4)]
    // Lan and DeMets' own program, statistics.md A.7; its grid is coarse in the fourth place.
    [InlineData(new[] { 0.2, 0.4, 0.6, 0.8, 1 }, new[] { 4.8769, 3.3569, 2.6803, 2.2898, 2.0310 }, 1.5e-4)]
    [InlineData(new[] { 0.2, 0.4, 0.6, 0.8, 1 }, new[] { 4.876884949, 3.357011920, 2.680280069, 2.289816794, 2.031032092 }, 2e-6)]
    [InlineData(new[] { 0.3, 0.6, 1 }, new[] { 3.928572543, 2.669972001, 1.981024510 }, 2e-6)]
    [InlineData(new[] { 1.0 }, new[] { 1.959963985 }, 1e-9)]
    public void Of_PublishedBounds(double[] fractions, double[] expected, double tolerance)
    {
        var bounds = SpendingBounds.Of(Looks(fractions));

        for (var look = 0; look < expected.Length; look++) bounds[look].ShouldBe(expected[look], tolerance);
    }

    /// <summary>Julia SeqBounds, README: one-sided 0.05 at quarters.</summary>
    [Fact]
    public void Of_AnotherAlpha()
    {
        var bounds = SpendingBounds.Of(Looks(0.25, 0.5, 0.75, 1), 0.05);

        double[] expected = [3.74955, 2.53993, 2.01604, 1.72014];
        for (var look = 0; look < 4; look++) bounds[look].ShouldBe(expected[look], 5e-5);
    }

    [Fact]
    public void Confidence_IsTwoSided_AndNullWhereNothingIsSpent()
    {
        SpendingBounds.Confidence(Looks(1))!.Value.ShouldBe(0.95, 1e-12);
        SpendingBounds.Confidence(Looks(0.5, 1))!.Value.ShouldBe(SpecialFunctions.Erf(1.9685956406374354 / Math.Sqrt(2)), 1e-7);
        SpendingBounds.Confidence(Looks(0.5))!.Value.ShouldBe(0.99695, 1e-5);
        SpendingBounds.Confidence(Looks(0.05)).ShouldBeNull();
        SpendingBounds.Confidence([]).ShouldBeNull();
        SpendingBounds.Of(Looks(0.05, 1))[1].ShouldBe(1.959963985, 1e-6);
    }

    /// <summary>More or fewer jobs came than planned: the plan still says what is spent, the jobs how looks hang together.</summary>
    [Fact]
    public void Of_InformationOtherThanPlanned_OnlyCountsBetweenLooks()
    {
        SpendingBounds.Of([new(0.5, 3_000), new(1, 6_000)])[1].ShouldBe(1.968596, 1e-6);
        var closer = SpendingBounds.Of([new(0.5, 3_000), new(1, 3_300)])[1];
        closer.ShouldBeLessThan(1.968596);
        closer.ShouldBeGreaterThan(1.959964);
        SpendingBounds.Of([new(0.5, 3_000), new(1, 3_000_000)])[1].ShouldBeGreaterThan(1.968596);
    }

    private static readonly Gen<double[]> Fractions = Gen.Double[0.15, 0.5].Select(Gen.Double[0.55, 0.9], (first, second) => new[] { first, second, 1 });

    [Fact]
    public void Of_LooksTogether_ErrByAlpha() => Fractions.Sample(fractions =>
    {
        var bounds = SpendingBounds.Of(Looks(fractions));
        var random = new Random(7);
        const int Paths = 20_000;
        var crossed = 0;
        for (var path = 0; path < Paths; path++)
        {
            double stands = 0, time = 0;
            for (var look = 0; look < 3; look++)
            {
                stands += MathNet.Numerics.Distributions.Normal.Sample(random, 0, Math.Sqrt(fractions[look] - time));
                time = fractions[look];
                if (stands < bounds[look] * Math.Sqrt(time)) continue;
                crossed++;
                break;
            }
        }

        // Four standard errors of 20,000 paths.
        ((double)crossed / Paths).ShouldBe(0.025, 0.0045);
    }, iter: 8);

    [Fact]
    public void Of_LaterLooksAreEasier_AndNoneEasierThanASingleOne() => Fractions.Sample(fractions =>
    {
        var bounds = SpendingBounds.Of(Looks(fractions));
        bounds[0].ShouldBeGreaterThan(bounds[1]);
        bounds[1].ShouldBeGreaterThan(bounds[2]);
        bounds[2].ShouldBeGreaterThan(1.9599);
        SpendingBounds.Of(Looks(fractions), 0.02)[2].ShouldBeGreaterThan(bounds[2]);
        SpendingBounds.Of(Looks(fractions[..2])).ShouldBe(bounds.Take(2));
    }, iter: 30);

    [Theory]
    [InlineData(new[] { 0.5, 0.5 })]
    [InlineData(new[] { 0.5, 0.4 })]
    [InlineData(new[] { 0.5, 1.1 })]
    [InlineData(new[] { 0.0 })]
    [InlineData(new[] { double.NaN })]
    public void Of_Nonsense_Throws(double[] fractions) => Should.Throw<ArgumentOutOfRangeException>(() => SpendingBounds.Of(Looks(fractions)));

    private static PlannedLook[] Looks(params double[] fractions) => [.. fractions.Select(fraction => new PlannedLook(fraction, fraction))];
}
