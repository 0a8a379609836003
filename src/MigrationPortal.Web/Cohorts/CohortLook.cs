using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>How places in a cohort are shown to administrators.</summary>
public static class CohortLook
{
    /// <summary>Runs on Kubernetes by its own wish: the target is reached, whether a job has shown it yet or not.</summary>
    public static bool IsOnKubernetes(Enrollment one) => one is { Target: EnrollmentTarget.Kubernetes, State: EnrollmentState.Moved or EnrollmentState.Verified or EnrollmentState.Returning };

    /// <summary>The states by how far they are, in the order of the bar.</summary>
    public static IReadOnlyList<MeterPart> Parts(IReadOnlyCollection<Enrollment> members)
    {
        var moved = members.Count(IsOnKubernetes);
        var onItsWay = Count(members, EnrollmentState.Accepted, EnrollmentState.Moving);
        var waits = Count(members, EnrollmentState.Waitlisted);
        var pinned = members.Count(one => one.IsPin);
        var asked = Count(members, EnrollmentState.Selected, EnrollmentState.Invited);
        return
        [
            new(moved, "k8s", $"{Words.Count(moved)} on Kubernetes"), new(onItsWay, "other", $"{Words.Count(onItsWay)} said yes"), new(waits, "text-2", $"{Words.Count(waits)} wait for their turn"),
            new(asked, "line-strong", $"{Words.Count(asked)} not answered"), new(pinned, "docker", $"{Words.Count(pinned)} stay on docker"),
        ];
    }

    public static VerdictKind Kind(Enrollment one) => one.State switch
    {
        EnrollmentState.Verified or EnrollmentState.Graduated => VerdictKind.Pass,
        EnrollmentState.Refused => VerdictKind.Fail,
        EnrollmentState.Declined or EnrollmentState.Returned or EnrollmentState.Returning => VerdictKind.Attention,
        EnrollmentState.Withdrawn => VerdictKind.Unknown,
        _ => VerdictKind.Wait,
    };

    /// <summary>The way that a change came by, in a sentence; null while none is chosen.</summary>
    public static string? Way(EnrollmentWay? way) => way switch
    {
        EnrollmentWay.MergeRequest => "merge request",
        EnrollmentWay.Variable => "variable",
        EnrollmentWay.ProjectRunner => "runners of its own",
        EnrollmentWay.Paste => "lines that were pasted",
        _ => null,
    };

    /// <summary>What a wave waits for before it begins.</summary>
    public static string StartWords(WaveStart start) => start switch
    {
        WaveStart.AtTime => "at a time",
        WaveStart.WhenGatesPass => "when the wave before has baked and no gate speaks against it",
        _ => "by hand",
    };

    public static string Excluded(string code) => code switch
    {
        Exclusions.Archived => "archived",
        Exclusions.NoJobs => "no job in two weeks",
        Exclusions.Enrolled => "have a place already",
        Exclusions.NoInstanceRunners => "instance runners are off",
        Exclusions.Named => "left out by name",
        Exclusions.NotReady => "would fail on Kubernetes",
        Exclusions.WentBack => "tried it and went back",
        _ => code,
    };

    private static int Count(IReadOnlyCollection<Enrollment> members, params ReadOnlySpan<EnrollmentState> states)
    {
        var count = 0;
        foreach (var one in members) if (states.Contains(one.State)) count++;
        return count;
    }
}
