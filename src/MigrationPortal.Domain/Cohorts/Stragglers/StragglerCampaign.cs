using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <summary>An administrator's word that the people of some projects are asked, reminded and told a last day.</summary>
/// <param name="RemindDays">Whole days between two mails.</param>
/// <param name="FinalAt">Docker ends for these projects then; the instance's time.</param>
/// <param name="QuietDays">So many days without such a job end it for a project; also how far back jobs count.</param>
/// <param name="MostOpen">Merge requests of the portal's that are open at one time.</param>
/// <param name="At">The instance's time.</param>
public sealed record StragglerCampaign(long Id, InstanceId Instance, int RemindDays, DateTimeOffset FinalAt, int QuietDays, int MostOpen, string Reason, Actor By, DateTimeOffset At)
{
    public TimeSpan Between => TimeSpan.FromDays(RemindDays);
}

/// <summary>One project in a campaign.</summary>
/// <param name="Campaign">The one that it was chosen in.</param>
/// <param name="Ladder">Whom to ask; null while nobody has looked yet.</param>
/// <param name="FinalAt">The campaign's, unless an administrator gave more time.</param>
/// <param name="Reason">Of the last step.</param>
/// <param name="By">Who took it.</param>
/// <param name="Since">When; the instance's time.</param>
public sealed record StragglerCase(
    long Id, StragglerCampaign Campaign, ProjectId Project, StragglerStage Stage, ContactLadder? Ladder, DateTimeOffset FinalAt, string? Reason, Actor By, DateTimeOffset Since, long Version)
{
    /// <summary>The next stage that time alone brings; null: none does.</summary>
    public StragglerStage? DueAt(DateTimeOffset now) => Stage switch
    {
        StragglerStage.Asked when now >= Since + Campaign.Between => StragglerStage.Reminded,
        // The last mail comes that long before the day, and never sooner after the second one.
        StragglerStage.Reminded when now >= Since + Campaign.Between && now >= FinalAt - Campaign.Between => StragglerStage.FinalDate,
        _ => null,
    };

    /// <summary>The last day has passed, and people are not heard any more: an administrator's turn.</summary>
    public bool IsOverdue(DateTimeOffset now) => Stage == StragglerStage.FinalDate && now >= FinalAt;

    /// <exception cref="InvalidOperationException">The table of stages forbids it: a bug, because refusals come before.</exception>
    public StragglerCase Go(StragglerStage to, Actor by, DateTimeOffset at, string? reason)
    {
        if (!StragglerStages.Allows(Stage, to)) throw new InvalidOperationException($"A straggler never goes from {Stage} to {to}.");
        // A last day that came while nobody told it would be none: there is as much time again as between two mails.
        var final = to == StragglerStage.FinalDate && FinalAt < at + Campaign.Between ? at + Campaign.Between : FinalAt;
        return this with { Stage = to, By = by, Since = at, Reason = reason, FinalAt = final };
    }
}

/// <param name="Stage">That it came into.</param>
/// <param name="At">The instance's time.</param>
public sealed record StragglerStep(StragglerStage Stage, DateTimeOffset At, Actor By, string? Reason);
