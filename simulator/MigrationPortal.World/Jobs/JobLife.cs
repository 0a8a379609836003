namespace MigrationPortal.World;

/// <summary>The one place where jobs change status.</summary>
internal sealed class JobLife(Engine engine)
{
    private const long StuckAfter = WorldTime.Hour;
    private const long StuckLookAgain = 10 * WorldTime.Minute;
    private const long PendingAtMost = 24 * WorldTime.Hour;
    private const long LostAfter = WorldTime.Hour;

    public Job Create(Pipeline pipeline, JobDefinition definition, User user, int attempt)
    {
        var job = new Job(engine.Jobs.NextJobId, pipeline, definition, engine.NowMs) { User = user, Attempt = attempt };
        engine.Jobs.Add(job);
        engine.Events.Add(engine.NowMs, job, JobStatus.Created);
        return job;
    }

    /// <summary>Lets a created, skipped or manual job into the queue.</summary>
    public void Queue(Job job)
    {
        job.QueuedMs = engine.NowMs;
        job.FinishedMs = 0;
        Enter(job, JobStatus.Pending);
        engine.Dispatcher.Enqueue(job, engine.NowMs);
        engine.Scheduler.At(engine.NowMs + StuckAfter, Happening.StuckCheck, job, job.Version);
    }

    public void Hold(Job job) => Enter(job, JobStatus.Manual);

    public void Reopen(Job job)
    {
        job.FinishedMs = 0;
        Enter(job, JobStatus.Created);
    }

    public void Skip(Job job)
    {
        job.FinishedMs = engine.NowMs;
        Enter(job, JobStatus.Skipped);
    }

    /// <summary>A manager asks: it gets jobs until it is full or nothing matches.</summary>
    public void Poll(RunnerManager manager)
    {
        if (manager.Runner.Paused || !manager.IsPolling || manager.Runner.Deleted)
        {
            return;
        }

        while (manager.RunningList.Count < manager.Slots)
        {
            if (engine.Dispatcher.BestFor(manager) is not { } job)
            {
                return;
            }

            Start(job, manager);
        }

        engine.Dispatcher.PassOn(manager, engine.NowMs);
    }

    public void End(Job job)
    {
        if (!job.Taker!.Dark)
        {
            Finish(job, job.Ending!);
        }
    }

    /// <summary>GitLab's stuck-job worker: nobody online matches for an hour, or pending for a day.</summary>
    public void CheckStuck(Job job)
    {
        var waited = engine.NowMs - job.QueuedMs;
        var now = WorldTime.From(engine.NowMs);
        var anyOnline = engine.Fleet.Runners.Any(r => !r.Paused && r.Status(now) == ContactStatus.Online && Fleet.Matches(r, job));
        if (!anyOnline)
        {
            Finish(job, JobStatus.Failed, engine.Outcomes.Map(FailureReason.StuckPendingNoMatchingRunners), null, Cause.NoRunner);
        }
        else if (waited >= PendingAtMost)
        {
            Finish(job, JobStatus.Failed, engine.Outcomes.Map(FailureReason.StuckPendingWithMatchingRunners), null, Cause.NoRunner);
        }
        else
        {
            engine.Scheduler.At(engine.NowMs + StuckLookAgain, Happening.StuckCheck, job, job.Version);
        }
    }

    /// <summary>No update of a running job for an hour.</summary>
    public void Lose(Job job)
    {
        // A second darkness within the hour expects the loss anew.
        if (job.Taker is { Dark: true } taker && engine.NowMs - taker.DarkSinceMs >= LostAfter)
        {
            Finish(job, JobStatus.Failed, engine.Outcomes.Map(FailureReason.NoUpdatesRunning), null, Cause.RunnerLost);
        }
    }

    public void ExpectLoss(Job job) =>
        engine.Scheduler.At(engine.NowMs + LostAfter, Happening.JobLost, job, job.Version);

    /// <summary>After darkness: what ended meanwhile is reported now.</summary>
    public void CatchUp(Job job)
    {
        if (job.Ending!.AtMs <= engine.NowMs)
        {
            Finish(job, job.Ending);
        }
    }

    public void Interrupt(Job job) =>
        Finish(job, JobStatus.Failed, engine.Outcomes.Map(FailureReason.RunnerInterrupted), null, Cause.RunnerLost);

    public void Cancel(Job job) => Finish(job, JobStatus.Canceled, FailureReason.None, null, Cause.Canceled);

    private void Start(Job job, RunnerManager manager)
    {
        engine.Dispatcher.Remove(job, engine.NowMs);
        job.StartedMs = engine.NowMs;
        job.Taker = manager;
        job.Ending = engine.Outcomes.Decide(job, manager, engine.NowMs);
        job.RanOn = manager.Executor;
        manager.RunningList.Add(job);
        manager.JobsTaken++;
        JobStore.AddByid(manager.Runner.JobList, job);
        job.Project.RunningOnInstanceRunners += manager.Runner.Type == RunnerType.Instance ? 1 : 0;
        Enter(job, JobStatus.Running);
        job.Pipeline.StartedAt ??= WorldTime.From(engine.NowMs);
        engine.Pipelines.Refresh(job.Pipeline);
        engine.Scheduler.At(job.Ending.AtMs, Happening.JobEnds, job, job.Version);
        engine.Habits.Started(job);
    }

    private void Finish(Job job, Ending ending) =>
        Finish(job, ending.Status, ending.Reason, ending.ExitCode, ending.Cause);

    private void Finish(Job job, JobStatus status, FailureReason reason, int? exitCode, Cause cause)
    {
        var before = job.Status;
        var manager = job.Taker;
        if (before == JobStatus.Pending)
        {
            engine.Dispatcher.Remove(job, engine.NowMs);
        }
        else if (before == JobStatus.Running)
        {
            manager!.RunningList.Remove(job);
            job.Project.RunningOnInstanceRunners -= manager.Runner.Type == RunnerType.Instance ? 1 : 0;
        }

        job.FinishedMs = engine.NowMs;
        job.FailureReason = reason;
        job.ExitCode = exitCode;
        job.Cause = cause;
        job.Ending = null;
        Enter(job, status);
        engine.Truth.Count(job);
        if (before == JobStatus.Running)
        {
            Freed(manager!, reason);
        }

        engine.Pipelines.JobFinished(job);
    }

    private void Freed(RunnerManager manager, FailureReason reason)
    {
        if (reason != FailureReason.None)
        {
            manager.FailedByReason[reason] = manager.FailedByReason.GetValueOrDefault(reason) + 1;
        }

        if (manager is { IsStopping: true, RunningList.Count: 0 })
        {
            ManagerDesk.Gone(manager, engine.NowMs);
        }

        Poll(manager);
    }

    private void Enter(Job job, JobStatus status)
    {
        job.Version++;
        engine.Jobs.SetStatus(job, status);
        engine.Events.Add(engine.NowMs, job, status);
    }
}
