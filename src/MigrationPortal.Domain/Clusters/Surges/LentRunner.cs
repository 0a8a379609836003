using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>How far one lent runner is on the way there. Stored by name.</summary>
public enum LentState
{
    Planned,

    /// <summary>QA's runner takes no further job.</summary>
    Held,

    /// <summary>Production's runner is made, paused.</summary>
    Made,

    /// <summary>Its token is in the cluster's Secret.</summary>
    Delivered,

    /// <summary>Its manager's objects are in the cluster.</summary>
    Applied,

    /// <summary>GitLab has heard from its manager; it takes nothing yet.</summary>
    Up,

    /// <summary>It takes jobs as the surge says.</summary>
    Loose,
}

/// <summary>One of QA's runners and what it lends: a second manager beside its own, with a runner of production. Stored as JSON: names are promises.</summary>
/// <param name="Qa">QA's runner; it keeps its registration and its manager, and is paused meanwhile.</param>
/// <param name="Name">Its description when it was lent.</param>
/// <param name="WasPaused">Before; null until it was looked at.</param>
/// <param name="Configuration">What the lent manager is made of.</param>
/// <param name="Release">The name of the lent manager's objects.</param>
/// <param name="Place">Where production's token goes.</param>
/// <param name="Objects">As they are applied, in that order. Hold no secret.</param>
/// <param name="AskedGitLabAt">When GitLab was last asked to make the runner; null: not yet. Real time.</param>
/// <param name="Runner">Production's number of it; null: not known yet.</param>
/// <param name="ContactAfter">A contact later than this, in the instance's time, is of the lent manager; null until it is applied.</param>
/// <param name="ContactAt">When GitLab last heard from its manager.</param>
/// <param name="Taken">Jobs that it has taken, as far as is known.</param>
/// <param name="Running">Jobs that it runs now.</param>
/// <param name="RunnerGone">On the way back: out of GitLab.</param>
/// <param name="ObjectsGone">On the way back: manager and Secret are out of the cluster.</param>
/// <param name="QaBack">On the way back: QA's runner is what it was. It waits for production's runner to be gone, not for the cluster.</param>
public sealed record LentRunner(
    RunnerId Qa, string Name, bool? WasPaused, long Cluster, string ClusterName, long Configuration, string ConfigurationName, int Revision, string Release, TokenPlace Place, IReadOnlyList<AppliedObject> Objects, LentState State,
    DateTimeOffset? AskedGitLabAt, long? Runner, DateTimeOffset? ContactAfter, DateTimeOffset? ContactAt, long Taken, long Running, bool RunnerGone, bool ObjectsGone, bool QaBack)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>While it drains: since when no job was seen on it, in the world's time; null: the last look saw one, or there was none.</summary>
    public DateTimeOffset? EmptySince { get; init; }

    /// <summary>On the way back: its manager's processes have ended, or may no longer be waited for.</summary>
    public bool ManagerGone { get; init; }

    /// <summary>It was let loose once: whoever pauses it in GitLab since then means it.</summary>
    public bool WasLoose { get; init; }

    /// <summary>Its removal stands in the audit trail.</summary>
    public bool RemovalTold { get; init; }

    /// <summary>How often in a row what is due failed.</summary>
    public int Failed { get; init; }

    /// <summary>Real time: not tried again before; null: at once.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Why it failed; counts until <see cref="NextTry"/>.</summary>
    public string? Trouble { get; init; }

    /// <summary>The runner's maintenance note: by it the portal finds a runner again whose making was answered to nobody.</summary>
    public string Note => $"Lent by {Qa.Instance} for a surge, made by MigrationPortal ({Place.Mark})";

    /// <param name="again">What the other side asked for; null: nothing.</param>
    /// <param name="now">Real time.</param>
    internal LentRunner Fails(string why, TimeSpan? again, DateTimeOffset now)
    {
        // Long after the last trouble it is a new one.
        var failed = NextTry is { } last && now - last < LongestPause ? Failed + 1 : 1;
        var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(failed, 10))));
        return this with { Failed = failed, NextTry = now + (again > pause ? again.Value : pause), Trouble = why };
    }
}
