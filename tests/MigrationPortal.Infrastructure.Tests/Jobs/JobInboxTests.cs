using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Tests.Jobs;

public sealed class JobInboxTests
{
    private static readonly InstanceId Production = new("production");
    private static readonly EventProof Proof = new("secret", null, null, null);
    private readonly BookOfJobs _store = new();
    private readonly StoreTrouble _trouble = new();

    [Fact]
    public void Take_MoreThanTheQueueHolds_IsTurnedAwayWithAPause()
    {
        var (inbox, _) = Make();
        for (var job = 1; job <= JobInbox.Capacity; job++) Take(inbox, job).ShouldBeOfType<JobReceipt.Taken>();

        Take(inbox, 1).ShouldBeOfType<JobReceipt.Full>().RetryAfter.ShouldBeGreaterThan(TimeSpan.Zero);
        inbox.Take(new EventProof("wrong", null, null, null), Body(1)).ShouldBeOfType<JobReceipt.NotProven>();
    }

    [Fact]
    public async Task Stop_WritesDownAllThatWasTaken_AndTakesNothingMore()
    {
        var (inbox, writer) = Make();
        for (var job = 1; job <= 25_000; job++) Take(inbox, job);
        await writer.StartAsync(TestContext.Current.CancellationToken);
        await writer.StopAsync(TestContext.Current.CancellationToken);

        _store.Recorded.Order().ShouldBe(Enumerable.Range(1, 25_000).Select(job => (long)job));
        _store.Batches.Max().ShouldBe(InboxWriter.MostAtOnce);
        Take(inbox, 25_001).ShouldBeOfType<JobReceipt.Full>();
    }

    [Fact]
    public async Task DatabaseAway_EventsWaitAndAreRecordedWhenItIsBack()
    {
        var (inbox, writer) = Make();
        _store.Fault = _ => new NpgsqlException("The connection is lost.");
        for (var job = 1; job <= 300; job++) Take(inbox, job);
        await writer.StartAsync(TestContext.Current.CancellationToken);
        await Until(() => _trouble.Now is not null);
        _store.Recorded.ShouldBeEmpty();

        _store.Fault = null;
        await Until(() => _store.Recorded.Count == 300);
        await Until(() => _trouble.Now is null);
        await writer.StopAsync(TestContext.Current.CancellationToken);
        _store.Recorded.Distinct().Count().ShouldBe(300);
    }

    [Fact]
    public async Task OneEventThatCannotBeRecorded_HoldsUpNoOther()
    {
        var (inbox, writer) = Make();
        _store.Fault = jobs => jobs.Any(job => job.Id.Number == 77) ? new InvalidOperationException("not this one") : null;
        for (var job = 1; job <= 300; job++) Take(inbox, job);
        await writer.StartAsync(TestContext.Current.CancellationToken);
        await writer.StopAsync(TestContext.Current.CancellationToken);

        _store.Recorded.Order().ShouldBe(Enumerable.Range(1, 300).Where(job => job != 77).Select(job => (long)job));
    }

    [Fact]
    public async Task StopWithTheDatabaseAway_EndsWhenTheHostHasWaitedLongEnough()
    {
        var (inbox, writer) = Make();
        _store.Fault = _ => new NpgsqlException("The connection is lost.");
        Take(inbox, 1);
        await writer.StartAsync(TestContext.Current.CancellationToken);
        await Until(() => _trouble.Now is not null);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await writer.StopAsync(patience.Token);

        writer.ExecuteTask!.IsCompleted.ShouldBeTrue();
        _store.Recorded.ShouldBeEmpty();
    }

    private static JobReceipt Take(JobInbox inbox, long job) => inbox.Take(Proof, Body(job));

    private static byte[] Body(long job) => Encoding.UTF8.GetBytes(
        $$"""{"object_kind":"build","build_id":{{job}},"build_name":"unit","build_status":"running","build_created_at":"2026-11-23 08:00:00 UTC","project_id":1}""");

    private (JobInbox Inbox, InboxWriter Writer) Make()
    {
        var options = new GitLabOptions { Instances = [new() { Name = Production.Name, WebhookToken = "secret" }] };
        var instances = new InstanceDirectory([new GitLabInstance(Production, InstanceKind.Production, "https://gitlab.example.org", false, false)]);
        var metrics = new InboxMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
        var inbox = new JobInbox(new GitLabWebhook(options, TimeProvider.System), instances, metrics, TimeProvider.System);
        return (inbox, new InboxWriter(inbox, _store, instances, _trouble, metrics, TimeProvider.System, NullLogger<InboxWriter>.Instance));
    }

    private static async Task Until(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!holds()) await Task.Delay(10, patience.Token);
    }

    private sealed class BookOfJobs : IJobStore
    {
        private readonly Lock _gate = new();
        private readonly List<long> _recorded = [];
        private readonly List<int> _batches = [];

        public Func<IReadOnlyCollection<JobObservation>, Exception?>? Fault { get; set; }

        public IReadOnlyList<long> Recorded
        {
            get
            {
                lock (_gate) return [.. _recorded];
            }
        }

        public IReadOnlyList<int> Batches => _batches;

        public Task<int> RecordAsync(InstanceId instance, IReadOnlyCollection<JobObservation> observations, CancellationToken cancel)
        {
            if (Fault?.Invoke(observations) is { } fault) throw fault;
            lock (_gate)
            {
                _recorded.AddRange(observations.Select(job => job.Id.Number));
                _batches.Add(observations.Count);
            }

            return Task.FromResult(observations.Count);
        }

        public Task<JobClassCensus> CensusAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlySet<RunnerId>> StartedJobSinceAsync(InstanceId instance, IReadOnlyCollection<RunnerId> runners, DateTimeOffset since, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<RunnerId, long>> RunningAsync(InstanceId instance, IReadOnlyCollection<RunnerId> runners, DateTimeOffset startedSince, CancellationToken cancel) => throw new NotSupportedException();
    }
}
