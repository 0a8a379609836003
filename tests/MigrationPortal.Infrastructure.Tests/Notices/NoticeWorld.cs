using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Notices;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Notices;

/// <summary>Outbox, channels and senders on a database of the test's own, under a clock that the test turns.</summary>
internal sealed class NoticeWorld : IAsyncDisposable
{
    public static readonly Actor Mara = new(ActorKind.User, "production/1");

    private readonly ServiceProvider _services;

    private NoticeWorld(string connection, Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Logged).SetMinimumLevel(LogLevel.Trace))
            .AddSingleton<TimeProvider>(Time)
            .AddPortalStore(connection)
            .AddPortalNotices(configuration)
            .AddSingleton<ChangeChannel>().AddSingleton<DeliverNotices>().AddSingleton<TestChannel>()
            .BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new(StoreFixture.Noon);

    public LoggedText Logged { get; } = new();

    public static async Task<NoticeWorld> OpenAsync(PostgresFixture postgres, params (string Key, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["Portal:Webhooks:AllowLoopback"] = "true", ["Portal:PublicUrl"] = "https://portal.example.org/base" };
        foreach (var (key, value) in settings) all[key] = value;
        return new NoticeWorld(await postgres.CreateDatabaseAsync("portal", StoreFixture.MigrateAsync), all);
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public async Task<ChannelChanged> HookAsync(Uri url, NoticeRules? rules = null, string name = "hook", ChannelKind kind = ChannelKind.Webhook) =>
        Done(await Get<ChangeChannel>().AddAsync(new ChannelWish(name, kind, true, null, url.AbsoluteUri, null, rules ?? NoticeRules.Usual), Mara, default));

    public Task TellAsync(string key = "a", NoticeSeverity severity = NoticeSeverity.Critical, NoticeKind? kind = null, string sentence = "Operation 12 is halted.") =>
        Get<INotices>().TellAsync(Of(key, severity, kind, sentence), default);

    public static Notice Of(string key, NoticeSeverity severity = NoticeSeverity.Critical, NoticeKind? kind = null, string sentence = "Operation 12 is halted.") => new(
        StoreFixture.Production, kind ?? NoticeKind.OperationHalted, severity, key, sentence, [new NoticeNumber("steps done", "3 of 6")], "operations/12", StoreFixture.Noon);

    public Task<DeliveryReport> DeliverAsync() => Get<DeliverNotices>().RunAsync(default);

    public async Task<IReadOnlyList<Delivery>> DeliveriesAsync() => await Get<IDeliveryStore>().NewestAsync(null, null, 100, null, default);

    public static T Done<T>(Outcome<T> outcome) => outcome.Match(done => done, no => throw new InvalidOperationException($"{no.Code}: {string.Join(' ', no.Reasons)}"));

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>Everything that was logged, to look for what must not be there.</summary>
internal sealed class LoggedText : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = [];

    public string All => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception) + exception);

    public void Dispose()
    {
    }
}
