using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Stages and merge requests of a campaign as people read them.</summary>
internal static class CampaignWords
{
    public static (VerdictKind Kind, string Word) Of(StragglerCase one, DateTimeOffset now) => one.Stage switch
    {
        StragglerStage.Selected => (VerdictKind.Unknown, "to be asked"),
        StragglerStage.Asked => (VerdictKind.Wait, "asked"),
        StragglerStage.Reminded => (VerdictKind.Wait, "reminded"),
        StragglerStage.FinalDate when one.IsOverdue(now) => (VerdictKind.Fail, "past the last day"),
        StragglerStage.FinalDate => (VerdictKind.Attention, "told the last day"),
        StragglerStage.Handled => (VerdictKind.Pass, "handled"),
        _ => (VerdictKind.Pass, "gone from docker"),
    };

    public static (VerdictKind Kind, string Word)? Of(StragglerBranch? branch) => branch?.State switch
    {
        BranchState.Opening => (VerdictKind.Wait, "being opened"),
        BranchState.Open => (VerdictKind.Wait, "waits for a merge"),
        BranchState.Merged => (VerdictKind.Pass, "merged"),
        BranchState.Declined => (VerdictKind.Attention, "said no"),
        BranchState.Right => (VerdictKind.Pass, "its file is right"),
        BranchState.NotFixable => (VerdictKind.Attention, "no merge request"),
        _ => null,
    };

    /// <summary>"2 people: who committed lately", for a table.</summary>
    public static string Asked(CampaignLook one) => one.Case.Ladder is not { } ladder ? "not known yet" : ladder.Steps.Count == 0 ? "nobody of it can be asked" : one.Asked.Count == 0 ? "nobody yet"
        : $"{Words.Count(one.Asked.Count, "person", "people")}: {string.Join(", ", ladder.Steps.Where(step => step.People.Any(one.Asked.Contains)).Select(step => Rung(step.Rung)))}";

    public static string Rung(LadderRung rung) => rung switch { LadderRung.Committers => "who committed lately", LadderRung.Maintainers => "maintainers", LadderRung.Owners => "owners", _ => "administrators" };

    public static Actor Actor(UserId person) => new(ActorKind.User, person.ToString());
}
