using CsCheck;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

public sealed class BlockJackknifeTests
{
    private static readonly Gen<ComparisonCell[]> Cells = (
        from stratum in Gen.Int[0, 5]
        from day in Gen.Int[0, 9]
        from kubernetes in Rates
        from docker in Rates
        select Cell($"{stratum}", day, kubernetes, docker)).Array[1, 60];

    private static Gen<Rate> Rates => from finished in Gen.Long[0, 200] from failed in Gen.Long[0, finished] select new Rate(failed, finished);

    // One stratum of equal arms makes the estimate a difference of means, so its jackknife is the textbook standard error of the mean
    // of daily differences: Efron and Tibshirani 1993, equation 11.5. Days 1, 2, 4 and 5 points: mean 3, s/√n = √(10/3)/2, t₃ = 3.182446.
    [Fact]
    public void Of_EqualDays_IsTheErrorOfTheMean()
    {
        var jackknife = BlockJackknife.ByDay([.. new long[] { 1, 2, 4, 5 }.Select((failed, day) => Cell("a", day, new Rate(failed, 100), new Rate(0, 100)))], 0.95)!;

        jackknife.Blocks.ShouldBe(4);
        jackknife.StandardError.ShouldBe(Math.Sqrt(10.0 / 3) / 2 / 100, 1e-15);
        jackknife.High.ShouldBe(0.03 + (3.182446305 * jackknife.StandardError), 1e-11);
        jackknife.Low.ShouldBe(0.03 - (3.182446305 * jackknife.StandardError), 1e-11);
    }

    [Fact]
    public void Of_SumsThatChange_EqualSumsMadeAnew() => Cells.Sample(cells =>
    {
        var jackknife = BlockJackknife.ByDay(cells, 0.95);
        var compared = cells.GroupBy(cell => cell.Stratum).Where(group => Sum(group).IsCompared).SelectMany(group => group).ToArray();
        DateOnly[] days = [.. compared.Where(cell => cell.Kubernetes.Finished + cell.Docker.Finished > 0).Select(cell => cell.Day).Distinct()];
        double?[] left = [.. days.Select(day => MantelHaenszel.Of(compared.Where(cell => cell.Day != day).GroupBy(cell => cell.Stratum).Select(Sum))?.RiskDifference)];
        if (left.Length < 2 || left.Contains(null))
        {
            jackknife.ShouldBeNull();
            return;
        }

        jackknife!.Blocks.ShouldBe(left.Length);
        var mean = left.Average();
        jackknife.StandardError.ShouldBe(Math.Sqrt((left.Length - 1.0) / left.Length * left.Sum(one => Math.Pow(one!.Value - mean!.Value, 2))), 1e-12);
    });

    [Fact]
    public void Of_OneDay_OrAllOfAnArmOnOneDay_IsNull()
    {
        BlockJackknife.ByDay([], 0.95).ShouldBeNull();
        BlockJackknife.ByDay([Cell("a", 0, new Rate(1, 9), new Rate(1, 9))], 0.95).ShouldBeNull();
        BlockJackknife.ByDay([Cell("a", 0, new Rate(1, 9), new Rate(1, 9)), Cell("a", 1, default, new Rate(1, 9))], 0.95).ShouldBeNull();
    }

    [Fact]
    public void Of_StrataWithOneArmEmpty_ChangeNothing_NotEvenTheNumberOfDays() => Cells.Sample(cells =>
        BlockJackknife.ByDay([.. cells, Cell("lone", 99, new Rate(3, 50), default)], 0.95) == BlockJackknife.ByDay(cells, 0.95));

    [Fact]
    public void Of_SwappedArms_Negates() => Cells.Sample(cells =>
    {
        var one = BlockJackknife.ByDay(cells, 0.95);
        var other = BlockJackknife.ByDay([.. cells.Select(cell => cell with { Kubernetes = cell.Docker, Docker = cell.Kubernetes })], 0.95);
        (one is null).ShouldBe(other is null);
        if (one is null) return;
        one.Low.ShouldBe(-other!.High, 1e-12);
        one.High.ShouldBe(-other.Low, 1e-12);
    });

    private static Stratum Sum(IEnumerable<ComparisonCell> cells) => cells.Aggregate(default(Stratum), (sum, cell) => sum + new Stratum(cell.Kubernetes, cell.Docker));

    private static ComparisonCell Cell(string stratum, int day, Rate kubernetes, Rate docker) => new(stratum, new DateOnly(2026, 11, 2).AddDays(day), kubernetes, docker);
}
