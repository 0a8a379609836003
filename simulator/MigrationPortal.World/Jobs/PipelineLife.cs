namespace MigrationPortal.World;

/// <summary>Makes pipelines and leads them from stage to stage.</summary>
internal sealed class PipelineLife(Engine engine)
{
    /// <summary>Makes a pipeline for this ref, or says why not, in GitLab's words.</summary>
    public (Pipeline? Pipeline, IReadOnlyList<string> Errors) Create(
        Project project, CiTrigger trigger, User user, string sha, IReadOnlyDictionary<string, string>? extra = null)
    {
        if (!project.CiEnabled || project.Archived)
        {
            return (null, ["Pipelines are disabled!"]);
        }

        var (config, errors) = engine.Configs.For(project, trigger.SourceBranch ?? trigger.RefName);
        if (config is null)
        {
            return (null, errors);
        }

        var isProtected = trigger.Source != PipelineSource.MergeRequestEvent && project.IsProtected(trigger.RefName, trigger.IsTag);
        var variables = engine.Variables.For(project, trigger, isProtected, sha, extra);
        var jobs = PipelinePlan.Make(config, trigger, variables);
        if (jobs.Count == 0)
        {
            return (null, ["Pipeline will not run for the selected trigger. The rules configuration prevented any jobs from being added to the pipeline."]);
        }

        var now = WorldTime.From(engine.NowMs);
        var pipeline = new Pipeline
        {
            Id = engine.Jobs.NextPipelineId,
            Iid = project.PipelineList.Count + 1,
            Project = project,
            Ref = trigger.RefName,
            IsTag = trigger.IsTag,
            Protected = isProtected,
            Source = trigger.Source,
            User = user,
            Sha = sha,
            CreatedAt = now,
            UpdatedAt = now,
        };
        engine.Jobs.Add(pipeline);
        project.LastActivityAt = now;
        foreach (var definition in jobs)
        {
            engine.Life.Create(pipeline, definition, user, 1);
        }

        Advance(pipeline);
        return (pipeline, []);
    }

    public void JobFinished(Job job)
    {
        if (job.Status == JobStatus.Failed && job.Attempt <= job.Definition.Retry && !job.Retried)
        {
            Retry(job, job.User);
            return;
        }

        Advance(job.Pipeline);
        engine.Habits.Finished(job);
    }

    /// <summary>A new job with the same definition, tags included; later stages wait for it again.</summary>
    public Job Retry(Job job, User user)
    {
        job.Retried = true;
        var copy = engine.Life.Create(job.Pipeline, job.Definition, user, job.Attempt + 1);
        foreach (var later in job.Pipeline.JobList)
        {
            if (later.Status == JobStatus.Skipped && later.Definition.StageIndex > job.Definition.StageIndex)
            {
                engine.Life.Reopen(later);
            }
        }

        job.Pipeline.StageReached = Math.Min(job.Pipeline.StageReached, job.Definition.StageIndex);
        engine.Life.Queue(copy);
        Refresh(job.Pipeline);
        return copy;
    }

    /// <summary>Lets every stage go whose turn has come.</summary>
    public void Advance(Pipeline pipeline)
    {
        while (StageDone(pipeline) && NextStage(pipeline) is { } stage)
        {
            pipeline.StageReached = stage;
            var broken = pipeline.JobList.Exists(j => !j.Retried && j.Definition.StageIndex < stage && Blocks(j));
            for (var i = 0; i < pipeline.JobList.Count; i++)
            {
                var job = pipeline.JobList[i];
                if (job.Status == JobStatus.Created && job.Definition.StageIndex == stage)
                {
                    Release(job, broken);
                }
            }
        }

        Refresh(pipeline);
    }

    public void Refresh(Pipeline pipeline)
    {
        var status = Status(pipeline);
        if (status == pipeline.Status && !status.IsFinal())
        {
            return;
        }

        pipeline.Status = status;
        pipeline.UpdatedAt = WorldTime.From(engine.NowMs);
        pipeline.FinishedAt = status.IsFinal() ? pipeline.UpdatedAt : null;
    }

    private void Release(Job job, bool broken)
    {
        var wanted = job.Definition.When switch
        {
            JobWhen.Always => true,
            JobWhen.OnFailure => broken,
            _ => !broken,
        };
        if (!wanted)
        {
            engine.Life.Skip(job);
        }
        else if (job.Definition.When == JobWhen.Manual)
        {
            engine.Life.Hold(job);
            engine.Habits.Held(job);
        }
        else
        {
            engine.Life.Queue(job);
        }
    }

    private static bool Blocks(Job job) =>
        (job.Status == JobStatus.Failed && !job.AllowFailure) || job.Status == JobStatus.Canceled;

    /// <summary>Nothing up to the stage reached is still going; a manual job that may not fail holds the pipeline.</summary>
    private static bool StageDone(Pipeline pipeline) => pipeline.JobList.TrueForAll(j =>
        j.Retried || j.Definition.StageIndex > pipeline.StageReached || j.Status.IsFinal()
        || (j.Status == JobStatus.Manual && j.AllowFailure));

    private static int? NextStage(Pipeline pipeline)
    {
        int? next = null;
        foreach (var job in pipeline.JobList)
        {
            var stage = job.Definition.StageIndex;
            if (job.Status == JobStatus.Created && stage > pipeline.StageReached && (next is null || stage < next))
            {
                next = stage;
            }
        }

        return next;
    }

    private static JobStatus Status(Pipeline pipeline)
    {
        int pending = 0, running = 0, created = 0, failed = 0, canceled = 0, success = 0, manual = 0;
        foreach (var job in pipeline.JobList)
        {
            if (job.Retried)
            {
                continue;
            }

            switch (job.Status)
            {
                case JobStatus.Pending: pending++; break;
                case JobStatus.Running: running++; break;
                case JobStatus.Created: created++; break;
                case JobStatus.Failed when !job.AllowFailure: failed++; break;
                case JobStatus.Canceled when !job.AllowFailure: canceled++; break;
                case JobStatus.Manual: manual += job.AllowFailure ? 0 : 1; break;
                case JobStatus.Skipped: break;
                default: success++; break;
            }
        }

        return running > 0 ? JobStatus.Running
            : pending > 0 ? (success + failed + canceled > 0 ? JobStatus.Running : JobStatus.Pending)
            : manual > 0 ? JobStatus.Manual
            : created > 0 ? JobStatus.Created
            : failed > 0 ? JobStatus.Failed
            : canceled > 0 ? JobStatus.Canceled
            : success > 0 ? JobStatus.Success
            : JobStatus.Skipped;
    }
}
