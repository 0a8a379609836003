using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Web.Fleet;

/// <summary>What is wrong with a half of the pair, and what mends it.</summary>
internal static class PairWords
{
    /// <summary>Stable words of the API.</summary>
    public static string Code(this PairFault fault) => fault switch
    {
        PairFault.NotThere => "not-there",
        PairFault.NotAProjectRunner => "not-a-project-runner",
        PairFault.WrongExecutor => "wrong-executor",
        PairFault.ExecutorNotKnown => "executor-not-known",
        PairFault.Locked => "locked",
        PairFault.Paused => "paused",
        PairFault.Silent => "no-contact",
        PairFault.ProtectedOnly => "protected-only",
        _ => "refuses-untagged",
    };

    public static string Sentence(this PairFault fault, PairHalf half) => fault switch
    {
        PairFault.NotThere => "GitLab no longer has it. Name another one.",
        PairFault.NotAProjectRunner => "It is no project runner, and GitLab assigns only those. Name another one.",
        PairFault.WrongExecutor => $"It has another executor. Name one with {(half.Family == ExecutorFamily.Kubernetes ? "the Kubernetes executor" : "a docker executor")}.",
        PairFault.ExecutorNotKnown => "No runner process has come with its token yet, so its executor is not known. Start one.",
        PairFault.Locked => "It is locked to its own project. Take the lock off in GitLab.",
        PairFault.Paused => "It is paused. Unpause it in GitLab.",
        PairFault.Silent => "It has not been in contact for 5 min or more. Look at its process.",
        PairFault.ProtectedOnly => "It takes jobs of protected branches alone. Allow the others in GitLab.",
        _ => "It refuses jobs without tags, which most are. Let it run untagged jobs in GitLab.",
    };

    /// <summary>What the docker half's answer to untagged jobs means for projects: both can be wanted.</summary>
    public static string DockerReach(PairHalf docker) => docker.Seen is not { } seen ? ""
        : seen.Attributes.RunUntagged ? "Takes jobs without tags: whole projects can stay on docker by it. A project of which some jobs have to stay on docker cannot move by the pair then, because both runners would take its other jobs."
        : "Refuses jobs without tags: projects can move and leave the jobs that ask for its tags on docker. A project with jobs without tags cannot stay on docker as a whole by it.";
}
