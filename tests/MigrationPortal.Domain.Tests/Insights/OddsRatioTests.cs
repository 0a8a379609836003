using CsCheck;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Tests.Insights;

public sealed class OddsRatioTests
{
    // R's DescTools and mantelhaen.test, as statsmodels/stats/tests/test_contingency_tables.py quotes them (TestStratified2 and 3).
    private static readonly Stratum[] Five = [Strata.Of(20, 34, 10, 34), Strata.Of(15, 27, 3, 18), Strata.Of(3, 5, 3, 5), Strata.Of(12, 15, 7, 12), Strata.Of(1, 1, 3, 5)];

    private static readonly Stratum[] Six =
        [Strata.Of(313, 825, 19, 108), Strata.Of(207, 560, 8, 25), Strata.Of(205, 325, 391, 593), Strata.Of(278, 417, 244, 375), Strata.Of(138, 191, 299, 393), Strata.Of(351, 373, 317, 341)];

    [Fact]
    public void OddsRatio_PublishedExamples()
    {
        ShouldBe(OddsRatio.Of(Five), 3.5912, 1.781135, 7.240633);
        ShouldBe(OddsRatio.Of(Six), 1.101879, 0.9402012, 1.2913602);
        // SAS, example Cochran-Mantel-Haenszel Statistics.
        ShouldBe(OddsRatio.Of(Strata.Migraine), 3.3132, 1.4456, 7.5934);
        // metafor's test of Modern Epidemiology, table 15-1, at 90 %.
        ShouldBe(OddsRatio.Of(Strata.Tolbutamide, 0.90), 1.4031, 0.8411, 2.3409);
    }

    [Fact]
    public void BreslowDay_WithTaronesCorrection_PublishedExamples()
    {
        ShouldBe(BreslowDay.Of(Five), 1.8436, 4, 0.7645);
        ShouldBe(BreslowDay.Of(Six), 18.83297, 5, 0.002064786);
        ShouldBe(BreslowDay.Of(Strata.Tolbutamide), 0.3489, 1, 0.5547);
        // Fagerland, Lydersen and Laake 2017, chapter 10, in R's contingencytables (tests/testthat/test-ch10.R): Doll and Hill's smokers.
        ShouldBe(BreslowDay.Of([Strata.Of(647, 1269, 2, 29), Strata.Of(41, 69, 19, 51)]), 5.175, 1, 0.02292);
    }

    [Fact]
    public void BreslowDay_SameOddsEverywhere_IsNoSign()
    {
        var same = BreslowDay.Of([Strata.Of(20, 100, 10, 90), Strata.Of(200, 1000, 100, 900)])!.Value;

        same.ChiSquare.ShouldBe(0, 1e-9);
        same.PValue.ShouldBe(1, 1e-4);
    }

    [Fact]
    public void WithoutFailuresOnOneArm_ThereIsNoRatio()
    {
        OddsRatio.Of([Strata.Of(0, 50, 3, 40)]).ShouldBeNull();
        OddsRatio.Of([Strata.Of(0, 0, 3, 40)]).ShouldBeNull();
        BreslowDay.Of([Strata.Of(0, 50, 3, 40), Strata.Of(0, 9, 1, 9)]).ShouldBeNull();
        BreslowDay.Of([Strata.Of(2, 50, 3, 40), Strata.Of(0, 9, 0, 9)]).ShouldBeNull("One stratum with failures agrees with itself.");
    }

    [Fact]
    public void SwappedArms_Invert_AndAgreeAsMuch() => Strata.Some.Sample(strata =>
    {
        Stratum[] swapped = [.. strata.Select(Strata.Swapped)];
        var (one, other) = (OddsRatio.Of(strata), OddsRatio.Of(swapped));
        one.HasValue.ShouldBe(other.HasValue);
        if (one is null) return;
        (one.Value.Value * other!.Value.Value).ShouldBe(1, 1e-9);
        one.Value.Value.ShouldBeInRange(one.Value.Low, one.Value.High);
        if (BreslowDay.Of(strata) is not { } test) return;
        test.PValue.ShouldBeInRange(0, 1);
        BreslowDay.Of(swapped)!.Value.ChiSquare.ShouldBe(test.ChiSquare, 1e-5 * (1 + test.ChiSquare));
    });

    private static void ShouldBe(OddsRatio? ratio, double value, double low, double high)
    {
        ratio!.Value.Value.ShouldBe(value, 0.00005);
        ratio.Value.Low.ShouldBe(low, 0.00005);
        ratio.Value.High.ShouldBe(high, 0.00005);
    }

    private static void ShouldBe(BreslowDay? test, double chiSquare, int freedom, double pValue)
    {
        test!.Value.ChiSquare.ShouldBe(chiSquare, 0.0005);
        test.Value.DegreesOfFreedom.ShouldBe(freedom);
        test.Value.PValue.ShouldBe(pValue, 0.00005);
    }
}
