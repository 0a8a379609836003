namespace MigrationPortal.World;

/// <summary>Gives pending jobs to polling managers as GitLab does. Instead of every idle poll, only the tick at which a poll
/// would find something is planned; who asks when, and what it gets, is the same.</summary>
internal sealed class Dispatcher(Fleet fleet, Scheduler scheduler)
{
    private readonly Dictionary<(TagSet Tags, bool Protected, int Project), JobClass> classes = [];
    private readonly List<JobClass> all = [];
    private readonly List<JobClass> active = [];

    /// <summary>In order of first use.</summary>
    public IReadOnlyList<JobClass> Classes => all;

    public IReadOnlyList<JobClass> Active => active;

    public JobClass ClassOf(Job job, long now)
    {
        var key = (job.Definition.Tags, job.Protected, job.Project.Id);
        if (!classes.TryGetValue(key, out var found))
        {
            found = new JobClass { Tags = job.Definition.Tags, Protected = job.Protected, Project = job.Project };
            found.Match(fleet, now);
            classes.Add(key, found);
            all.Add(found);
        }

        return found;
    }

    public void Enqueue(Job job, long now)
    {
        var jobClass = ClassOf(job, now);
        job.Class = jobClass;
        job.UnservedMs = jobClass.UnservedClock(now);
        jobClass.Jobs++;
        JobStore.AddByid(jobClass.Waiting, job);
        if (jobClass.ActiveAt < 0)
        {
            jobClass.ActiveAt = active.Count;
            active.Add(jobClass);
        }

        WakeFor(jobClass, now);
    }

    /// <summary>Takes a job out of the queue, for whatever reason, and settles how long nobody could have served it.</summary>
    public void Remove(Job job, long now)
    {
        var jobClass = job.Class!;
        jobClass.Waiting.Remove(job);
        job.UnservedMs = jobClass.UnservedClock(now) - job.UnservedMs;
        jobClass.SettledUnservedMs += job.UnservedMs;
        if (jobClass.Waiting.Count == 0)
        {
            active[^1].ActiveAt = jobClass.ActiveAt;
            active[jobClass.ActiveAt] = active[^1];
            active.RemoveAt(active.Count - 1);
            jobClass.ActiveAt = -1;
        }
    }

    /// <summary>To be called at each change of runners, managers, darkness or project switches, at the time of the change.</summary>
    public void FleetChanged(long now)
    {
        foreach (var jobClass in all)
        {
            jobClass.Match(fleet, now);
        }

        foreach (var jobClass in active)
        {
            WakeFor(jobClass, now);
        }
    }

    /// <summary>The best waiting job for this manager by GitLab's order: instance runners take from the project with the
    /// fewest jobs running on instance runners, others first come first served.</summary>
    public Job? BestFor(RunnerManager manager)
    {
        var fair = manager.Runner.Type == RunnerType.Instance;
        Job? best = null;
        var bestLoad = int.MaxValue;
        foreach (var jobClass in active)
        {
            if (!jobClass.CanGoTo(manager))
            {
                continue;
            }

            var head = jobClass.Waiting[0];
            var load = fair ? jobClass.Project.RunningOnInstanceRunners : 0;
            if (load < bestLoad || (load == bestLoad && head.Id < best!.Id))
            {
                best = head;
                bestLoad = load;
            }
        }

        return best;
    }

    /// <summary>A manager is full: what it could have taken must wake others.</summary>
    public void PassOn(RunnerManager full, long now)
    {
        foreach (var jobClass in active)
        {
            if (jobClass.CanGoTo(full))
            {
                WakeFor(jobClass, now);
            }
        }
    }

    /// <summary>Plans the next poll of whichever free candidate asks first.</summary>
    private void WakeFor(JobClass jobClass, long now)
    {
        RunnerManager? first = null;
        var tick = long.MaxValue;
        foreach (var manager in jobClass.Candidates)
        {
            if (manager.RunningList.Count < manager.Slots)
            {
                var next = PollGrid.NextTick(manager.PhaseMs, now);
                if (next < tick)
                {
                    tick = next;
                    first = manager;
                }
            }
        }

        if (first is not null && first.WakeAt > tick)
        {
            first.WakeAt = tick;
            scheduler.At(tick, Happening.Wake, first);
        }
    }
}
