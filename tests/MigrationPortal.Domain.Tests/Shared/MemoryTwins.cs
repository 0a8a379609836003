using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>Twin runs, with the fences of the real store.</summary>
public sealed class MemoryTwins : ITwinStore
{
    public List<TwinRun> All { get; } = [];

    public Task<TwinRun?> AddAsync(TwinRun run, CancellationToken cancel)
    {
        if (All.Exists(one => one.Project == run.Project && one.IsActive) && run.IsActive) return Task.FromResult<TwinRun?>(null);
        All.Add(run with { Id = All.Count + 1, Version = 1 });
        return Task.FromResult<TwinRun?>(All[^1]);
    }

    public Task<TwinRun?> SaveAsync(TwinRun run, CancellationToken cancel)
    {
        var at = All.FindIndex(one => one.Id == run.Id && one.Version == run.Version);
        return Task.FromResult(at < 0 ? null : All[at] = run with { Version = run.Version + 1 });
    }

    public Task<TwinRun?> FindAsync(ProjectId project, long id, CancellationToken cancel) => Task.FromResult(All.Find(one => one.Project == project && one.Id == id));

    public Task<TwinRun?> ActiveAsync(ProjectId project, CancellationToken cancel) => Task.FromResult(All.Find(one => one.Project == project && one.IsActive));

    public Task<IReadOnlyList<TwinRun>> OfAsync(ProjectId project, int limit, CancellationToken cancel) => List(All.Where(one => one.Project == project).Reverse().Take(limit));

    public Task<IReadOnlyList<TwinRun>> OpenAsync(InstanceId instance, CancellationToken cancel) => List(All.Where(one => one.Project.Instance == instance && (one.IsActive || one.BranchState == TwinBranch.There)));

    public Task<IReadOnlyList<TwinRun>> EndedAsync(InstanceId instance, DateTimeOffset from, CancellationToken cancel) =>
        List(All.Where(one => one.Project.Instance == instance && one.State == TwinState.Ended && one.Since >= from));

    private static Task<IReadOnlyList<TwinRun>> List(IEnumerable<TwinRun> runs) => Task.FromResult<IReadOnlyList<TwinRun>>([.. runs]);
}
