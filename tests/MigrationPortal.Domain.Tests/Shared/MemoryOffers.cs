using MigrationPortal.Domain.Cohorts.Graduation;
using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Shared;

/// <summary>The last offer of each project.</summary>
public sealed class MemoryOffers : IOfferStore
{
    public Dictionary<ProjectId, Offer> Last { get; } = [];

    public Task<IReadOnlyDictionary<ProjectId, Offer>> LastAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<ProjectId, Offer>>(Last);

    public Task<bool> AddAsync(Offer offer, DateTimeOffset notSince, CancellationToken cancel)
    {
        if (Last.TryGetValue(offer.Project, out var last) && last.At > notSince) return Task.FromResult(false);
        Last[offer.Project] = offer with { Times = (last?.Times ?? 0) + 1 };
        return Task.FromResult(true);
    }
}

public sealed class MemoryGraduations : IGraduationStore
{
    public GraduationOrder? Order { get; set; }

    public Task<GraduationOrder?> FindAsync(InstanceId instance, CancellationToken cancel) => Task.FromResult(Order);

    public Task SaveAsync(GraduationOrder order, CancellationToken cancel) => Task.FromResult(Order = order);

    public Task<bool> RemoveAsync(InstanceId instance, CancellationToken cancel)
    {
        var had = Order is not null;
        Order = null;
        return Task.FromResult(had);
    }
}
