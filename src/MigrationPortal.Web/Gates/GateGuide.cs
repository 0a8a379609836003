namespace MigrationPortal.Web.Gates;

/// <summary>What each gate measures and what to do when it holds, in a paragraph for somebody who sees it for the first time.</summary>
internal static class GateGuide
{
    public static string Of(string gate) => gate switch
    {
        "projects" => "An average can be fine while single projects suffer. Each project with enough jobs on Kubernetes is compared with itself on docker; those that are clearly worse are listed. Help them, pin them to docker, or exempt them from the analysis by name in the phase's policy.",
        "sample" => "How many jobs a fair comparison needs follows from docker's failure rate, the margin and how sure the answer shall be. It also needs whole weeks, because bad days come in weeks. It waits by itself; nothing is to be done.",
        "predicted-failures" => "Jobs whose CI file has a finding that would make them fail after the step. Until CI files are scanned it says unknown and, in shadow, holds nothing.",
        "stuck-jobs" => "Pending jobs that no runner can take, or that wait too long. Pending jobs tells which, why, and what would serve them.",
        "queue-time" => "How long jobs wait for a runner since the last step, against the week before it. When it fails, Kubernetes needs more room before more jobs come.",
        "durations" => "The same job names on both executors. In GitLab, starting the pod counts as running, so a slow cluster shows here as well.",
        "fallback-share" => "Jobs that ask for the fallback tag still need docker. The tag's page shows who asks for it.",
        "graduation" => "When the opt-in tag ends, a project that still asks for it finds no runner. Graduation lists who carries it, whose turn comes when and what is in the way; pins list who is kept on docker. Where the opt-in tag is kept for good, nothing is asked for.",
        "capacity" => "Every Kubernetes runner that is not paused should have been in contact within five minutes. Runners tells which is not.",
        "roll-backs" => "A step that the fast roll back took back is tried again by itself once, after a new bake in which all gates passed again. Taken back a second time, it waits for somebody who finds out why and takes it by hand.",
        "calendar" => "In a freeze window nothing flips by itself: automatic flips wait, and a scheduled flip or brownout is held until the window ends, where its rule for missed ones says what happens. Roll backs, evacuations and the return of a brownout are never held, and a person who applies a plan is warned and may go on.",
        "approvals" => "The phase's policy says how many of the named approvers must say yes to the plan of this step, and whether a change reference is asked for; where more than one is needed, the author's own yes does not count. An approval belongs to its plan and ends when the fleet changes. Automation makes the plan when all other gates pass, and applies it when it is approved.",
        "external" => "Others have a say here: a PromQL query whose every sample must be on the right side of its threshold, or a program that posts a signed verdict with an end. No answer, an empty one, NaN or an answer that has ended is unknown, which holds.",
        "data-quality" => "Whether the facts can be relied on: executors known, failure reasons read, jobs looked at lately. When it says unknown, nothing else can be decided.",
        _ => "Kubernetes may fail at most by the margin more often than docker, compared inside each project so that careful projects do not flatter it.",
    };
}
