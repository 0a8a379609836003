using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;

namespace MigrationPortal.Infrastructure.Tests.GitLab;

/// <summary>The real client stack over a scripted wire: each request is answered by the next of its answers, the last one repeats.</summary>
internal sealed class StubGitLab : HttpMessageHandler
{
    public static readonly InstanceId Instance = new("production");

    private readonly ConcurrentQueue<Func<HttpRequestMessage, HttpResponseMessage>> _answers = new();
    private Func<HttpRequestMessage, HttpResponseMessage>? _last;

    public List<(string Method, string Url, string? Body, string? Token)> Asked { get; } = [];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.Zero };

    public MemoryBudget Budget { get; } = new();

    public StubGitLab Then(int status, string body, string kind = "application/json", params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(_ =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, kind) };
            foreach (var (name, value) in headers) response.Headers.TryAddWithoutValidation(name, value);
            return response;
        });
        return this;
    }

    public StubGitLab ThenDrops()
    {
        _answers.Enqueue(_ => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        return this;
    }

    public ServiceProvider Services(bool writes = true)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Portal:GitLab:Instances:0:Name"] = Instance.Name,
            ["Portal:GitLab:Instances:0:Url"] = "https://gitlab.example.com/ci/",
            ["Portal:GitLab:Instances:0:ReadToken"] = "glpat-read",
            ["Portal:GitLab:Instances:0:WriteToken"] = writes ? "glpat-write" : null,
        };
        var services = new ServiceCollection();
        services.AddLogging().AddMetrics();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IBudgetStore>(Budget);
        services.AddSingleton<IFleetStore, NoFleetYet>();
        services.AddPortalGitLab(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.ConfigureHttpClientDefaults(client => client.ConfigurePrimaryHttpMessageHandler(() => this));
        foreach (var channel in new[] { "Monitoring", "Looking", "Changing", "Person" })
            services.AddHttpClient(GitLabClients.HttpName(Instance, channel)).ConfigurePrimaryHttpMessageHandler(() => this);
        return services.BuildServiceProvider();
    }

    /// <summary>Lets the clock run while the call waits, as fast as it can: no test sleeps for a <c>Retry-After</c>.</summary>
    public async Task<T> Run<T>(Task<T> call)
    {
        while (!call.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
            await Task.Delay(1);
        }
        return await call;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (Asked) Asked.Add((request.Method.Method, request.RequestUri!.ToString(), body, request.Headers.TryGetValues("PRIVATE-TOKEN", out var token) ? token.Single() : null));
        if (_answers.TryDequeue(out var next)) _last = next;
        var response = (_last ?? throw new InvalidOperationException("Nothing to answer."))(request);
        response.RequestMessage = request;
        return response;
    }

    /// <summary>Always enough, and a record of what was held.</summary>
    internal sealed class MemoryBudget : IBudgetStore
    {
        public ConcurrentQueue<(RequestLane Lane, string Purpose)> Taken { get; } = new();

        public ConcurrentQueue<(RequestLane Lane, DateTimeOffset Until)> Held { get; } = new();

        public Func<RequestLane, TimeSpan> Answer { get; set; } = _ => TimeSpan.Zero;

        public Task<TimeSpan> TakeAsync(InstanceId instance, RequestLane lane, string purpose, int requests, BudgetLimit limit, DateTimeOffset now, CancellationToken cancel)
        {
            var wait = Answer(lane);
            if (wait <= TimeSpan.Zero) Taken.Enqueue((lane, purpose));
            return Task.FromResult(wait);
        }

        public Task PutOffAsync(InstanceId instance, RequestLane lane, string purpose, DateTimeOffset now, CancellationToken cancel) => Task.CompletedTask;

        public Task HoldAsync(InstanceId instance, RequestLane lane, DateTimeOffset until, CancellationToken cancel)
        {
            Held.Enqueue((lane, until));
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<BudgetSpending>> SpendingAsync(InstanceId instance, TimeWindow minutes, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<BudgetSpending>>([]);

        public Task<BudgetWaits> WaitsAsync(InstanceId instance, DateTimeOffset now, CancellationToken cancel) => Task.FromResult(BudgetWaits.None);

        public Task<int> RemoveSpendingAsync(DateTimeOffset before, CancellationToken cancel) => Task.FromResult(0);
    }
}

/// <summary>A portal that has read nothing so far.</summary>
internal sealed class NoFleetYet : IFleetStore
{
    public Task<FleetSnapshot?> LatestAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<FleetSnapshot?>(null);

    public Task<FleetSnapshot> StoreAsync(InstanceId instance, DateTimeOffset takenAt, IReadOnlyList<ObservedRunner> runners, CancellationToken cancel) => throw new NotSupportedException();

    public Task SetStandingAsync(RunnerId runner, RunnerStanding standing, CancellationToken cancel) => throw new NotSupportedException();

    public Task SaveBaselinesAsync(InstanceId instance, IReadOnlyDictionary<RunnerId, RunnerAttributes> baselines, CancellationToken cancel) => throw new NotSupportedException();
}
