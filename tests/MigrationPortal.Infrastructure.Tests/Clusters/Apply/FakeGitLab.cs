using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

/// <summary>Runners of a GitLab with the tokens that count now.</summary>
internal sealed class FakeGitLab(TimeProvider time) : IRunnerRegistrar, IRunnerGateway, IFleetReader
{
    private long _next = 76;

    public Dictionary<long, (string Token, string Note, RunnerAttributes Attributes)> Runners { get; } = [];

    public List<string> AllTokens { get; } = [];

    /// <summary>Of every runner.</summary>
    public long Jobs { get; set; }

    public bool Refuses { get; set; }

    /// <summary>It does what it is asked, and its answers are lost.</summary>
    public bool AnswersAreLost { get; set; }

    public Task<RegistrarAnswer> CreateAsync(InstanceId instance, string description, RunnerAttributes attributes, string? maintenanceNote, CancellationToken cancel)
    {
        if (Refuses) return Task.FromResult<RegistrarAnswer>(new RegistrarAnswer.Refused(403, "403 Forbidden"));
        var number = ++_next;
        Runners[number] = (Token(number), maintenanceNote ?? "", attributes);
        return Task.FromResult<RegistrarAnswer>(AnswersAreLost ? new RegistrarAnswer.Unknown("no answer") : new RegistrarAnswer.Created(new RunnerId(instance, number), Runners[number].Token));
    }

    public Task<RegistrarAnswer> ResetTokenAsync(RunnerId runner, CancellationToken cancel)
    {
        if (!Runners.TryGetValue(runner.Number, out var known)) return Task.FromResult<RegistrarAnswer>(new RegistrarAnswer.Refused(404, "404 Runner Not Found"));
        Runners[runner.Number] = known with { Token = Token(runner.Number) };
        return Task.FromResult<RegistrarAnswer>(AnswersAreLost ? new RegistrarAnswer.Unknown("no answer") : new RegistrarAnswer.Created(runner, Runners[runner.Number].Token));
    }

    public int Concurrency(InstanceId instance) => 1;

    /// <summary>What was done to runners that were there: <c>pause 77</c>, <c>delete 77</c>.</summary>
    public List<string> Done { get; } = [];

    public bool RefusesToDelete { get; set; }

    public Task<IReadOnlyList<GitLabAnswer>> ReadAsync(IReadOnlyList<RunnerId> runners, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<GitLabAnswer>>([.. runners.Select(one => Runners.TryGetValue(one.Number, out var known) ? new GitLabAnswer.Runner(known.Attributes, known.Note) : (GitLabAnswer)new GitLabAnswer.Gone())]);

    public Task<GitLabAnswer> WriteAsync(RunnerId runner, RunnerAttributes attributes, string? maintenanceNote, CancellationToken cancel)
    {
        if (attributes.Paused) Done.Add($"pause {runner.Number}");
        Runners[runner.Number] = Runners[runner.Number] with { Attributes = attributes };
        return Task.FromResult<GitLabAnswer>(new GitLabAnswer.Runner(attributes));
    }

    public Task<GitLabAnswer> DeleteAsync(RunnerId runner, CancellationToken cancel)
    {
        if (RefusesToDelete) return Task.FromResult<GitLabAnswer>(new GitLabAnswer.Refused(403, "403 Forbidden"));
        Done.Add($"delete {runner.Number}");
        Runners.Remove(runner.Number);
        return Task.FromResult<GitLabAnswer>(new GitLabAnswer.Gone());
    }

    public Task<long> RunningJobsAsync(RunnerId runner, CancellationToken cancel) => Task.FromResult(Jobs);

    public Task<(DateTimeOffset TakenAt, IReadOnlyList<ObservedRunner> Runners)> ReadAsync(InstanceId instance, RequestLane lane, CancellationToken cancel) =>
        Task.FromResult<(DateTimeOffset, IReadOnlyList<ObservedRunner>)>((time.GetUtcNow(),
        [
            .. Runners.Select(one => new ObservedRunner(new RunnerId(StoreFixture.Production, one.Key), "new", RunnerType.Instance, one.Value.Attributes, false, RunnerStatus.NeverContacted, null, time.GetUtcNow(), one.Value.Note, [], new HashSet<long>(), new HashSet<long>())),
        ]));

    private string Token(long number)
    {
        var token = $"glrt-{number}-{AllTokens.Count}-abcdefghijklmnop";
        AllTokens.Add(token);
        return token;
    }
}
