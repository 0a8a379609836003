using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Bench.Operations;

/// <summary>The portal's own operation over its store and its GitLab client: half of the runners widen, the other half narrows, and back.</summary>
internal sealed class ApplyWorld(StubRunners gitlab, ServiceProvider services, FleetSnapshot first, int changes) : IAsyncDisposable
{
    public const int Concurrency = 8;

    private static readonly InstanceId Instance = BenchStore.Instance;

    private bool _isThere;

    public static async Task<ApplyWorld> StartAsync(BenchDatabases databases, int changes, TimeSpan latency, double requestsPerSecond, CancellationToken cancel)
    {
        var gitlab = new StubRunners(latency, changes);
        await gitlab.StartAsync(cancel);
        var source = await databases.CreateAsync(cancel);
        var settings = new Dictionary<string, string?>
        {
            ["Portal:GitLab:Instances:0:Name"] = Instance.Name,
            ["Portal:GitLab:Instances:0:Url"] = gitlab.Address,
            ["Portal:GitLab:Instances:0:ReadToken"] = "read",
            ["Portal:GitLab:Instances:0:WriteToken"] = "write",
            ["Portal:GitLab:Instances:0:OperationsRequestsPerSecond"] = $"{requestsPerSecond}",
            ["Portal:GitLab:Instances:0:OperationsConcurrency"] = $"{Concurrency}",
        };
        var services = new ServiceCollection().AddLogging().AddMetrics().AddPortalStore(_ => source)
            .AddPortalGitLab(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<FreshFleet>().AddSingleton<EndOperation>().AddSingleton<RunOperation>().BuildServiceProvider();
        await services.GetRequiredService<StoreMigrator>().MigrateAsync(cancel);
        var fleet = await ManagedAsync(services, cancel);
        await JobsAsync(services, cancel);
        return new ApplyWorld(gitlab, services, fleet, changes);
    }

    /// <summary>One operation of as many steps as there are changes, from its start until it has ended verified.</summary>
    public async Task<(TimeSpan Took, int Requests)> ApplyAsync(CancellationToken cancel)
    {
        var now = TimeProvider.System.GetUtcNow();
        var fleet = _isThere ? first.With(Changed()!) : first;
        _isThere = !_isThere;
        var desired = (_isThere ? Changed() : first.Runners.ToDictionary(runner => runner.Id, RunnerAttributes? (runner) => runner.Attributes))
            .Select(one => new DesiredRunner(one.Key, one.Value!, "bench")).ToList();
        var census = await services.GetRequiredService<IJobStore>().CensusAsync(Instance, CensusWindow.Until(now), cancel);
        var plan = await services.GetRequiredService<IPlanStore>().AddAsync(
            MakePlan.Compute(new PlanRequest("bench", "{}", fleet, census, desired, [], [], [], now, Actor.Portal)), cancel);
        if (plan.Steps.Count != changes) throw new InvalidOperationException($"{plan.Steps.Count} steps are not {changes}.");
        var operation = new Operation(
            0, Instance, plan.Id, plan.Title, OperationState.Pending, Actor.Portal, "bench", null, now, null, null, null,
            [.. plan.Steps.Select(step => new OperationStep(step, false, OperationStepState.Pending, null, null, null, null))], 0);
        await services.GetRequiredService<IOperationStore>().TryStartAsync(operation, "", cancel);

        var (requests, began) = (gitlab.Requests, TimeProvider.System.GetTimestamp());
        var ended = await services.GetRequiredService<RunOperation>().RunAsync(Instance, cancel);
        var took = TimeProvider.System.GetElapsedTime(began);
        if (ended.Operation is not { State: OperationState.Succeeded, StepsDone: var done } || done != changes)
            throw new InvalidOperationException($"The operation ended otherwise: {ended.Operation}");
        if (gitlab.MostUnderWay > Concurrency) throw new InvalidOperationException($"{gitlab.MostUnderWay} requests at the same time are more than allowed.");
        return (took, gitlab.Requests - requests);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await gitlab.DisposeAsync();
    }

    // Kubernetes takes one tag more, docker gives untagged jobs up.
    private Dictionary<RunnerId, RunnerAttributes?> Changed() => first.Runners.ToDictionary(
        runner => runner.Id,
        RunnerAttributes? (runner) => runner.Standing.Role == RunnerRole.Kubernetes
            ? runner.Attributes with { Tags = runner.Attributes.Tags.With("linux") }
            : runner.Attributes with { RunUntagged = false });

    private static async Task<FleetSnapshot> ManagedAsync(ServiceProvider services, CancellationToken cancel)
    {
        var store = services.GetRequiredService<IFleetStore>();
        var fleet = await services.GetRequiredService<FreshFleet>().ReadAsync(Instance, cancel);
        foreach (var runner in fleet.Runners)
            await store.SetStandingAsync(runner.Id, new RunnerStanding(runner.Id.Number % 2 == 0 ? RunnerRole.Kubernetes : RunnerRole.Legacy, true, true), cancel);
        return (await store.LatestAsync(Instance, cancel))!;
    }

    // Job classes for the gate to look after; too rare to wait for a proof, because nobody runs jobs here.
    private static async Task JobsAsync(ServiceProvider services, CancellationToken cancel)
    {
        var shift = TimeProvider.System.GetUtcNow().AddDays(-2) - BenchJobs.Start;
        var jobs = new BenchJobs(Instance, 7).Next(20_000).Where(job => job.Id.Number % 40 == 0).Select(job => job with
        {
            CreatedAt = job.CreatedAt + shift,
            QueuedAt = job.QueuedAt + shift,
            StartedAt = job.StartedAt + shift,
            FinishedAt = job.FinishedAt + shift,
        });
        await services.GetRequiredService<IJobStore>().RecordAsync(Instance, [.. jobs], cancel);
    }
}
