using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Tests.Shared;

/// <summary>What every live page asks for: production alone, a clock that stands at <see cref="KitContext.Now"/>, no events.</summary>
internal static class PageServices
{
    public static readonly InstanceId Production = new("production");

    public static void AddLivePages(this KitContext kit)
    {
        kit.Services.AddSingleton(new InstanceDirectory([new GitLabInstance(Production, InstanceKind.Production, "https://gitlab.example", true, false)]));
        kit.Services.AddSingleton<IWorldClock>(new StillClock());
        kit.Services.AddSingleton<IPortalEvents>(new NoEvents());
    }

    private sealed class StillClock : IWorldClock
    {
        public DateTimeOffset Now(InstanceId instance) => KitContext.Now;

        public double Speed(InstanceId instance) => 0;
    }

    private sealed class NoEvents : IPortalEvents, IDisposable
    {
        public IDisposable Subscribe(Func<PortalEvent, Task> handler) => this;

        public Task PublishAsync(PortalEvent happened, CancellationToken cancel) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
