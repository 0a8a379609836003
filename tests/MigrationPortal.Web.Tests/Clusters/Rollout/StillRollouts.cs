using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Tests.Clusters.Rollout;

/// <summary>Verifications and promotions in memory, newest last; and a QA GitLab that may be written to.</summary>
internal sealed class StillRollouts : IVerificationStore, IPromotionStore, ISmokeDesk
{
    public List<Verification> Verified { get; } = [];

    public List<Promotion> Promoted { get; } = [];

    /// <summary>Held back until it completes.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    public Task<Verification?> AddAsync(Verification verification, CancellationToken cancel)
    {
        Verified.Add(verification with { Id = Verified.Count + 1, Version = 1 });
        return Task.FromResult<Verification?>(Verified[^1]);
    }

    public Task<Verification?> SaveAsync(Verification verification, CancellationToken cancel)
    {
        Verified[Verified.FindIndex(one => one.Id == verification.Id)] = verification;
        return Task.FromResult<Verification?>(verification);
    }

    Task<Verification?> IVerificationStore.FindAsync(long configuration, long id, CancellationToken cancel) => Task.FromResult(Verified.Find(one => one.Id == id));

    async Task<IReadOnlyList<Verification>> IVerificationStore.OfAsync(long configuration, int limit, long? before, CancellationToken cancel)
    {
        await Reading;
        return [.. Verified.AsEnumerable().Reverse()];
    }

    public Task<Verification?> JudgedAsync(long configuration, int revision, CancellationToken cancel) => Task.FromResult(Verified.FindLast(one => one.Revision == revision && one.HasVerdict));

    Task<IReadOnlyList<Verification>> IVerificationStore.OpenAsync(InstanceId instance, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Promotion?> AddAsync(Promotion promotion, CancellationToken cancel)
    {
        Promoted.Add(promotion with { Id = Promoted.Count + 1, Version = 1 });
        return Task.FromResult<Promotion?>(Promoted[^1]);
    }

    public Task<Promotion?> SaveAsync(Promotion promotion, CancellationToken cancel)
    {
        Promoted[Promoted.FindIndex(one => one.Id == promotion.Id)] = promotion;
        return Task.FromResult<Promotion?>(promotion);
    }

    Task<Promotion?> IPromotionStore.FindAsync(long configuration, long id, CancellationToken cancel) => Task.FromResult(Promoted.Find(one => one.Id == id));

    Task<IReadOnlyList<Promotion>> IPromotionStore.OfAsync(long configuration, int limit, long? before, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Promotion>>([.. Promoted.AsEnumerable().Reverse()]);

    Task<IReadOnlyList<Promotion>> IPromotionStore.OpenAsync(InstanceId instance, CancellationToken cancel) => throw new NotSupportedException();

    public bool CanWrite(InstanceId instance) => true;

    public Task<Outcome<SmokeProject>> ProjectAsync(ProjectId project, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Outcome<string>> CommitAsync(SmokeProject project, string branch, string title, string file, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Outcome<SmokeHead?>> BranchAsync(ProjectId project, string branch, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Outcome<bool>> DeleteBranchAsync(ProjectId project, string branch, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Outcome<IReadOnlyList<SmokePipeline>>> PipelinesAsync(ProjectId project, string reference, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Outcome<SmokePipeline>> RunAsync(ProjectId project, string reference, IReadOnlyDictionary<string, string> variables, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Outcome<SmokePipeline>> CancelAsync(ProjectId project, long pipeline, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Outcome<IReadOnlyList<SmokeJobSeen>>> JobsAsync(ProjectId project, long pipeline, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Outcome<string?>> LogAsync(ProjectId project, long job, CancellationToken cancel) => throw new NotSupportedException();
}
