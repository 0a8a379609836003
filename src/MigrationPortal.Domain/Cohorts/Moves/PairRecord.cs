using System.Text.Json;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>What stood in a project before the runner pair was assigned to it. Stored as <see cref="Enrollment.Original"/>: names here are promises.</summary>
/// <param name="InstanceRunners">They were on.</param>
/// <param name="GroupRunners">They were on.</param>
/// <param name="Runners">Those of every pair that the portal has assigned or may have; the newest pair last.</param>
public sealed record PairRecord(bool InstanceRunners, bool GroupRunners, IReadOnlyList<PairRecord.Half> Runners)
{
    /// <param name="Runner">GitLab's number.</param>
    /// <param name="WasThere">Assigned before, by somebody else.</param>
    public sealed record Half(long Runner, bool IsKubernetes, bool WasThere);

    public static PairRecord Read(string original) => JsonSerializer.Deserialize<PairRecord>(original)!;

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>The runner that jobs of a move to the target run on.</summary>
    public long RunnerOf(EnrollmentTarget target) => Runners.Last(one => one.IsKubernetes == (target != EnrollmentTarget.Docker)).Runner;

    public bool Knows(long runner) => Runners.Any(one => one.Runner == runner);
}
