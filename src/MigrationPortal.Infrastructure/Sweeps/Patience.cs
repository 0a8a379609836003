using System.Collections.Concurrent;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Jobs that were asked for in vain rest a while, so that one that GitLab hides is not asked for every few seconds.</summary>
internal sealed class Patience(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<JobId, (long Since, TimeSpan Pause)> _resting = new();

    public bool MayAsk(JobId job) => !_resting.TryGetValue(job, out var rest) || time.GetElapsedTime(rest.Since) >= rest.Pause;

    public void Vain(JobId job) => _resting[job] =
        (time.GetTimestamp(), _resting.TryGetValue(job, out var before) ? before.Pause * 2 < Longest ? before.Pause * 2 : Longest : First);

    public void Answered(JobId job) => _resting.TryRemove(job, out _);
}
