namespace MigrationPortal.World;

/// <summary>What people do by themselves: push, tag, open merge requests, retry, cancel, play manual jobs, review.</summary>
internal sealed class Habits(Engine engine)
{
    /// <summary>Share of the busiest rate by hour of day (UTC) on a workday.</summary>
    private static readonly double[] Hours =
        [.08, .06, .05, .05, .06, .12, .3, .6, .9, 1, .98, .92, .75, .88, .97, .95, .85, .65, .42, .3, .24, .2, .15, .1];

    private const double Weekend = 0.15;
    private static readonly double PeakOverMean = 24 / Hours.Sum();

    private int Seed => engine.Options.Seed;

    private bool Quiet => engine.Options.IsQuiet;

    /// <summary>Plans a project's next push, by thinning a steady stream to the rhythm of day and week.</summary>
    public void PlanPush(ProjectActivity activity)
    {
        if (activity.PushesPerWorkday <= 0)
        {
            return;
        }

        var meanGap = WorldTime.Day / (activity.PushesPerWorkday * PeakOverMean);
        var at = Math.Max(activity.CandidateMs, engine.NowMs);
        while (true)
        {
            var draw = new Draw(Seed, For.Push, ((long)activity.Project.Id << 32) + activity.Candidates++);
            at += (long)Math.Max(1, draw.Exponential(meanGap));
            if (draw.Unit(1) < Rhythm(at))
            {
                break;
            }
        }

        activity.CandidateMs = at;
        engine.Scheduler.At(at, Happening.Push, activity);
    }

    public static double Rhythm(long ms)
    {
        var time = WorldTime.From(ms);
        return Hours[time.Hour] * (time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? Weekend : 1);
    }

    public void Push(ProjectActivity activity)
    {
        var draw = new Draw(Seed, For.Pipeline, ((long)activity.Project.Id << 32) + activity.Pushes++);
        PlanPush(activity);
        Push(activity, draw, activity.Pushes, new Draw(Seed, For.Sha, ((long)activity.Project.Id << 32) + activity.Pushes).Sha());
        engine.Rush.Follow(activity);
    }

    /// <summary>A push that comes only because more is going on than usual.</summary>
    public void PushMore(ProjectActivity activity, int number)
    {
        var draw = new Draw(Seed, For.Rush, ((long)activity.Project.Id << 32) + number);
        Push(activity, draw, number, draw.Sha());
    }

    private void Push(ProjectActivity activity, Draw draw, int number, string sha)
    {
        var project = activity.Project;
        if (activity.Developers.Count == 0)
        {
            return;
        }

        var user = draw.Pick(activity.Developers);
        var kind = draw.Unit(1);
        var branch = $"{draw.Pick(BranchKinds, 2)}/{draw.Pick(BranchTopics, 3)}-{draw.Below(900, 4) + 100}";
        var trigger = kind switch
        {
            < 0.36 => new CiTrigger(PipelineSource.Push, project.DefaultBranch, false),
            < 0.78 => new CiTrigger(PipelineSource.Push, branch, false),
            < 0.96 => new CiTrigger(PipelineSource.MergeRequestEvent, $"refs/merge-requests/{(number / 3) + 1}/head", false, branch),
            < 0.98 => new CiTrigger(PipelineSource.Web, project.DefaultBranch, false),
            _ => new CiTrigger(PipelineSource.Push, $"v{1 + (number / 400)}.{number / 20 % 20}.{number % 20}", true),
        };
        if (trigger.Source == PipelineSource.MergeRequestEvent && engine.Pipelines.Create(project, trigger, user, sha).Pipeline is null)
        {
            // No job of this project runs for merge requests: the same commit runs as a branch.
            trigger = new CiTrigger(PipelineSource.Push, branch, false);
        }
        else if (trigger.Source == PipelineSource.MergeRequestEvent)
        {
            return;
        }

        if (trigger is { Source: PipelineSource.Push, IsTag: false } && trigger.RefName == project.DefaultBranch
            && project.Repository.FindBranch(trigger.RefName) is { } main)
        {
            main.HeadSha = sha;
            main.HeadAt = WorldTime.From(engine.NowMs);
        }

        engine.Pipelines.Create(project, trigger, user, sha);
    }

    public void PlanSchedule(Project project, PipelineSchedule schedule)
    {
        var next = Cron.Next(schedule.Cron, engine.NowMs);
        schedule.NextRunAt = WorldTime.From(next);
        engine.Scheduler.At(next, Happening.Schedule, (project, schedule));
    }

    public void RunSchedule(Project project, PipelineSchedule schedule)
    {
        PlanSchedule(project, schedule);
        if (schedule.Active && project.Repository.FindBranch(schedule.Ref) is { } branch)
        {
            schedule.LastRunAt = WorldTime.From(engine.NowMs);
            engine.Pipelines.Create(project, new CiTrigger(PipelineSource.Schedule, schedule.Ref, false), schedule.Owner, branch.HeadSha);
        }
    }

    /// <summary>Now and then somebody cancels a running job.</summary>
    public void Started(Job job)
    {
        var draw = new Draw(Seed, For.UserCancel, job.Id);
        if (!Quiet && draw.Unit() < 0.012)
        {
            var length = job.Ending!.AtMs - engine.NowMs;
            engine.Scheduler.At(engine.NowMs + (long)(length * draw.Unit(1)), Happening.UserCancel, job, job.Version);
        }
    }

    /// <summary>About a third of the failures are tried again by hand within half an hour.</summary>
    public void Finished(Job job)
    {
        var draw = new Draw(Seed, For.UserRetry, job.Id);
        if (!Quiet && job.Status == JobStatus.Failed && job.Attempt < 3 && draw.Unit() < 0.3)
        {
            engine.Scheduler.At(engine.NowMs + (long)(draw.Exponential(8) * WorldTime.Minute) + WorldTime.Minute, Happening.UserRetry, job, job.Version);
        }
    }

    /// <summary>Some manual jobs are played, most never.</summary>
    public void Held(Job job)
    {
        var draw = new Draw(Seed, For.Manual, job.Id);
        if (!Quiet && draw.Unit() < 0.25)
        {
            engine.Scheduler.At(engine.NowMs + (long)(draw.Exponential(60) * WorldTime.Minute) + WorldTime.Minute, Happening.UserPlay, job, job.Version);
        }
    }

    /// <summary>A maintainer looks at a merge request after some hours: mostly merges, sometimes closes or leaves it.</summary>
    public void PlanReview(MergeRequest request)
    {
        var draw = new Draw(Seed, For.MergeRequest, ((long)request.ProjectId << 32) + request.Iid);
        if (draw.Unit() < 0.88)
        {
            var hours = Math.Min(72, draw.LogNormal(3, 0.8, 1));
            engine.Scheduler.At(engine.NowMs + (long)(hours * WorldTime.Hour), Happening.MergeDecision, request);
        }
    }

    public bool WillMerge(MergeRequest request) =>
        new Draw(Seed, For.MergeRequest, ((long)request.ProjectId << 32) + request.Iid).Unit(3) < 0.86;

    private static readonly string[] BranchKinds = ["feature", "fix", "chore", "refactor", "docs"];
    private static readonly string[] BranchTopics =
        ["login", "cache", "parser", "upload", "metrics", "retry", "schema", "search", "export", "timeout", "docs", "deps"];
}

/// <summary>A project's pace, and how far its stream of pushes has been drawn.</summary>
internal sealed class ProjectActivity
{
    public required Project Project { get; init; }

    public required double PushesPerWorkday { get; set; }

    public required IReadOnlyList<User> Developers { get; init; }

    public long Candidates { get; set; }

    public long CandidateMs { get; set; }

    public int Pushes { get; set; }
}
