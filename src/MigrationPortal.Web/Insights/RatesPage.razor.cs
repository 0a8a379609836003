using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Insights;

/// <summary>Failure rates by any dimension, narrowed by any other: over time, ranked, and with the incidents in them.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class RatesPage
{
    [Inject]
    private ReadRates Rates { get; set; } = null!;

    private Task<RatesShown> ReadRatesAsync(CancellationToken cancel) => Rates.ReadAsync(Asked, CompleteSince, cancel);
}
