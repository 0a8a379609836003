namespace MigrationPortal.World;

/// <summary>How a job will end, decided when it starts.</summary>
internal sealed record Ending(long AtMs, JobStatus Status, FailureReason Reason, int? ExitCode, Cause Cause);

/// <summary>Why jobs end as they do. Every failure has a cause; the rates are the measured ones of real instances.</summary>
internal sealed class OutcomeModel(WorldOptions options, FaultBook faults, SmokeBook smoke)
{
    /// <summary>Infrastructure failures per started job.</summary>
    public const double DockerBaseRate = 0.0030;
    public const double KubernetesBaseRate = 0.0028;

    private readonly bool splitReasons = GitLabVersions.AtLeast(options.GitLabVersion, 19, 1);

    public Ending Decide(Job job, RunnerManager manager, long start)
    {
        var executor = manager.Executor;
        var work = new Draw(options.Seed, For.Duration, job.Id);
        var startup = Startup(executor, work);
        var seconds = startup + Math.Max(3, work.LogNormal(MedianOf(job), 0.45));
        if (Infrastructure(job, manager, start) is { } cause)
        {
            var after = executor == Executor.Kubernetes && work.Unit(5) < 0.4 ? 185 : startup + (work.Unit(6) * 60);
            return End(start, after, FailureReason.RunnerSystemFailure, null, cause);
        }

        if (job.Definition.Workload.Asks)
        {
            return Answered(job, smoke.Begin(job, manager.Runner), start, startup);
        }

        if (executor == Executor.Kubernetes && Refused(job) is { } refusal)
        {
            return End(start, startup + Math.Min(seconds * refusal.Share, refusal.MaxSeconds), Map(refusal.Reason), refusal.ExitCode, job.Definition.Workload.Incompatibility);
        }

        var limit = TimeLimit(job, manager.Runner);
        if (seconds > limit)
        {
            return End(start, limit, FailureReason.JobExecutionTimeout, null, Cause.Timeout);
        }

        if (new Draw(options.Seed, For.Script, job.Id).Unit() < ScriptFailureRate(job))
        {
            return End(start, startup + ((seconds - startup) * work.Unit(7)), FailureReason.ScriptFailure, 1 + (work.Below(10, 8) == 0 ? 1 : 0), Cause.Script);
        }

        return new Ending(start + (long)(seconds * 1000), JobStatus.Success, FailureReason.None, null, Cause.None);
    }

    /// <summary>How often this project's jobs fail for reasons of infrastructure, against the executor's rate.</summary>
    public double FactorOf(Project project) => options.ProjectFailureSpread == 0 ? 1 : new Draw(options.Seed, For.Care, project.Id).LogNormal(1, options.ProjectFailureSpread);

    /// <summary>The reason as this GitLab version knows it; the runner maps what the server does not.</summary>
    public FailureReason Map(FailureReason reason) => splitReasons ? reason : reason switch
    {
        FailureReason.ImagePullFailure => FailureReason.RunnerSystemFailure,
        FailureReason.RunnerExternalDependencyFailure => FailureReason.RunnerSystemFailure,
        FailureReason.RunnerConfigurationError => FailureReason.ScriptFailure,
        FailureReason.RunnerInterrupted => FailureReason.UnknownFailure,
        FailureReason.StuckPendingNoMatchingRunners => FailureReason.StuckOrTimeoutFailure,
        FailureReason.StuckPendingWithMatchingRunners => FailureReason.StuckOrTimeoutFailure,
        FailureReason.NoUpdatesRunning => FailureReason.StuckOrTimeoutFailure,
        _ => reason,
    };

    // Nothing in such a job can go wrong but what its runner refuses.
    private Ending Answered(Job job, PodAnswers pods, long start, double startup) =>
        !SmokeBook.Allows(pods, job.Definition.Image) ? End(start, startup, Map(FailureReason.RunnerConfigurationError), null, Cause.ImageNotAllowed)
        : job.Definition.Workload.Incompatibility == Cause.PullPolicy ? End(start, startup, Map(FailureReason.RunnerConfigurationError), null, Cause.PullPolicy)
        : new Ending(start + (long)((startup + 4) * 1000), JobStatus.Success, FailureReason.None, null, Cause.None);

    private static Ending End(long start, double seconds, FailureReason reason, int? exit, Cause cause) =>
        new(start + (long)(Math.Max(1, seconds) * 1000), JobStatus.Failed, reason, exit, cause);

    /// <summary>Pod scheduling and machine creation count as running time in GitLab.</summary>
    internal static double Startup(Executor executor, Draw draw) => executor switch
    {
        Executor.Kubernetes => draw.LogNormal(14, 0.4, 1),
        Executor.DockerMachine => draw.LogNormal(18, 0.7, 1),
        Executor.Shell => 1.5,
        _ => draw.LogNormal(6, 0.4, 1),
    };

    private double MedianOf(Job job) =>
        job.Definition.Workload.MedianSeconds * new Draw(options.Seed, For.Project, job.Project.Id).LogNormal(1, 0.35, 40);

    private double ScriptFailureRate(Job job)
    {
        var rate = new Draw(options.Seed, For.Project, job.Project.Id).LogNormal(0.165, 0.5, 50);
        var byStage = job.Definition.Stage switch { "test" => 1.25, "deploy" => 0.6, "build" => 0.9, _ => 1 };
        return Math.Min(0.6, rate * byStage * (job.Attempt > 1 ? 0.6 : 1));
    }

    private Cause? Infrastructure(Job job, RunnerManager manager, long start)
    {
        var luck = new Draw(options.Seed, For.Infrastructure, job.Id).Unit();
        var rate = (manager.Executor == Executor.Kubernetes ? KubernetesBaseRate * options.KubernetesFailureFactor : DockerBaseRate) * FactorOf(job.Project);
        if (luck < rate)
        {
            return Cause.Infrastructure;
        }

        foreach (var incident in faults.IncidentList)
        {
            if (faults.IsOn(incident, start) && Reaches(incident.Reach, manager))
            {
                rate += incident.AddedRate;
            }
        }

        return luck < rate ? Cause.Incident : null;
    }

    private static bool Reaches(IncidentReach reach, RunnerManager manager) =>
        (reach.Executor is null || reach.Executor == manager.Executor)
        && (reach.Cluster is null || reach.Cluster == manager.Cluster)
        && (reach.RunnerId is null || reach.RunnerId == manager.Runner.Id);

    private static double TimeLimit(Job job, Runner runner)
    {
        var limit = job.Definition.Timeout ?? job.Project.BuildTimeout;
        return runner.MaximumTimeout is { } max ? Math.Min(max, limit) : limit;
    }

    private Refused? Refused(Job job)
    {
        var work = job.Definition.Workload;
        return work.Incompatibility == Cause.None
            || !options.KubernetesCauses
            || (work.Incompatibility == Cause.DindUnprivileged && options.PrivilegedServices)
            || new Draw(options.Seed, For.Incompatibility, job.Id).Unit() >= work.Bites
            ? null
            : Refusals.Of(work.Incompatibility);
    }
}

/// <param name="Share">Part of the script's run time after which it shows.</param>
internal sealed record Refused(FailureReason Reason, int? ExitCode, double Share, double MaxSeconds);

/// <summary>How each incompatibility shows on Kubernetes: reason as the runner reports it, exit code, when.</summary>
internal static class Refusals
{
    public static Refused Of(Cause cause) => cause switch
    {
        Cause.Ping => new(FailureReason.ScriptFailure, 2, 0.2, 60),
        Cause.OutOfMemory => new(FailureReason.ScriptFailure, 137, 0.7, 1200),
        Cause.ServiceAlias => new(FailureReason.RunnerSystemFailure, null, 0, 6),
        Cause.PullPolicy => new(FailureReason.RunnerConfigurationError, null, 0, 9),
        Cause.LocalImage => new(FailureReason.RunnerConfigurationError, null, 0, 15),
        Cause.SlowImagePull => new(FailureReason.RunnerSystemFailure, null, 1, 185),
        Cause.EgressBlocked => new(FailureReason.ScriptFailure, 128, 0.9, 130),
        Cause.DoubleUnderscoreHost => new(FailureReason.ScriptFailure, 2, 0.4, 120),
        Cause.KernelOperation => new(FailureReason.ScriptFailure, 255, 0.1, 20),
        _ => new(FailureReason.ScriptFailure, 1, 0.3, 180),
    };
}

internal static class GitLabVersions
{
    public static bool AtLeast(string version, int major, int minor)
    {
        var parts = version.Split('-')[0].Split('.');
        var (a, b) = (int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture),
            parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 0);
        return a > major || (a == major && b >= minor);
    }
}
