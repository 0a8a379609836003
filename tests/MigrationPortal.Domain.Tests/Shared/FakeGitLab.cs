using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>What goes wrong with one call to GitLab.</summary>
public enum Fault
{
    /// <summary>No answer, and nothing happened.</summary>
    UnavailableBefore,

    /// <summary>5xx although the write took effect.</summary>
    UnavailableAfter,

    /// <summary>A 4xx.</summary>
    Refused,
}

/// <summary>GitLab's runners with GitLab's own validation (gitlab-api.md 1.3), failing where a test wants it to.</summary>
public sealed class FakeGitLab(IEnumerable<FleetRunner> runners, Touches touches) : IRunnerGateway, IFleetReader
{
    private readonly Dictionary<RunnerId, ObservedRunner> _runners = runners.ToDictionary(runner => runner.Id, runner => runner.Observed);

    /// <summary>Calls so far, 1-based at the first.</summary>
    public int Calls { get; private set; }

    public int Writes { get; private set; }

    /// <summary>Every call so far: the runner that it writes or deletes, null for one that reads.</summary>
    public List<RunnerId?> Log { get; } = [];

    /// <summary>The call that fails, and how.</summary>
    public (int Call, Fault Fault)? Failing { get; set; }

    /// <summary>Somebody else's change, just before this call.</summary>
    public (int Call, Action<FakeGitLab> Change)? Meddling { get; set; }

    /// <summary>Told after each write that took effect.</summary>
    public Action? Written { get; set; }

    public IReadOnlyDictionary<RunnerId, RunnerAttributes> State => _runners.ToDictionary(one => one.Key, one => one.Value.Attributes);

    public IReadOnlyDictionary<RunnerId, string?> Notes => _runners.ToDictionary(one => one.Key, one => one.Value.MaintenanceNote);

    public void Set(RunnerId runner, Func<ObservedRunner, ObservedRunner> change) => _runners[runner] = change(_runners[runner]);

    /// <summary>Lanes; the fake answers at once, so the first lane does all the work, in order.</summary>
    public int Lanes { get; set; } = 2;

    public int Concurrency(InstanceId instance) => Lanes;

    public async Task<IReadOnlyList<GitLabAnswer>> ReadAsync(IReadOnlyList<RunnerId> runners, CancellationToken cancel)
    {
        var answer = await Call(null, () => new GitLabAnswer.Gone());
        return [.. runners.Select(runner => answer is GitLabAnswer.Gone ? Shown(runner) : answer)];
    }

    /// <summary>Holds every write back until it is completed; null: none.</summary>
    public TaskCompletionSource? Held { get; set; }

    public int UnderWay { get; private set; }

    public int MostUnderWay { get; private set; }

    public async Task<GitLabAnswer> WriteAsync(RunnerId runner, RunnerAttributes attributes, string? maintenanceNote, CancellationToken cancel)
    {
        MostUnderWay = Math.Max(MostUnderWay, ++UnderWay);
        if (Held is { } held) await held.Task;
        UnderWay--;
        return await Write(runner, attributes, maintenanceNote);
    }

    private Task<GitLabAnswer> Write(RunnerId runner, RunnerAttributes attributes, string? maintenanceNote) => Call(runner, () =>
    {
        if (!_runners.TryGetValue(runner, out var known)) return new GitLabAnswer.Gone();
        if (attributes.Tags.Count > 50) return new GitLabAnswer.Refused(400, "Too many tags specified. Please limit the number of tags to 50");
        if (attributes is { RunUntagged: false, Tags.IsEmpty: true }) return new GitLabAnswer.Refused(400, "can not be empty when runner is not allowed to pick untagged jobs");
        _runners[runner] = known with { Attributes = attributes, MaintenanceNote = maintenanceNote is null ? known.MaintenanceNote : maintenanceNote.Length == 0 ? null : maintenanceNote };
        Writes++;
        Written?.Invoke();
        return Shown(runner);
    });

    public Task<GitLabAnswer> DeleteAsync(RunnerId runner, CancellationToken cancel) => Call(runner, () =>
    {
        Writes++;
        _runners.Remove(runner);
        Written?.Invoke();
        return new GitLabAnswer.Gone();
    });

    /// <summary>Jobs that runners are running now.</summary>
    public Dictionary<RunnerId, long> Running { get; } = [];

    public async Task<long> RunningJobsAsync(RunnerId runner, CancellationToken cancel) =>
        await Call(null, () => new GitLabAnswer.Gone()) is GitLabAnswer.Gone ? Running.GetValueOrDefault(runner) : throw new GitLabUnavailableException(runner.Instance, "no answer");

    public async Task<(DateTimeOffset TakenAt, IReadOnlyList<ObservedRunner> Runners)> ReadAsync(InstanceId instance, RequestLane lane, CancellationToken cancel)
    {
        var answer = await Call(null, () => new GitLabAnswer.Gone());
        if (answer is GitLabAnswer.Refused or GitLabAnswer.Unavailable) throw new GitLabUnavailableException(instance, "no answer");
        return (Make.Now, [.. _runners.Values]);
    }

    private GitLabAnswer Shown(RunnerId runner) => _runners.TryGetValue(runner, out var known) ? new GitLabAnswer.Runner(known.Attributes, known.MaintenanceNote) : new GitLabAnswer.Gone();

    private Task<GitLabAnswer> Call(RunnerId? written, Func<GitLabAnswer> effect)
    {
        Calls++;
        Log.Add(written);
        touches.Touch();
        if (Meddling is { } meddling && meddling.Call == Calls) meddling.Change(this);
        var fault = Failing is { } failing && failing.Call == Calls ? failing.Fault : (Fault?)null;
        if (fault == Fault.UnavailableBefore) return Task.FromResult<GitLabAnswer>(new GitLabAnswer.Unavailable("connection refused", null));
        if (fault == Fault.Refused) return Task.FromResult<GitLabAnswer>(new GitLabAnswer.Refused(403, "403 Forbidden"));
        var answer = effect();
        // Killed after the effect and before anybody heard of it.
        touches.Touch();
        return Task.FromResult(fault == Fault.UnavailableAfter ? new GitLabAnswer.Unavailable("502 Bad Gateway", null) : answer);
    }
}
