using System.Security.Claims;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Graduation;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Cohorts;

/// <summary>What a maintainer's clicks do: asked in words first, then done in their name; where GitLab's consent is missing the browser goes there.</summary>
public sealed class MoveActs(InOwnName ownName, MoveProject move, ReturnProject back, GraduateProject graduate, ICohortFacts facts, AnswerInvitation answer, IDialogService dialogs, IWorldClock clock)
{
    /// <returns>What to tell; null when the person did not go on, or left for the consent.</returns>
    public async Task<ActSaid?> TryAsync(MyProject mine, ClaimsPrincipal person, CancellationToken cancel)
    {
        var (way, plan) = (mine.BestWay!, mine.Move!.Plan);
        var staying = (way.Staying ?? plan.Staying.Where(job => job.Kind != JobChangeKind.Pinned).Select(job => job.Name)).ToList();
        List<JobChange> pinned = way.Staying is null ? [.. plan.Staying.Where(job => job.Kind == JobChangeKind.Pinned)] : [];
        var asked = await dialogs.ConfirmAsync(new ConfirmRequest($"Try Kubernetes with {mine.Project.FullPath}?", $"Try it with {Words.Count(way.Jobs, "job")}")
        {
            Text = MoveActWords.Of(way, plan),
            Points = [.. MoveActWords.Branch(way, mine), .. MoveActWords.Pinned(pinned), .. staying.Count > 0 ? [$"{Words.Count(staying.Count, "job")} {(staying.Count == 1 ? "stays where it is" : "stay where they are")}: {string.Join(", ", staying.Take(5))}{(staying.Count > 5 ? " and others" : "")}."] : (string[])[], "You can go back by yourself at any time."],
            AskReason = false,
        });
        return asked is null ? null : await MoveAsync(new MoveWish(mine.Project.Id, EnrollmentTarget.Kubernetes, way.Way, null, null), person, cancel);
    }

    /// <param name="forTime">Until a day that is asked; otherwise without an end. One that was cut off goes on with the end that it has.</param>
    public async Task<ActSaid?> StayAsync(MyProject mine, bool forTime, ClaimsPrincipal person, CancellationToken cancel)
    {
        var way = mine.BestPin!;
        var begun = mine.IsCutOff ? mine.Enrollment : null;
        var asked = await dialogs.ConfirmAsync(new ConfirmRequest(forTime ? $"More time for {mine.Project.FullPath}?" : $"Keep {mine.Project.FullPath} on docker?", $"Keep {Words.Count(way.Jobs, "job")} on docker")
        {
            Text = MoveActWords.Of(way, mine.Pin!.Plan),
            Points = [begun is { Until: { } end } ? $"Until {end:d MMM yyyy}; then it moves like the others." : forTime ? "After that day the change is taken out again, and it moves like the others. You hear before." : "docker runners end for everybody one day; you hear in time."],
            Day = forTime && begun is null ? MoreTime.Asked(clock.Now(mine.Project.Id.Instance)) : null,
            AskReason = true,
            ReasonRequired = true,
        });
        if (asked is null) return null;
        var until = asked.Day is { } day ? MoreTime.EndOf(day) : begun?.Until;
        return await MoveAsync(new MoveWish(mine.Project.Id, EnrollmentTarget.Docker, way.Way, until, asked.Reason), person, cancel);
    }

    public async Task<ActSaid?> BackAsync(MyProject mine, ClaimsPrincipal person, CancellationToken cancel)
    {
        // From the phase on in which Kubernetes takes all jobs, the change is not needed any more, and nothing goes back.
        var stays = mine.Enrollment is { Target: EnrollmentTarget.Default } || (mine.IsMoved && GraduateProject.CanBegin(await facts.ReadAsync(mine.Project.Id.Instance, cancel)));
        var asked = await dialogs.ConfirmAsync(new ConfirmRequest($"Take the change out of {mine.Project.FullPath}?", "Take the change out")
        {
            Text = $"What stood before the change stands again, to the letter; what others wrote since stays.{(stays ? " The jobs run on Kubernetes without it too." : "")}",
            AskReason = true,
        });
        if (asked is null || await ownName.TokenAsync(person, cancel) is not { } token) return null;
        var taken = stays ? await graduate.RunAsync(mine.Project.Id, asked.Reason, token, person.Actor(), cancel) : await back.RunAsync(mine.Project.Id, asked.Reason, token, person.Actor(), cancel);
        return taken.Match(
            done => new ActSaid(true, done.State is EnrollmentState.Returned or EnrollmentState.Graduated ? $"{mine.Project.FullPath} is as it was before." : "A merge request that takes the change out is open: merge it.", MoveAddress.Of(done)), ActSaid.No);
    }

    public async Task<ActSaid> AnswerAsync(MyProject mine, bool accepts, ClaimsPrincipal person, CancellationToken cancel) =>
        (await answer.RunAsync(mine.Project.Id, accepts, null, person.Actor(), cancel)).Match(
            done => new ActSaid(true, done.State switch
            {
                EnrollmentState.Accepted => $"Thank you. {mine.Project.FullPath} may move now.",
                EnrollmentState.Waitlisted => $"Thank you. {mine.Project.FullPath} has its turn a little later: you hear when.",
                _ => $"{mine.Project.FullPath} stays where it is.",
            }, null), ActSaid.No);

    private async Task<ActSaid?> MoveAsync(MoveWish wish, ClaimsPrincipal person, CancellationToken cancel) =>
        await ownName.TokenAsync(person, cancel) is not { } token ? null : MoveActWords.Said(wish, await move.RunAsync(wish, token, person.Actor(), cancel));
}

/// <param name="Address">Where to go on; null: nowhere.</param>
public sealed record ActSaid(bool Done, string Text, string? Address)
{
    public static ActSaid No(Refusal refusal) => new(false, string.Join(" ", refusal.Reasons), null);

    /// <summary>Does it; that GitLab does not answer is told like everything else.</summary>
    public static async Task<ActSaid?> OfAsync(Func<Task<ActSaid?>> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        try
        {
            return await act();
        }
        catch (GitLabUnavailableException fault)
        {
            return Silent(fault);
        }
    }

    /// <summary>GitLab did not answer.</summary>
    public static ActSaid Silent(GitLabUnavailableException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new ActSaid(false, $"{fault.Message} What was begun goes on when you click again.", null);
    }
}

internal static class MoveActWords
{
    /// <summary>What came of it.</summary>
    public static ActSaid Said(MoveWish wish, Outcome<Moved> outcome) => outcome.Match(
        done => new ActSaid(true, done.Progress switch
        {
            MoveProgress.Open => "The merge request is open. The change takes effect once it is merged.",
            _ when wish.Target == EnrollmentTarget.Docker => "Done. It holds from the next pipeline on.",
            _ => "Done. The next pipeline runs there.",
        }, MoveAddress.Of(done.Enrollment)), ActSaid.No);

    /// <summary>What a change of one branch does not reach.</summary>
    public static string[] Branch(WayOffer way, MyProject mine) => way.Way == EnrollmentWay.MergeRequest && mine.Project.DefaultBranch is { } branch
        ? [$"It is a change of the branch {branch}. Other branches run as before until they have it."] : [];

    /// <summary>Jobs that the same change keeps on docker.</summary>
    public static string[] Pinned(IReadOnlyList<JobChange> jobs) => jobs.Count == 0 ? [] :
        [$"{string.Join(", ", jobs.Take(5).Select(job => job.Name))}{(jobs.Count > 5 ? " and others" : "")} {(jobs.Count == 1 ? "gets" : "get")} the tag {string.Join(", ", jobs[0].To)} in the same change, and {(jobs.Count == 1 ? "stays" : "stay")} on docker."];

    /// <summary>What the click does, in a sentence.</summary>
    public static string Of(WayOffer way, MovePlan plan) => way.Way switch
    {
        EnrollmentWay.MergeRequest => "A merge request is opened in your name: it changes the tags of these jobs and nothing else. Nothing happens before you merge it.",
        EnrollmentWay.Variable => $"The variable {plan.Jobs.Select(job => job.Variable).OfType<string>().First()} of the project is set in your name. It takes effect with the next pipeline.",
        _ when plan.Target == EnrollmentTarget.Docker => "The project gets a docker runner that is kept ready for this, and the runners that everybody shares are switched off for it. No file changes. It holds for all its jobs, from now on.",
        _ => "The project gets a Kubernetes runner that is kept ready for this, and the runners that everybody shares are switched off for it. No file changes. It holds for all its jobs, from now on.",
    };
}
