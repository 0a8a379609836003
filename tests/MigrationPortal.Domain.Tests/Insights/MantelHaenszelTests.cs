using CsCheck;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Tests.Insights;

public sealed class MantelHaenszelTests
{
    // Modern Epidemiology, table 15-1, as metafor's tests/testthat/test_analysis_example_rothman2008.r has it: 90 % limits −0.0176 and 0.0874.
    [Fact]
    public void RiskDifference_Tolbutamide()
    {
        var (difference, error) = MantelHaenszel.Of(Strata.Tolbutamide)!.Value;

        difference.ShouldBe(0.0349, 0.00005);
        (difference - (NormalTail.Reach(0.90) * error)).ShouldBe(-0.0176, 0.00005);
        (difference + (NormalTail.Reach(0.90) * error)).ShouldBe(0.0874, 0.00005);
    }

    [Fact]
    public void Cmh_PublishedExamples()
    {
        // SAS, example Cochran-Mantel-Haenszel Statistics: 8.3052, p = 0.0040.
        CmhTest.Of(Strata.Migraine)!.Value.ChiSquare.ShouldBe(8.3052, 0.00005);
        CmhTest.Of(Strata.Migraine)!.Value.PValue.ShouldBe(0.0040, 0.00005);
        // metafor, as above, without correction.
        CmhTest.Of(Strata.Tolbutamide)!.Value.ChiSquare.ShouldBe(1.1914, 0.00005);
        CmhTest.Of(Strata.Tolbutamide)!.Value.PValue.ShouldBe(0.2750, 0.00005);
        // PROC FREQ: p = 0.0485 where Sato's normal limits hold 0 (ratesci-sas, tests/v_scoreci.sas, DS1).
        Stratum[] incoherent = [Strata.Of(25, 33, 4, 17), Strata.Of(34, 50, 17, 25), Strata.Of(28, 50, 15, 25), Strata.Of(52, 67, 22, 33)];
        CmhTest.Of(incoherent)!.Value.PValue.ShouldBe(0.0485, 0.00005);
        var (difference, error) = MantelHaenszel.Of(incoherent)!.Value;
        (difference - (NormalTail.Reach(0.95) * error)).ShouldBeLessThan(0);
        StratifiedScore.Of(incoherent)!.Interval(0.95).Low.ShouldBeGreaterThan(0);
    }

    // ratesci's tests/testthat/test3.R holds the same against R's mantelhaen.test(correct = FALSE) for these data.
    [Fact]
    public void Cmh_IsTheScoreTestOfNoDifference()
    {
        CmhTest.Of(Strata.MehrotraRailkar)!.Value.PValue.ShouldBe(NormalTail.Beyond(StratifiedScore.Of(Strata.MehrotraRailkar)!.Z(0)), 1e-14);

        Strata.Some.Sample(strata =>
        {
            if (CmhTest.Of(strata) is not { } cmh) return;
            var z = StratifiedScore.Of(strata)!.Z(0);
            (z * z).ShouldBe(cmh.ChiSquare, 1e-9 * (1 + cmh.ChiSquare));
        });
    }

    [Fact]
    public void NothingToCompare_IsNull()
    {
        MantelHaenszel.Of([Strata.Of(1, 5, 0, 0)]).ShouldBeNull();
        CmhTest.Of([Strata.Of(1, 5, 0, 0)]).ShouldBeNull();
        CmhTest.Of([Strata.Of(0, 5, 0, 4), Strata.Of(3, 3, 2, 2)]).ShouldBeNull();
    }

    [Fact]
    public void SwappedArms_Negate() => Strata.Some.Sample(strata =>
    {
        var (one, other) = (MantelHaenszel.Of(strata)!.Value, MantelHaenszel.Of(strata.Select(Strata.Swapped))!.Value);
        one.RiskDifference.ShouldBe(-other.RiskDifference, 1e-12);
        one.StandardError.ShouldBe(other.StandardError, 1e-9 * (1e-6 + one.StandardError));
    });
}
