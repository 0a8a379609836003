using System.Text;

namespace MigrationPortal.World;

/// <summary>Writes job logs the way a runner does: its first lines name it, the last ones say why the job failed.</summary>
internal sealed class TraceWriter(PodBook pods, SmokeBook smoke)
{
    public string Write(Job job, long now)
    {
        if (job.Taker is not { } manager || job.ErasedAt is not null)
        {
            return "";
        }

        var text = new StringBuilder();
        var kubernetes = job.RanOn == Executor.Kubernetes;
        text.AppendLf($"Running with gitlab-runner {manager.Version} ({manager.Revision})");
        text.AppendLf($"  on {manager.Runner.Description} {manager.Runner.ShortToken}, system ID: {manager.SystemId}");
        text.AppendLf($"Preparing the \"{(job.RanOn ?? Executor.Unknown).Wire()}\" executor");
        Prepare(text, job, kubernetes);
        var early = job.Cause is Cause.ServiceAlias or Cause.PullPolicy or Cause.ImageNotAllowed or Cause.LocalImage or Cause.SlowImagePull
            || (job.Cause is Cause.Infrastructure or Cause.Incident && pods.KindOf(job) != PodBook.Disrupted);
        if (!early)
        {
            text.AppendLf("Getting source from Git repository");
            text.AppendLf($"Fetching changes with git depth set to 20...");
            text.AppendLf($"Checking out {job.Pipeline.Sha[..8]} as detached HEAD (ref is {job.Ref})...");
            text.AppendLf("Executing \"step_script\" stage of the job script");
            Script(text, job, now);
            if (job.Status == JobStatus.Success && smoke.Of(job) is { } answers)
            {
                SmokeTrace.Write(text, job.Definition.Script, answers);
            }
        }

        if (job.Status.IsFinal())
        {
            text.Append(FailureText.Of(job, pods.NameOf(job), pods.KindOf(job)));
        }

        return text.ToString();
    }

    private static void Prepare(StringBuilder text, Job job, bool kubernetes)
    {
        var image = job.Definition.Image ?? "registry.example.org/ci/base:12";
        if (kubernetes)
        {
            text.AppendLf("Using Kubernetes namespace: ci");
            text.AppendLf($"Using Kubernetes executor with image {image} ...");
            text.AppendLf("Preparing environment");
        }
        else if (job.RanOn is Executor.Docker or Executor.DockerMachine or Executor.DockerWindows)
        {
            text.AppendLf($"Using Docker executor with image {image} ...");
            text.AppendLf($"Pulling docker image {image} ...");
        }
        else
        {
            text.AppendLf("Using Shell (bash) executor...");
        }
    }

    private static void Script(StringBuilder text, Job job, long now)
    {
        var lines = job.Definition.BeforeScript.Concat(job.Definition.Script).ToList();
        var length = Math.Max(1, (job.Ending?.AtMs ?? job.FinishedMs) - job.StartedMs);
        var done = job.Status == JobStatus.Running ? Math.Clamp((now - job.StartedMs) / (double)length, 0, 1) : 1;
        var shown = Math.Max(1, (int)Math.Ceiling(lines.Count * done));
        foreach (var line in lines.Take(shown))
        {
            text.AppendLf($"$ {Shown(line)}");
        }
    }

    private static string Shown(string line) => line.TrimEnd('\n').IndexOf('\n', StringComparison.Ordinal) is > 0 and var end ? $"{line[..end]} # collapsed multi-line command" : line;
}

internal static class TraceLines
{
    public static void AppendLf(this StringBuilder text, string line) => text.Append(line).Append('\n');
}
