using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

public sealed class SweepTimerTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task ScheduleChanges_WhileItIsBeingRead_IsReadAgainAtOnce()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, timeScale: 1);
        var (sweep, events) = (new HeldSweep(), new Aloud());
        await using var replica = portal.Replica();
        using var timer = ActivatorUtilities.CreateInstance<SweepTimer>(replica, (IEnumerable<ISweep>)[sweep], events);
        await timer.StartAsync(default);
        await sweep.Reading.WaitAsync(Deadline, TestContext.Current.CancellationToken);

        await events.PublishAsync(new PortalEvent(PortalTopic.Phases, SimulatedPortal.Production, null), default);
        sweep.GoOn.SetResult();

        await sweep.ReadAgain.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        await timer.StopAsync(default);
    }

    /// <summary>The first run waits to be let go; its own pace would bring the second one after an hour.</summary>
    private sealed class HeldSweep : ISweep
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => ScheduleSweep.SweepName;

        public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(50), TimeSpan.FromHours(1));

        public bool NeedsReadToken => false;

        public bool NeedsClock => false;

        public Task Reading => _first.Task;

        public Task ReadAgain => _second.Task;

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
        {
            if (!_first.TrySetResult()) _second.TrySetResult();
            await GoOn.Task.WaitAsync(cancel);
            return new SweepReport("Read.");
        }
    }

    /// <summary>Tells at once, so that what was told has been heard.</summary>
    private sealed class Aloud : IPortalEvents
    {
        private readonly List<Func<PortalEvent, Task>> _handlers = [];

        public IDisposable Subscribe(Func<PortalEvent, Task> handler)
        {
            _handlers.Add(handler);
            return new CancellationTokenSource();
        }

        public Task PublishAsync(PortalEvent happened, CancellationToken cancel) => Task.WhenAll(_handlers.Select(handler => handler(happened)));
    }
}
