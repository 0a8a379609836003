using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Web.Hosting;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Tests.Shared;

/// <summary>A bUnit context with the kit's services, a clock that stands at Wed 25 Nov 2026, 14:20 UTC, and no browser.</summary>
internal sealed class KitContext : BunitContext
{
    public static readonly DateTimeOffset Now = new(2026, 11, 25, 14, 20, 0, TimeSpan.Zero);

    public KitContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton(new DatabaseFaults(_ => null, () => null));
        Services.AddVisualKit();
    }

    public FakeTimeProvider Time { get; } = new(Now);
}
