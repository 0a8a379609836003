using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>How often a rule was right, in one line.</summary>
public static class RulePrecisionLook
{
    /// <summary>"Right for 12 of 14 jobs that ran on Kubernetes, 86 % (60 to 96 %)."</summary>
    public static string Text(RulePrecisionView of)
    {
        ArgumentNullException.ThrowIfNull(of);
        var open = of.Open == 0 ? "" : $" {Words.Count(of.Open, "job")} ran there too seldom to say, or {(of.Open == 1 ? "fails" : "fail")} on docker too.";
        return of is { Value: { } value, Low: { } low, High: { } high }
            ? $"Right for {of.CameTrue} of {Words.Count(of.CameTrue + of.CameOtherwise, "job")} that ran on Kubernetes all the same, {Words.Share(value)} ({Words.PercentNumber(low)} to {Words.Percent(high)} at 95\u00a0%).{open}"
            : open.TrimStart();
    }
}
