namespace MigrationPortal.World;

/// <summary>All jobs and pipelines, with the orders GitLab's lists need. Each page costs about its own size.</summary>
public sealed class JobStore
{
    private const int BlockSize = 1024;
    private static readonly int StatusCount = Enum.GetValues<JobStatus>().Length;

    private readonly List<Job> jobs = [];
    private readonly List<int[]> blocks = [];
    private readonly List<Pipeline> pipelines = [];
    private readonly int[] totals = new int[StatusCount];

    internal JobStore()
    {
    }

    public long Count => jobs.Count;

    public Job? Find(long id) => id >= 1 && id <= jobs.Count ? jobs[(int)id - 1] : null;

    public Pipeline? FindPipeline(long id) => id >= 1 && id <= pipelines.Count ? pipelines[(int)id - 1] : null;

    /// <summary>How many jobs have this status now.</summary>
    public int CountOf(JobStatus status) => totals[(int)status];

    /// <summary>Newest first over the whole instance.</summary>
    /// <param name="statuses">Null or empty: all.</param>
    /// <param name="beforeId">Only jobs with a lower id: the cursor.</param>
    /// <param name="compatibleWith">Only jobs this runner could take.</param>
    public IReadOnlyList<Job> Newest(
        IReadOnlyCollection<JobStatus>? statuses, long? beforeId, int limit, Runner? compatibleWith = null, RunnerType? takenBy = null)
    {
        var wanted = StatusMask(statuses);
        var page = new List<Job>(Math.Min(limit, 128));
        for (var at = StartIndex(jobs.Count, beforeId); at >= 0 && page.Count < limit; at--)
        {
            if (!BlockHolds(at / BlockSize, wanted))
            {
                at = at / BlockSize * BlockSize;
                continue;
            }

            var job = jobs[at];
            if ((wanted & (1 << (int)job.Status)) != 0
                && (compatibleWith is null || Fleet.Matches(compatibleWith, job))
                && (takenBy is null || job.Runner?.Type == takenBy))
            {
                page.Add(job);
            }
        }

        return page;
    }

    /// <summary>Jobs of one project, newest first, retried ones included.</summary>
    public IReadOnlyList<Job> OfProject(Project project, IReadOnlyCollection<JobStatus>? statuses, long? beforeId, int skip, int limit) =>
        Page(project.JobList, StatusMask(statuses), null, true, beforeId, skip, limit);

    /// <summary>Jobs a runner took, by id.</summary>
    /// <param name="cursor">Id to go on after, in the given direction.</param>
    public IReadOnlyList<Job> OfRunner(
        Runner runner, IReadOnlyCollection<JobStatus>? statuses, string? systemId, bool descending, long? cursor, int skip, int limit) =>
        Page(runner.JobList, StatusMask(statuses), systemId, descending, cursor, skip, limit);

    /// <summary>How many jobs a runner took, at most <paramref name="limit"/>: GitLab stops counting there.</summary>
    public int CountOfRunner(Runner runner, IReadOnlyCollection<JobStatus>? statuses, int limit) =>
        statuses is null or { Count: 0 }
            ? Math.Min(limit, runner.JobList.Count)
            : Page(runner.JobList, StatusMask(statuses), null, true, null, 0, limit).Count;

    /// <summary>Pipelines of one project, newest first.</summary>
    public IReadOnlyList<Pipeline> PipelinesOf(Project project, Func<Pipeline, bool>? keep, int skip, int limit)
    {
        var page = new List<Pipeline>();
        for (var at = project.PipelineList.Count - 1; at >= 0 && page.Count < limit; at--)
        {
            var pipeline = project.PipelineList[at];
            if ((keep is null || keep(pipeline)) && skip-- <= 0)
            {
                page.Add(pipeline);
            }
        }

        return page;
    }

    internal IReadOnlyList<Job> All => jobs;

    internal long NextJobId => jobs.Count + 1;

    internal long NextPipelineId => pipelines.Count + 1;

    internal void Add(Pipeline pipeline)
    {
        pipelines.Add(pipeline);
        pipeline.Project.PipelineList.Add(pipeline);
    }

    internal void Add(Job job)
    {
        if (jobs.Count % BlockSize == 0)
        {
            blocks.Add(new int[StatusCount]);
        }

        jobs.Add(job);
        job.Pipeline.JobList.Add(job);
        job.Project.JobList.Add(job);
        blocks[^1][(int)job.Status]++;
        totals[(int)job.Status]++;
    }

    internal void SetStatus(Job job, JobStatus status)
    {
        var block = blocks[(int)((job.Id - 1) / BlockSize)];
        block[(int)job.Status]--;
        totals[(int)job.Status]--;
        job.Status = status;
        block[(int)status]++;
        totals[(int)status]++;
    }

    /// <summary>Runners mostly take jobs in order of id, so the place is near the end.</summary>
    internal static void AddByid(List<Job> list, Job job)
    {
        var at = list.Count;
        while (at > 0 && list[at - 1].Id > job.Id)
        {
            at--;
        }

        list.Insert(at, job);
    }

    private static int StatusMask(IReadOnlyCollection<JobStatus>? statuses) =>
        statuses is null or { Count: 0 } ? ~0 : statuses.Aggregate(0, (mask, s) => mask | (1 << (int)s));

    private static int StartIndex(int count, long? beforeId) =>
        beforeId is { } id ? (int)Math.Min(count - 1, id - 2) : count - 1;

    private bool BlockHolds(int block, int wanted)
    {
        var counts = blocks[block];
        for (var s = 0; s < counts.Length; s++)
        {
            if (counts[s] > 0 && (wanted & (1 << s)) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static List<Job> Page(List<Job> list, int wanted, string? systemId, bool descending, long? cursor, int skip, int limit)
    {
        var page = new List<Job>(Math.Min(limit, 128));
        var step = descending ? -1 : 1;
        for (var at = First(list, descending, cursor); at >= 0 && at < list.Count && page.Count < limit; at += step)
        {
            var job = list[at];
            if ((wanted & (1 << (int)job.Status)) != 0
                && (systemId is null || job.Manager?.SystemId == systemId)
                && skip-- <= 0)
            {
                page.Add(job);
            }
        }

        return page;
    }

    private static int First(List<Job> list, bool descending, long? cursor)
    {
        if (cursor is not { } id)
        {
            return descending ? list.Count - 1 : 0;
        }

        int low = 0, high = list.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (list[middle].Id < id || (!descending && list[middle].Id == id))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return descending ? low - 1 : low;
    }
}
