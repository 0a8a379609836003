using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Surges;

/// <summary>Production's and QA's runners in one, with what a surge asks of both.</summary>
internal sealed class SurgeGitLab(TimeProvider time) : IRunnerRegistrar, IRunnerGateway, IFleetReader, IManagerContacts, IInstanceVariables, ISurgeFacts, ILentJobs
{
    private long _next = 76;

    public Dictionary<RunnerId, (string Token, string? Note, RunnerAttributes Attributes)> Runners { get; } = [];

    public List<string> Tokens { get; } = [];

    public List<(string Key, bool Protected)> Variables { get; } = [("DEPLOY_KEY", true), ("REGISTRY_USER", false)];

    /// <summary>Of every runner's manager.</summary>
    public string Executor { get; set; } = "kubernetes";

    /// <summary>That every unpaused or draining runner has.</summary>
    public long Jobs { get; set; }

    /// <summary>By a surge, when their time was over.</summary>
    public int Cancelled { get; private set; }

    public long Queued { get; set; } = 40;

    public bool IsAway { get; set; }

    /// <summary>It does what it is asked, and its answers about new runners are lost.</summary>
    public bool AnswersAreLost { get; set; }

    public bool HearsNobody { get; set; }

    public Task<RegistrarAnswer> CreateAsync(InstanceId instance, string description, RunnerAttributes attributes, string? maintenanceNote, CancellationToken cancel)
    {
        if (IsAway) return Task.FromResult<RegistrarAnswer>(new RegistrarAnswer.Unknown("no answer"));
        var id = new RunnerId(instance, ++_next);
        Runners[id] = (Token(id), maintenanceNote, attributes);
        return Task.FromResult<RegistrarAnswer>(AnswersAreLost ? new RegistrarAnswer.Unknown("no answer") : new RegistrarAnswer.Created(id, Runners[id].Token));
    }

    public Task<RegistrarAnswer> ResetTokenAsync(RunnerId runner, CancellationToken cancel)
    {
        if (IsAway) return Task.FromResult<RegistrarAnswer>(new RegistrarAnswer.Unknown("no answer"));
        if (!Runners.TryGetValue(runner, out var known)) return Task.FromResult<RegistrarAnswer>(new RegistrarAnswer.Refused(404, "404 Runner Not Found"));
        Runners[runner] = known with { Token = Token(runner) };
        return Task.FromResult<RegistrarAnswer>(new RegistrarAnswer.Created(runner, Runners[runner].Token));
    }

    public int Concurrency(InstanceId instance) => 1;

    public Task<IReadOnlyList<GitLabAnswer>> ReadAsync(IReadOnlyList<RunnerId> runners, CancellationToken cancel) => Task.FromResult<IReadOnlyList<GitLabAnswer>>([.. runners.Select(Shown)]);

    public Task<GitLabAnswer> WriteAsync(RunnerId runner, RunnerAttributes attributes, string? maintenanceNote, CancellationToken cancel)
    {
        if (!IsAway && Runners.TryGetValue(runner, out var known)) Runners[runner] = known with { Attributes = attributes };
        return Task.FromResult(Shown(runner));
    }

    public Task<GitLabAnswer> DeleteAsync(RunnerId runner, CancellationToken cancel)
    {
        if (IsAway) return Task.FromResult<GitLabAnswer>(Away());
        Runners.Remove(runner);
        return Task.FromResult<GitLabAnswer>(new GitLabAnswer.Gone());
    }

    public Task<long> RunningJobsAsync(RunnerId runner, CancellationToken cancel) => IsAway ? throw Fault(runner.Instance) : Task.FromResult(Runners.ContainsKey(runner) ? Jobs : 0);

    public Task<(DateTimeOffset TakenAt, IReadOnlyList<ObservedRunner> Runners)> ReadAsync(InstanceId instance, RequestLane lane, CancellationToken cancel) => IsAway ? throw Fault(instance)
        : Task.FromResult<(DateTimeOffset, IReadOnlyList<ObservedRunner>)>((time.GetUtcNow(),
        [
            .. Runners.Where(one => one.Key.Instance == instance).Select(one => new ObservedRunner(
                one.Key, $"runner {one.Key.Number}", RunnerType.Instance, one.Value.Attributes, false, RunnerStatus.Online, time.GetUtcNow(), time.GetUtcNow(), one.Value.Note,
                [new RunnerManager("r_own", new Executor(Executor), "19.3.0", RunnerStatus.Online, time.GetUtcNow())], new HashSet<long>(), new HashSet<long>())),
        ]));

    public Task<IReadOnlyList<RunnerManager>?> ReadAsync(RunnerId runner, CancellationToken cancel) => IsAway ? throw Fault(runner.Instance)
        : Task.FromResult<IReadOnlyList<RunnerManager>?>(!Runners.ContainsKey(runner) ? null : HearsNobody ? [] : [new RunnerManager("r_lent", new Executor(Executor), "19.3.0", RunnerStatus.Online, time.GetUtcNow())]);

    public Task<Outcome<IReadOnlyList<(string Key, bool Protected)>>> ReadAsync(InstanceId instance, CancellationToken cancel) =>
        IsAway ? throw Fault(instance) : Task.FromResult<Outcome<IReadOnlyList<(string Key, bool Protected)>>>(Variables.ToList());

    public Task<Outcome<int>> CancelAsync(RunnerId runner, string why, CancellationToken cancel)
    {
        if (IsAway) return Task.FromResult<Outcome<int>>(Refusal.Of("gitlab-unavailable", "GitLab does not answer."));
        var cancelled = (int)Jobs;
        Cancelled += cancelled;
        Jobs = 0;
        return Task.FromResult<Outcome<int>>(cancelled);
    }

    public Task<long> QueuedAsync(InstanceId instance, RunnerAttributes attributes, CancellationToken cancel) => Task.FromResult(Queued);

    public Task<IReadOnlyDictionary<long, long>> FinishedAsync(InstanceId instance, IReadOnlyCollection<long> runners, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<long, long>>(runners.ToDictionary(one => one, _ => 5L));

    private GitLabAnswer Shown(RunnerId runner) => IsAway ? Away() : Runners.TryGetValue(runner, out var known) ? new GitLabAnswer.Runner(known.Attributes, known.Note) : new GitLabAnswer.Gone();

    private static GitLabAnswer.Unavailable Away() => new("GitLab does not answer.", null);

    private static GitLabUnavailableException Fault(InstanceId instance) => new(instance, "does not answer");

    private string Token(RunnerId id)
    {
        var token = $"glrt-{id.Number}-{Tokens.Count}-abcdefghijklmnop";
        Tokens.Add(token);
        return token;
    }
}
