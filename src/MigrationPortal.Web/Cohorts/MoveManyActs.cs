using System.Security.Claims;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Cohorts;

/// <summary>The same click for several projects: asked once, done for one after the other in the person's name, each with its own answer.</summary>
public sealed class MoveManyActs(InOwnName ownName, MoveProject move, IDialogService dialogs, IWorldClock clock)
{
    /// <param name="forTime">Null: to Kubernetes; else on docker, until a day that is asked or without an end.</param>
    /// <param name="told">Called before the first and after each with how many there are and what has come of those that are done; never when the person did not go on.</param>
    public async Task RunAsync(IReadOnlyList<MyProject> chosen, bool? forTime, ClaimsPrincipal person, Func<int, IReadOnlyList<ManyResult>, Task> told, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(told);
        var todo = chosen.Select(mine => (Mine: mine, Way: forTime is null ? mine.BestWay : mine.BestPin)).Where(one => one.Way is not null).Select(one => (one.Mine, Way: one.Way!)).ToList();
        if (todo.Count == 0 || await dialogs.ConfirmAsync(Ask(chosen, todo, forTime)) is not { } asked || await ownName.TokenAsync(person, cancel) is not { } token) return;
        DateTimeOffset? until = asked.Day is { } day ? MoreTime.EndOf(day) : null;
        var results = new List<ManyResult>();
        await told(todo.Count, []);
        foreach (var (mine, way) in todo)
        {
            var wish = new MoveWish(mine.Project.Id, forTime is null ? EnrollmentTarget.Kubernetes : EnrollmentTarget.Docker, way.Way, until, asked.Given);
            try
            {
                results.Add(Result(mine, MoveActWords.Said(wish, await move.RunAsync(wish, token, person.Actor(), cancel))));
            }
            catch (GitLabUnavailableException fault)
            {
                // It would keep silent for the others too, and each of them would wait for it.
                results.Add(Result(mine, ActSaid.Silent(fault)));
                results.AddRange(todo.Skip(results.Count).Select(left => Result(left.Mine, new ActSaid(false, "Not begun, because GitLab did not answer.", null))));
            }

            await told(todo.Count, [.. results]);
            if (results.Count == todo.Count) return;
        }
    }

    private static ManyResult Result(MyProject mine, ActSaid said) => new(mine.Project.Id, mine.Project.FullPath, said);

    private ConfirmRequest Ask(IReadOnlyList<MyProject> chosen, List<(MyProject Mine, WayOffer Way)> todo, bool? forTime)
    {
        var (projects, jobs) = (Words.Count(todo.Count, "project"), Words.Count(todo.Sum(one => one.Way.Jobs), "job"));
        var left = chosen.Where(mine => todo.All(one => one.Mine != mine)).Select(mine => mine.Project.FullPath).ToList();
        string[] ways =
        [
            .. todo.GroupBy(one => one.Way.Way).OrderBy(way => way.Key).Select(way => way.Key switch
            {
                EnrollmentWay.MergeRequest => $"{Words.Count(way.Count(), "merge request")} {(way.Count() == 1 ? "is" : "are")} opened in your name: nothing happens before you merge.",
                EnrollmentWay.Variable => $"A variable is set in {Words.Count(way.Count(), "project")}: it takes effect with the next pipeline.",
                _ => $"{Words.Count(way.Count(), "project")} {(way.Count() == 1 ? "gets" : "get")} a runner of {(way.Count() == 1 ? "its" : "their")} own, and the shared ones are switched off there: from now on.",
            }),
        ];
        string[] passed = left.Count == 0 ? [] : [$"Passed over, because it cannot be done for you there: {string.Join(", ", left.Take(5))}{(left.Count > 5 ? " and others" : "")}."];
        return forTime switch
        {
            null => new ConfirmRequest($"Try Kubernetes with {projects}?", $"Try it with {jobs}") { Points = [.. ways, .. passed, "You can go back by yourself at any time."] },
            { } bounded => new ConfirmRequest(bounded ? $"More time for {projects}?" : $"Keep {projects} on docker?", $"Keep {jobs} on docker")
            {
                Points = [.. ways, .. passed, bounded ? "After that day the changes are taken out again. You hear before." : "docker runners end for everybody one day; you hear in time."],
                Day = bounded ? MoreTime.Asked(clock.Now(todo[0].Mine.Project.Id.Instance)) : null,
                AskReason = true,
                ReasonRequired = true,
            },
        };
    }
}

/// <summary>What came of one of several projects.</summary>
public sealed record ManyResult(ProjectId Project, string Path, ActSaid Said);
