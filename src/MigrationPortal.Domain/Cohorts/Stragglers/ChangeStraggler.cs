using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <summary>An administrator takes a project on, or gives it more time.</summary>
public sealed class ChangeStraggler(IStragglerStore store, StragglerSteps steps, IWorldClock clock)
{
    /// <param name="until">Another last day; null: it is handled, and nobody is written to any more.</param>
    /// <returns>Refuses <c>not-in-campaign</c>, <c>handled-already</c>, <c>invalid-final-date</c>, <c>changed-meanwhile</c>.</returns>
    public async Task<Outcome<StragglerCase>> RunAsync(ProjectId project, DateTimeOffset? until, string reason, Actor who, CancellationToken cancel)
    {
        var now = clock.Now(project.Instance);
        if ((await store.ActiveAsync(project.Instance, cancel)).FirstOrDefault(one => one.Project == project) is not { } one) return Refusal.Of("not-in-campaign", $"Project {project} is in no campaign, or its jobs are gone from docker already.");
        if (one.Stage == StragglerStage.Handled) return Refusal.Of("handled-already", $"Project {project} is handled since {one.Since:yyyy-MM-dd}: {one.Reason}");
        if (until is { } day && (day <= now || day > now + CampaignWish.Longest)) return Refusal.Of("invalid-final-date", $"Must lie ahead, and within a year: {now.AddDays(1):yyyy-MM-dd} to {now + CampaignWish.Longest:yyyy-MM-dd}.");
        var saved = until is { } later ? await steps.PostponeAsync(one, later, who, reason, cancel) : await steps.GoAsync(one, StragglerStage.Handled, who, reason, "straggler.handled", cancel);
        return saved is not null ? saved : Refusal.Of(DeskCode.ChangedMeanwhile, $"Somebody else changed project {project} at this moment: look again.");
    }
}
