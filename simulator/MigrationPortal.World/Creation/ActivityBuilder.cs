namespace MigrationPortal.World;

/// <summary>Sets each project's pace so that a workday brings about the jobs asked for, and plans its schedules.</summary>
internal sealed class ActivityBuilder(Engine engine, ProjectBuilder projects)
{
    /// <summary>Started jobs per job that a push would create: some are skipped or never played, some tried again.</summary>
    private const double StartedShare = 0.92;

    private int lastSchedule;

    public void Build()
    {
        var paces = new List<(ProjectActivity Activity, double Pace, double Jobs)>();
        foreach (var (project, shape) in projects.Shapes)
        {
            var draw = new Draw(engine.Options.Seed, For.Project, project.Id);
            var developers = engine.Directory.MembersOf(project)
                .Where(m => m.Level >= AccessLevel.Developer && m.User.State == UserState.Active).Select(m => m.User).ToList();
            AddSchedules(project, shape, developers, draw);
            if (!project.CiEnabled || project.Archived || shape.ScheduleOnly || developers.Count == 0)
            {
                continue;
            }

            var activity = new ProjectActivity
            {
                Project = project,
                PushesPerWorkday = 0,
                Developers = developers,
                CandidateMs = engine.NowMs,
            };
            paces.Add((activity, shape.Pace * Math.Min(8, draw.LogNormal(1, 0.9, 20)), JobsPerPush(project)));
        }

        var perUnit = engine.Options.JobsPerWorkday * 0.93 / (paces.Sum(p => p.Pace * p.Jobs) * StartedShare);
        foreach (var (activity, pace, _) in paces)
        {
            activity.PushesPerWorkday = pace * perUnit;
            engine.Habits.PlanPush(activity);
        }
    }

    /// <summary>The mean of a push to the default branch and one to another, by how often each comes.</summary>
    private double JobsPerPush(Project project)
    {
        var (config, _) = engine.Configs.For(project, project.DefaultBranch);
        if (config is null)
        {
            return 0;
        }

        var main = Count(config, project, project.DefaultBranch, true);
        return (0.38 * main) + (0.62 * Count(config, project, "feature/x", false));
    }

    private int Count(CiConfig config, Project project, string branch, bool isProtected)
    {
        var trigger = new CiTrigger(PipelineSource.Push, branch, false);
        return PipelinePlan.Make(config, trigger, engine.Variables.For(project, trigger, isProtected, "", null))
            .Count(j => j.When != JobWhen.Manual);
    }

    private void AddSchedules(Project project, CiShape shape, List<User> developers, Draw draw)
    {
        if (developers.Count == 0 || engine.Options.IsQuiet)
        {
            return;
        }

        var minute = draw.Below(60, 30);
        var crons = new List<(string Text, string Cron)>();
        if (shape.ScheduleOnly || draw.Unit(31) < 0.2)
        {
            crons.Add(("Nightly", $"{minute} {draw.Below(5, 32)} * * *"));
        }

        if (draw.Unit(33) < 0.12)
        {
            crons.Add(("Weekly", $"{minute} 6 * * {1 + draw.Below(5, 34)}"));
        }

        if (draw.Unit(35) < 0.015)
        {
            crons.Add(("Hourly", $"{minute} * * * *"));
        }

        if (draw.Unit(36) < 0.04)
        {
            crons.Add(("Quarterly", $"{minute} 7 1 1,4,7,10 *"));
        }

        foreach (var (text, cron) in crons)
        {
            var schedule = new PipelineSchedule
            {
                Id = ++lastSchedule,
                Description = text,
                Cron = cron,
                Ref = project.DefaultBranch,
                Owner = developers[0],
            };
            project.ScheduleList.Add(schedule);
            engine.Habits.PlanSchedule(project, schedule);
        }
    }
}
