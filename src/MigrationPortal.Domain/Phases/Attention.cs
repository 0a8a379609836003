using System.Globalization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Domain.Phases;

/// <summary>One line of the dashboard's attention list: its title can be read alone.</summary>
/// <param name="Code">Stable, such as <c>operation-halted</c>; pages choose icon and link by it.</param>
/// <param name="Subject">Id of the object to open, such as an operation's; null when there is one page only.</param>
/// <param name="Evidence">The page with what it rests on, where that is another one.</param>
public sealed record AttentionItem(AttentionLevel Level, string Code, string Title, string? Detail = null, string? Subject = null, ActLink? Evidence = null);

/// <summary>In the order of display: bad news first.</summary>
public enum AttentionLevel
{
    Fail,
    Attention,
    Unknown,
    Wait,
}

/// <summary>Job classes that wait for a runner now although nobody serves them.</summary>
public sealed record UnservedPending(Shared.TagSet Tags, long Jobs, int Projects);

/// <param name="Now">The instance's time.</param>
/// <param name="Drift">Empty while an operation is under way.</param>
public sealed record AttentionFacts(
    DateTimeOffset Now,
    ConnectionHealth? Health,
    FleetSnapshot? Fleet,
    PhaseState State,
    OperationHead? Operation,
    IReadOnlyList<DriftedRunner> Drift,
    IReadOnlyList<UnservedPending> Unserved)
{
    /// <summary>Those that have not ended.</summary>
    public IReadOnlyList<Brownout> Brownouts { get; init; } = [];

    /// <summary>Of those that wait without a runner, the ones that a brownout makes wait: not <see cref="Unserved"/>.</summary>
    public IReadOnlyList<UnservedPending> Awaited { get; init; } = [];

    /// <summary>Scheduled flips that were missed and wait for an answer.</summary>
    public IReadOnlyList<ScheduledFlip> Missed { get; init; } = [];

    /// <summary>From <see cref="ReadAutomationNeeds"/>.</summary>
    public AutomationNeeds Automation { get; init; } = AutomationNeeds.None;
}

/// <summary>What an admin should look at. Pure.</summary>
public static class Attention
{
    /// <summary>GitLab 20.0 removes docker+machine and registration tokens (gitlab-api.md 10: May 2027).</summary>
    public static readonly DateOnly GitLab20 = new(2027, 5, 20);

    private static readonly int[] TokenDays = [30, 7, 1];

    public static int DaysToGitLab20(DateTimeOffset now) => Math.Max(0, GitLab20.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber);

    public static IReadOnlyList<AttentionItem> Of(AttentionFacts facts) =>
    [
        .. AutomationAttention.Of(facts.Automation).Concat(OfOperation(facts.Operation)).Concat(OfBrownouts(facts)).Concat(OfSchedule(facts)).Concat(OfHealth(facts)).Concat(OfFleet(facts)).Concat(OfJobs(facts)).Concat(OfDeadline(facts))
            .OrderBy(item => item.Level),
    ];

    private static IEnumerable<AttentionItem> OfOperation(OperationHead? operation)
    {
        if (operation?.State == OperationState.Halted)
            yield return new AttentionItem(AttentionLevel.Fail, "operation-halted", $"Operation {operation.Id} is halted: {operation.Title}", operation.Waits, operation.Id.ToString(CultureInfo.InvariantCulture));
        else if (operation is { Brownout: null, State: OperationState.Waiting or OperationState.RollingBack, Waits: { } why })
            yield return new AttentionItem(AttentionLevel.Wait, "operation-waiting", $"Operation {operation.Id} waits: {operation.Title}", why, operation.Id.ToString(CultureInfo.InvariantCulture));
    }

    private static IEnumerable<AttentionItem> OfBrownouts(AttentionFacts facts)
    {
        foreach (var one in facts.Brownouts)
        {
            var id = one.OperationId.ToString(CultureInfo.InvariantCulture);
            var waiting = facts.Awaited.Where(set => set.Tags.Contains(one.Tag)).ToList();
            var jobs = $"{waiting.Sum(set => set.Jobs)} pending jobs wait for it, as meant.";
            yield return one.IsOverdue(facts.Now)
                ? new AttentionItem(AttentionLevel.Fail, "brownout-overdue", $"{one.Tag} should be back since {one.Until.UtcDateTime:HH:mm} UTC and is not everywhere",
                    facts.Operation?.Id == one.OperationId && facts.Operation.Waits is { } why ? why : $"{jobs} The portal tries until every runner has it.", id)
                : new AttentionItem(AttentionLevel.Wait, "brownout", $"Brownout: {one.Tag} is away until {one.Until.UtcDateTime:HH:mm} UTC", jobs, id);
        }
    }

    private static IEnumerable<AttentionItem> OfSchedule(AttentionFacts facts) => facts.Missed.Select(flip => new AttentionItem(
        AttentionLevel.Attention, "flip-missed", $"Missed: {TargetWords.Title(flip.Target)}", $"Due {flip.DueAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {flip.MissedWhy} Run it now or remove it."));

    private static IEnumerable<AttentionItem> OfHealth(AttentionFacts facts)
    {
        if (facts.Health is not { } health) yield break;
        if (!health.Reachable) yield return new AttentionItem(AttentionLevel.Unknown, "gitlab-unreachable", "GitLab does not answer: what is shown is from before", string.Join(" ", health.Problems));
        else if (!health.CanRead) yield return new AttentionItem(AttentionLevel.Fail, "cannot-read", "GitLab refuses the read token", string.Join(" ", health.Problems));
        else if (!health.CanWrite) yield return new AttentionItem(AttentionLevel.Attention, "observe-mode", "Observe mode: plans can be made but not applied", string.Join(" ", health.Problems));
        foreach (var (name, token) in new[] { ("read", health.ReadToken), ("write", health.WriteToken) })
        {
            if (token?.ExpiresOn is not { } expires) continue;
            var days = expires.DayNumber - DateOnly.FromDateTime(health.CheckedAt.UtcDateTime).DayNumber;
            if (days <= TokenDays[0])
                yield return new AttentionItem(days <= TokenDays[1] ? AttentionLevel.Fail : AttentionLevel.Attention, "token-expires",
                    days < 0 ? $"The {name} token expired on {expires:yyyy-MM-dd}" : $"The {name} token expires in {days} days", "Make a new one in GitLab and set it.", name);
        }
    }

    private static IEnumerable<AttentionItem> OfFleet(AttentionFacts facts)
    {
        var open = facts.Fleet?.Runners.Where(runner => runner.Standing is { Managed: true, RoleConfirmed: false }).ToList() ?? [];
        var late = open.Where(runner => runner.Standing.Role == RunnerRole.Legacy && facts.State.Current?.Phase >= Phase.UntaggedTakeover).ToList();
        if (late.Count > 0) yield return new AttentionItem(AttentionLevel.Fail, "new-legacy-runner", $"{late.Count} new legacy runners appeared after the takeover began", Names(late));
        if (open.Count > 0) yield return new AttentionItem(AttentionLevel.Attention, RolesUnconfirmed.Code, open.Count == 1 ? "1 runner has only a proposed role" : $"{open.Count} runners have only a proposed role", Names(open));
        // One that something else sets again has a line of its own.
        var drift = facts.Drift.Where(one => facts.Automation.Conflicts.All(conflict => conflict.Runner.Runner.Id != one.Runner.Id)).ToList();
        if (drift.Count > 0)
            yield return new AttentionItem(AttentionLevel.Attention, "drift", $"{(drift.Count == 1 ? "1 runner differs" : $"{drift.Count} runners differ")} from what {facts.State.Current?.Phase.Key()} desires",
                string.Join("; ", drift.Take(3).Select(one => $"{one.Runner.Observed.Description}: {one.Words}")));
    }

    private static IEnumerable<AttentionItem> OfJobs(AttentionFacts facts)
    {
        foreach (var one in facts.Unserved.OrderByDescending(one => one.Jobs))
            yield return new AttentionItem(AttentionLevel.Fail, "unserved-pending", $"{one.Jobs} pending jobs ({one.Tags}) have no runner", $"In {one.Projects} projects. GitLab drops them after an hour.", one.Tags.ToString());
    }

    private static IEnumerable<AttentionItem> OfDeadline(AttentionFacts facts)
    {
        var ending = facts.Fleet?.Runners.Count(runner => runner.Observed.Managers.Any(manager => manager.Executor.EndsWithGitLab20)) ?? 0;
        if (ending > 0)
            yield return new AttentionItem(AttentionLevel.Wait, "gitlab-20", $"{DaysToGitLab20(facts.Now)} days until GitLab 20.0 removes docker+machine", ending == 1 ? "1 runner still uses it." : $"{ending} runners still use it.");
    }

    private static string Names(List<FleetRunner> runners) =>
        string.Join(", ", runners.Take(5).Select(runner => runner.Observed.Description)) + (runners.Count > 5 ? ", ..." : "");
}
