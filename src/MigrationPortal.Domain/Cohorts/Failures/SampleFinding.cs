using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Failures;

/// <summary>What GitLab calls the failures of one executor against what their logs say. Pure.</summary>
/// <param name="Kind">By GitLab's own reason.</param>
/// <param name="Drawn">Jobs of the sample.</param>
/// <param name="Read">Of those, with a log to read; counts and shares are of these.</param>
/// <param name="RunnerShare">95 % Wilson limits of <see cref="Runner"/> of <see cref="Read"/>; null while none is read.</param>
public sealed record SampleFinding(ExecutorFamily Executor, FailureKind Kind, long Drawn, long Read, long Runner, long Code, long Unknown, (double Low, double High)? RunnerShare, (double Low, double High)? CodeShare)
{
    /// <summary>Docker first, then by kind; kinds that nobody drew are left out.</summary>
    public static IReadOnlyList<SampleFinding> Of(IEnumerable<SampleCell> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return [.. cells.GroupBy(cell => (cell.Executor, cell.Kind)).OrderBy(group => group.Key.Executor).ThenBy(group => group.Key.Kind).Select(group => Of(group.Key.Executor, group.Key.Kind, [.. group]))];
    }

    private static SampleFinding Of(ExecutorFamily executor, FailureKind kind, IReadOnlyList<SampleCell> cells)
    {
        long Sum(Func<SampleCell, bool> which) => cells.Where(which).Sum(cell => cell.Jobs);
        long Blamed(FailureBlame blame) => Sum(cell => cell.Log == LogState.Read && cell.Blame == blame);
        var read = Sum(cell => cell.Log == LogState.Read);
        var (runner, code) = (Blamed(FailureBlame.Runner), Blamed(FailureBlame.Code));
        return new SampleFinding(executor, kind, Sum(_ => true), read, runner, code, Blamed(FailureBlame.Unknown), WilsonInterval.Of(new Rate(runner, read)), WilsonInterval.Of(new Rate(code, read)));
    }
}
