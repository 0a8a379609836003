using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Chooses the tag that leads back to docker. Whether jobs already ask for it is judged by the plan that adds it.</summary>
public sealed class SetFallbackTag(ChangeSettings settings)
{
    /// <returns>Refuses <c>invalid-tag</c>.</returns>
    public async Task<Outcome<MigrationSettings>> RunAsync(InstanceId instance, string tag, Actor who, CancellationToken cancel)
    {
        if (Tags.Problem(tag) is { } problem) return Refusal.Of("invalid-tag", problem);
        return await settings.RunAsync(instance, who, "settings.fallback-tag", $"tag/{tag}", before => before with { FallbackTag = tag }, one => new { one.FallbackTag }, cancel);
    }
}
