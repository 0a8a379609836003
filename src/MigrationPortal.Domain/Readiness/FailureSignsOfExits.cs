namespace MigrationPortal.Domain.Readiness;

/// <summary>What a bare exit code says when no text said more (order 8).</summary>
internal static class FailureSignsOfExits
{
    private static readonly FailureSign Plain = Code("A command of the job failed, and nothing points at where it ran.",
        "Read the last lines of the script; the same failure is to be expected on any runner.");

    private static readonly FailureSign NotFound = Code("A command of the job is not in its image.",
        "Install the command in the image, or use an image that has it. Here the image's own entrypoint is not run: what it added to PATH is missing.", "R11");

    private static readonly FailureSign NotExecutable = Code("A command of the job is there but cannot be run, most often because the file has no execute permission.",
        "Run git update-index --chmod=+x on the file, or call it through its interpreter.");

    private static readonly FailureSign Killed = new("oom-child", "R21", "A process of the job was killed at once, as happens when memory runs out.",
        "Set KUBERNETES_MEMORY_LIMIT in the job, or lower what it uses: fewer parallel workers, a smaller -Xmx.");

    private static readonly FailureSign Terminated = new("pod-deleted", "R42", "The job's processes were asked to stop from outside, as happens when its pod is removed.",
        "Run the job again; ask the platform team what removes pods of the job namespace, such as a scaler or a drained node.");

    /// <param name="inHelper">The stage that ended runs in the helper container.</param>
    public static FailureSign Of(int exitCode, bool inHelper) => exitCode switch
    {
        137 when inHelper => FailureSignsOfKernel.HelperKilled,
        137 or -9 => Killed,
        143 or -15 => Terminated,
        126 => NotExecutable,
        127 => NotFound,
        _ => Plain,
    };

    private static FailureSign Code(string explanation, string remedy, string? rule = null) => FailureSign.OfCode(FailureClasses.ExitCode, rule, explanation, remedy);
}
