using CsCheck;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Tests.Insights;

public sealed class TailTests
{
    // Abramowitz and Stegun, table 26.2: −log₁₀ of the tail at 5, 10 and 30.
    [Theory]
    [InlineData(5, 6.54265)]
    [InlineData(10, 23.11805)]
    [InlineData(30, 197.30921)]
    public void Normal_BeyondFiveErrors_KeepsItsDigits(double z, double minusLog) => (-Math.Log10(NormalTail.Above(z))).ShouldBe(minusLog, 0.000005);

    [Fact]
    public void Normal_Reach_LeavesItsTail() => Gen.Double[0, 15].Sample(power =>
    {
        var confidence = 1 - Math.Pow(10, -power);
        if (confidence > 0) NormalTail.Beyond(NormalTail.Reach(confidence)).ShouldBe(1 - confidence, 1e-9 * (1 - confidence));
    });

    // Student's t at 0.975, as tables print it; and far out, where one and two degrees of freedom have closed forms: cot(πp), (1 − 2p)/√(2p(1 − p)).
    [Theory]
    [InlineData(0.95, 1, 12.7062047362)]
    [InlineData(0.95, 6, 2.4469118511)]
    [InlineData(0.95, 13, 2.1603686565)]
    [InlineData(0.95, 27, 2.0518305165)]
    [InlineData(0.9999, 1, 6366.1976712)]
    [InlineData(0.9999999, 1, 6366197.72367)]
    [InlineData(0.9999999, 2, 3162.277423)]
    public void Student_Reach_IsThatOfTables(double confidence, int freedom, double t) => StudentTail.Reach(confidence, freedom).ShouldBe(t, 2e-9 * t);

    [Fact]
    public void Student_Reach_LeavesItsTail_AndComesNearTheNormal() => Gen.Select(Gen.Double[0.1, 13], Gen.Int[1, 400]).Sample((power, freedom) =>
    {
        var confidence = 1 - Math.Pow(10, -power);
        var reach = StudentTail.Reach(confidence, freedom);
        StudentTail.Above(reach, freedom).ShouldBe((1 - confidence) / 2, 1e-9 * (1 - confidence));
        reach.ShouldBeGreaterThan(NormalTail.Reach(confidence));
        StudentTail.Reach(confidence, 10_000_000).ShouldBe(NormalTail.Reach(confidence), 1e-4 * reach);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void Reach_OfNoConfidence_Throws(double confidence)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => NormalTail.Reach(confidence));
        Should.Throw<ArgumentOutOfRangeException>(() => StudentTail.Reach(confidence, 5));
        Should.Throw<ArgumentOutOfRangeException>(() => StudentTail.Reach(0.95, 0));
    }
}
