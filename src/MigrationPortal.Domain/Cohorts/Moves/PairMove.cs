using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>
/// What the runner pair would do for one project. It moves every job: instance runners are off for the project then, so each
/// tag set of its CI file and of its recent jobs must be served by the pair, and a job that has to stay on docker by the docker
/// runner alone. There is no priority between runners (gitlab-api.md 8), so none may be served by both. Pure.
/// </summary>
/// <param name="Assign">GitLab's numbers of the runners that the project needs.</param>
/// <param name="GroupRunnersOff">Runners of its groups would take the same jobs.</param>
/// <param name="Jobs">Of the CI file that move.</param>
/// <param name="Staying">Names of those that stay on docker.</param>
/// <param name="Why">Why it cannot be used; null when it can.</param>
public sealed record PairMove(IReadOnlyList<long> Assign, bool GroupRunnersOff, int Jobs, IReadOnlyList<string> Staying, string? Why)
{
    public static PairMove Of(MovePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Ground.Now is not { } pair) return Not("No runners are kept ready for moving whole projects. Those who run your GitLab can set them up.");
        if (!pair.Of(plan.Target).IsFit) return Not("The runner that is kept ready for this cannot take jobs at the moment. Those who run your GitLab see why.");
        return plan.Target == EnrollmentTarget.Docker ? ToDocker(plan, pair) : ToKubernetes(plan, pair);
    }

    private static PairMove ToKubernetes(MovePlan plan, PairNow pair)
    {
        var asked = Asked(plan);
        if (plan.Jobs.FirstOrDefault(job => job.WillFail && job.HasVariable) is { } unclear) return Not($"{unclear.Name} will not work on Kubernetes as it is, and its tags come from a variable: it could not be kept on docker.");
        if (plan.Jobs.FirstOrDefault(job => job.WillFail && pair.Kubernetes.Takes(TagSet.Of(job.From))) is { } failing)
            return Not($"{failing.Name} will not work on Kubernetes as it is, and this would move it with the others.");
        var staying = asked.Where(one => !pair.Kubernetes.Takes(one.Tags)).ToList();
        if (staying.FirstOrDefault(one => !pair.Docker.Takes(one.Tags)) is { } stranded) return Not($"{stranded.Who} would find no runner: none that is kept ready takes {Words(stranded.Tags)}.");
        if (staying.Count > 0 && !pair.Docker.IsFit) return Not($"{staying[0].Who} has to stay on docker, and the docker runner that is kept ready cannot take jobs at the moment.");
        var moving = asked.Where(one => pair.Kubernetes.Takes(one.Tags)).ToList();
        if (staying.Count > 0 && moving.FirstOrDefault(one => pair.Docker.Takes(one.Tags)) is { } torn)
            return Not($"{staying[0].Who} has to stay on docker, and the docker runner that is kept ready would take {Words(torn.Tags)} too.");
        if (Rival(plan.Ground.Own, moving, ExecutorFamily.Kubernetes) is { } rival) return Not($"The project's own runner {rival.Description} takes the same jobs: pause it or take it out of the project first.");
        var names = staying.Select(one => one.Job).OfType<string>().ToList();
        var jobs = plan.Jobs.Count(job => job.Kind != JobChangeKind.There && !names.Contains(job.Name, StringComparer.Ordinal));
        return jobs == 0 ? Not("No job of the project would move.")
            : new(staying.Count > 0 ? [pair.Pair.Kubernetes, pair.Pair.Docker] : [pair.Pair.Kubernetes], Rival(plan.Ground.OfGroups, moving, ExecutorFamily.Kubernetes) is not null, jobs, names, null);
    }

    private static PairMove ToDocker(MovePlan plan, PairNow pair)
    {
        var asked = Asked(plan);
        if (asked.FirstOrDefault(one => !pair.Docker.Takes(one.Tags)) is { } stranded) return Not($"{stranded.Who} would find no runner: the docker runner that is kept ready does not take {Words(stranded.Tags)}.");
        if (Rival(plan.Ground.Own, asked, ExecutorFamily.Docker) is { } rival) return Not($"The project's own runner {rival.Description} takes the same jobs: pause it or take it out of the project first.");
        // As many as a tag would keep; where no tag leads back, all.
        var led = plan.Jobs.Count(job => job.Kind == JobChangeKind.Moves);
        var jobs = led > 0 ? led : plan.Jobs.Count(job => job.Kind != JobChangeKind.There);
        return jobs == 0 ? Not("Its jobs stay on docker anyway.") : new([pair.Pair.Docker], Rival(plan.Ground.OfGroups, asked, ExecutorFamily.Docker) is not null, jobs, [], null);
    }

    // What a variable becomes is seen in recent jobs, and once more when the person clicks.
    private static List<Ask> Asked(MovePlan plan) =>
    [
        .. plan.Jobs.Where(job => !job.HasVariable).Select(job => new Ask(job.Name, TagSet.Of(job.From))),
        .. plan.Ground.Recent.Select(tags => new Ask(null, tags)),
    ];

    private static ObservedRunner? Rival(IEnumerable<ObservedRunner> others, List<Ask> asked, ExecutorFamily wanted) => others.FirstOrDefault(runner =>
        runner.Managers.Any(manager => manager.Executor.Family != wanted) && asked.Exists(one => JobMatcher.Takes(runner.Attributes, one.Tags, protectedRef: true)));

    private static string Words(TagSet tags) => tags.IsEmpty ? "jobs without tags" : $"jobs with {(tags.Count == 1 ? "the tag" : "the tags")} {string.Join(", ", tags)}";

    private static PairMove Not(string why) => new([], false, 0, [], why);

    /// <param name="Job">Null: not in the CI file now, a job asked for it lately.</param>
    private sealed record Ask(string? Job, TagSet Tags)
    {
        public string Who => Job ?? "A job that ran lately";
    }
}
