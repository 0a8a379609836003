using System.Text;
using MigrationPortal.Domain.Readiness.Ci;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class HugeVariableRule : ReadinessRule
{
    /// <summary>Linux takes 128 KiB in one argument or variable (<c>MAX_ARG_STRLEN</c>); etcd takes 1.5 MiB in one object, a pod among them.</summary>
    private const int LargestOne = 100 * 1024;
    private const int LargestAll = 1024 * 1024;

    public override string Id => "R39";

    public override string Title => "huge variables";

    public override string Why => "Variables travel inside the pod's definition, which has a largest size.";

    public override Severity Usual => Severity.Likely;

    public override string SeenAs => "argument list too long";

    public override string Link => "https://docs.gitlab.com/ci/secure_files/";

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        // A sign takes three bytes of UTF-8 at most: usual variables need no counting.
        if (job.Variables.Characters * 3L <= LargestOne) yield break;
        foreach (var variable in job.Variables.All.Where(variable => Bytes(variable) > LargestOne))
            yield return Found(job, Usual, variable.Line, $"{variable.Name} has {Bytes(variable) / 1024:#,##0} KiB: too much for one variable.", "Put it into a secure file, or into the repository.");
        var all = job.Variables.All.Sum(Bytes);
        if (all > LargestAll)
            yield return Found(job, Usual, job.Job.Line, $"The job's variables have {all / 1024:#,##0} KiB together: too much for one pod.", "Put the large ones into secure files or artifacts.");
    }

    private static long Bytes(CiVariable variable) => Encoding.UTF8.GetByteCount(variable.Value);
}
