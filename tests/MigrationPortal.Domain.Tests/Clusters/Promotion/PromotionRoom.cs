using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Clusters.Promotion;

/// <summary>Clusters that run what they are told, or what somebody else told them; and a store that may die before or after any write.</summary>
internal sealed class PromotionRoom : IPromotionStore, IRollouts, IWorldClock, IPortalEvents
{
    private readonly Dictionary<long, (int Revision, long? Application, RolloutHealth Health)> clusters = [];
    private long applications;

    public List<Domain.Clusters.Promotion.Promotion> All { get; } = [];

    public MemoryAudit Audit { get; } = new();

    public DateTimeOffset Clock { get; set; } = Make.Now;

    public List<string> Calls { get; } = [];

    public Rate Failures { get; set; } = new(1, 100);

    public Rate Past { get; set; } = new(1, 100);

    /// <summary>What a cluster becomes when a revision is applied to it.</summary>
    public RolloutHealth AfterApply { get; set; } = RolloutHealth.Well;

    public Refusal? No { get; set; }

    public bool IsElsewhere { get; set; }

    /// <summary>Calls until one throws; null: none does.</summary>
    public int? DiesAfter { get; set; }

    public PromotionSteps Steps => new(this, Audit, this, this);

    public Domain.Clusters.Promotion.Promotion Now => All[^1];

    public void Set(long cluster, int revision, RolloutHealth health = RolloutHealth.Well) => clusters[cluster] = (revision, null, health);

    public int RevisionOf(long cluster) => clusters[cluster].Revision;

    public async Task<Domain.Clusters.Promotion.Promotion> BeginAsync(params long[] order)
    {
        foreach (var cluster in order) clusters.TryAdd(cluster, (1, null, RolloutHealth.Well));
        var promotion = new Domain.Clusters.Promotion.Promotion(
            0, 7, 2, Make.Production, 11, null, TimeSpan.FromMinutes(30), PromotionState.Running, [.. order.Select(id => new PromotionStage(id, StageState.Pending, null, null, Clock, null, default, null))], null, Make.Admin, Clock, Clock, 0);
        return (await Steps.BeginAsync(promotion, Make.Admin, default))!;
    }

    public async Task<int> TurnAsync() => (await new AdvancePromotions(this, this, Steps, new PromotionReturn(this, Steps, this), this).RunAsync(Make.Production, default)).Went;

    public StopPromotion Stop => new(this, Steps, this);

    /// <summary>It cannot be asked; null: it answers.</summary>
    public Refusal? Silent { get; set; }

    /// <summary>What bringing back answers; null: it comes back.</summary>
    public Refusal? StaysAway { get; set; }

    public async Task UntilIdleAsync(int most = 60)
    {
        for (var turn = 0; turn < most && Now.IsActive; turn++)
        {
            await TurnAsync();
            Clock += TimeSpan.FromMinutes(10);
        }
    }

    public Task<Domain.Clusters.Promotion.Promotion?> AddAsync(Domain.Clusters.Promotion.Promotion promotion, CancellationToken cancel)
    {
        if (All.Exists(one => one.Configuration == promotion.Configuration && one.IsActive)) return Task.FromResult<Domain.Clusters.Promotion.Promotion?>(null);
        All.Add(promotion with { Id = All.Count + 1, Version = 1 });
        return Task.FromResult<Domain.Clusters.Promotion.Promotion?>(All[^1]);
    }

    public Task<Domain.Clusters.Promotion.Promotion?> SaveAsync(Domain.Clusters.Promotion.Promotion promotion, CancellationToken cancel)
    {
        Die();
        var at = All.FindIndex(one => one.Id == promotion.Id && one.Version == promotion.Version);
        if (at < 0) return Task.FromResult<Domain.Clusters.Promotion.Promotion?>(null);
        All[at] = promotion with { Version = promotion.Version + 1 };
        return Task.FromResult<Domain.Clusters.Promotion.Promotion?>(All[at]);
    }

    public Task<Domain.Clusters.Promotion.Promotion?> FindAsync(long configuration, long id, CancellationToken cancel) => Task.FromResult(All.Find(one => one.Configuration == configuration && one.Id == id));

    public Task<IReadOnlyList<Domain.Clusters.Promotion.Promotion>> OfAsync(long configuration, int limit, long? before, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Domain.Clusters.Promotion.Promotion>>([.. All.Where(one => one.Configuration == configuration && (before is null || one.Id < before)).OrderByDescending(one => one.Id).Take(limit)]);

    public Task<IReadOnlyList<Domain.Clusters.Promotion.Promotion>> OpenAsync(InstanceId instance, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Domain.Clusters.Promotion.Promotion>>([.. All.Where(one => one.IsActive)]);

    public Task<Outcome<RolloutSeen>> ObserveAsync(long cluster, long configuration, int? sought, CancellationToken cancel) =>
        Task.FromResult(Silent is { } no ? (Outcome<RolloutSeen>)no : new RolloutSeen(clusters[cluster].Revision, clusters[cluster].Application, clusters[cluster].Health, $"revision {clusters[cluster].Revision} is {clusters[cluster].Health}."));

    public Task<Outcome<long?>> ApplyAsync(RolloutWish wish, CancellationToken cancel) => Task.FromResult(Apply("apply", wish.Cluster, wish.Revision));

    public Task<Outcome<long?>> ReturnAsync(RolloutWish wish, long? application, CancellationToken cancel)
    {
        if (StaysAway is { } no) return Task.FromResult<Outcome<long?>>(no);
        AfterApply = RolloutHealth.Well;
        return Task.FromResult(Apply("return", wish.Cluster, wish.Revision));
    }

    public Task<Rate> FailuresAsync(long cluster, DateTimeOffset since, CancellationToken cancel) => Task.FromResult(Clock - since >= TimeSpan.FromDays(1) ? Past : Failures);

    DateTimeOffset IWorldClock.Now(InstanceId instance) => Clock;

    public double Speed(InstanceId instance) => 1;

    public IDisposable Subscribe(Func<PortalEvent, Task> handler) => throw new NotSupportedException();

    public Task PublishAsync(PortalEvent happened, CancellationToken cancel) => Task.CompletedTask;

    // As applying does: asked again for what is there, it answers the same and does nothing.
    private Outcome<long?> Apply(string what, long cluster, int revision)
    {
        if (No is { } no) return no;
        if (IsElsewhere) return new Outcome<long?>.Done(null);
        if (clusters[cluster].Revision == revision && clusters[cluster].Application is not null) return clusters[cluster].Application;
        Calls.Add($"{what} {revision} to {cluster}");
        clusters[cluster] = (revision, ++applications, AfterApply);
        Die();
        return applications;
    }

    private void Die()
    {
        if (DiesAfter is { } left && (DiesAfter = left - 1) < 0)
        {
            DiesAfter = null;
            throw new InvalidOperationException("The process died.");
        }
    }
}
