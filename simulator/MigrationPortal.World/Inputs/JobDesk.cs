namespace MigrationPortal.World;

/// <summary>Pipelines and jobs started, retried, canceled and played by hand.</summary>
internal sealed class JobDesk(Engine engine)
{
    public InputResult Run(RunPipeline input)
    {
        if (engine.Directory.FindProject(input.ProjectId) is not { } project || engine.Directory.FindUser(input.ById) is not { } user)
        {
            return InputResult.NotFound("Project");
        }

        if (project.Repository.FindBranch(input.Ref) is not { } branch)
        {
            return InputResult.No(RefusalKind.Invalid, "Reference not found", "base");
        }

        var (pipeline, errors) = engine.Pipelines.Create(
            project, new CiTrigger(input.Source, branch.Name, false), user, branch.HeadSha, input.Variables);
        return pipeline is null
            ? InputResult.No(RefusalKind.Invalid, string.Join(", ", errors), "base")
            : InputResult.Done(pipeline);
    }

    public InputResult Retry(RetryPipeline input)
    {
        if (Pipeline(input.ProjectId, input.PipelineId) is not { } pipeline || engine.Directory.FindUser(input.ById) is not { } user)
        {
            return InputResult.NotFound("Pipeline");
        }

        foreach (var job in pipeline.JobList.Where(j => !j.Retried && j.Status is JobStatus.Failed or JobStatus.Canceled).ToList())
        {
            engine.Pipelines.Retry(job, user);
        }

        return InputResult.Done(pipeline);
    }

    public InputResult Cancel(CancelPipeline input)
    {
        if (Pipeline(input.ProjectId, input.PipelineId) is not { } pipeline)
        {
            return InputResult.NotFound("Pipeline");
        }

        // The last stage first, so that nothing is let into the queue on the way.
        foreach (var job in pipeline.JobList.OrderByDescending(j => j.Definition.StageIndex).Where(j => !j.Status.IsFinal()).ToList())
        {
            engine.Life.Cancel(job);
        }

        return InputResult.Done(pipeline);
    }

    public InputResult Retry(RetryJob input)
    {
        if (engine.Jobs.Find(input.JobId) is not { } job || engine.Directory.FindUser(input.ById) is not { } user)
        {
            return InputResult.NotFound("Not");
        }

        return job.Retried || job.Project.Archived || job.Status is not (JobStatus.Success or JobStatus.Failed or JobStatus.Canceled)
            ? InputResult.No(RefusalKind.Forbidden, "403 Forbidden - Job is not retryable")
            : InputResult.Done(engine.Pipelines.Retry(job, user));
    }

    public InputResult Cancel(CancelJob input)
    {
        if (engine.Jobs.Find(input.JobId) is not { } job)
        {
            return InputResult.NotFound("Not");
        }

        if (job.Status.IsFinal())
        {
            return InputResult.No(RefusalKind.Forbidden, "403 Forbidden - Job is not cancelable");
        }

        engine.Life.Cancel(job);
        return InputResult.Done(job);
    }

    public InputResult Play(PlayJob input)
    {
        if (engine.Jobs.Find(input.JobId) is not { } job || engine.Directory.FindUser(input.ById) is not { } user)
        {
            return InputResult.NotFound("Not");
        }

        if (job.Status != JobStatus.Manual)
        {
            return InputResult.No(RefusalKind.BadRequest, "400 Bad request - Unplayable Job");
        }

        job.User = user;
        engine.Life.Queue(job);
        engine.Pipelines.Refresh(job.Pipeline);
        return InputResult.Done(job);
    }

    public InputResult Erase(EraseJob input)
    {
        if (engine.Jobs.Find(input.JobId) is not { } job)
        {
            return InputResult.NotFound("Not");
        }

        if (!job.Status.IsFinal() || job.ErasedAt is not null)
        {
            return InputResult.No(RefusalKind.Forbidden, "403 Forbidden - Job is not erasable!");
        }

        job.ErasedAt = WorldTime.From(engine.NowMs);
        return InputResult.Done(job);
    }

    private Pipeline? Pipeline(int projectId, long id) =>
        engine.Jobs.FindPipeline(id) is { } pipeline && pipeline.Project.Id == projectId ? pipeline : null;
}

/// <summary>Incidents started and ended.</summary>
internal sealed class FaultDesk(Engine engine)
{
    public InputResult Start(StartIncident input)
    {
        if (input.AddedRate is not (> 0 and <= 1))
        {
            return InputResult.No(RefusalKind.BadRequest, "added_rate must be above 0 and at most 1");
        }

        var list = engine.Faults.IncidentList;
        var now = WorldTime.From(engine.NowMs);
        var incident = new Incident(
            list.Count + 1, input.Name, input.Reach, input.AddedRate, now, input.Minutes is { } m ? now.AddMinutes(m) : null);
        list.Add(incident);
        return InputResult.Done(incident);
    }

    public InputResult End(EndIncident input)
    {
        var list = engine.Faults.IncidentList;
        var at = list.FindIndex(i => i.Id == input.IncidentId);
        if (at < 0)
        {
            return InputResult.NotFound("Incident");
        }

        var now = WorldTime.From(engine.NowMs);
        list[at] = list[at] with { EndsAt = list[at].EndsAt is { } end && end < now ? end : now };
        return InputResult.Done(list[at]);
    }
}
