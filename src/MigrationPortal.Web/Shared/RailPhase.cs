namespace MigrationPortal.Web.Shared;

/// <summary>One column of the phase rail.</summary>
/// <param name="Number">0 to 5.</param>
/// <param name="Name">"Untagged takeover".</param>
/// <param name="When">"7 Sep to 21 Sep", "from 11 Jan (forecast)"; of the current one "step 5 of 7, since 2 Nov".</param>
/// <param name="Place">Done, current or future.</param>
/// <param name="Href">The phase's page.</param>
public sealed record RailPhase(int Number, string Name, string? When, RailPlace Place, string? Href = null);

public enum RailPlace
{
    Done,
    Current,
    Future,
}

/// <summary>The managed runners of one side in the current phase. The per cent is of runners, and the text says so.</summary>
/// <param name="Executor">GitLab's name: <c>kubernetes</c> or <c>docker</c>.</param>
/// <param name="Percent">"50 %".</param>
/// <param name="Text">"4 of 8 accept untagged, next 2".</param>
/// <param name="Cells">One for each runner.</param>
public sealed record RailFleet(string Executor, string Percent, string Text, IReadOnlyList<RailCell> Cells);

public enum RailCell
{
    /// <summary>Does not take untagged jobs.</summary>
    Refuses,

    /// <summary>Takes untagged jobs.</summary>
    Accepts,

    /// <summary>Would take them, but is paused.</summary>
    Paused,

    /// <summary>Changes with the next step.</summary>
    Next,
}
