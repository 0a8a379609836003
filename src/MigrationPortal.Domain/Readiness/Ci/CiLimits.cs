namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>
/// What a CI file may ask of a reader. Far above real files (GitLab itself refuses a file above 2 MB and more than 1,000
/// levels), far below what hurts.
/// </summary>
/// <param name="Characters">Of the whole text.</param>
/// <param name="Nodes">Scalars, lists and mappings, also those that merge keys, <c>extends</c> and references bring in again.</param>
/// <param name="Depth">Levels inside one another.</param>
public sealed record CiLimits(int Characters = 16 * 1024 * 1024, int Nodes = 4_000_000, int Depth = 64)
{
    public static readonly CiLimits Default = new();

    /// <summary>Script lines of one job, after nested lists are laid flat.</summary>
    public int ScriptLines { get; init; } = 20_000;

    /// <summary>Services of one job; GitLab's docker runners take some ten.</summary>
    public int Services { get; init; } = 100;
}

/// <summary>Counts down what is left of <see cref="CiLimits.Nodes"/>.</summary>
public sealed class CiBudget(CiLimits limits)
{
    private int _left = limits.Nodes;

    public CiLimits Limits { get; } = limits;

    /// <summary>Characters that each job reads again, such as those of a shared script, weigh as much as one value.</summary>
    private const int CharactersOfOne = 64;

    /// <exception cref="CiLimitException">More was asked for than a file may.</exception>
    public void TakeText(int characters, int line) => Take(characters / CharactersOfOne, line);

    /// <exception cref="CiLimitException">More was asked for than a file may.</exception>
    public void Take(int nodes, int line)
    {
        _left -= nodes;
        if (_left < 0) throw new CiLimitException(line, $"The configuration unfolds to more than {Limits.Nodes:#,##0} values.");
    }
}

/// <summary>The file asks for more than <see cref="CiLimits"/>; caught where reading begins, and told as a problem.</summary>
public sealed class CiLimitException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;

    public CiProblem ToProblem() => new(CiProblem.Limit, Line, null, Message, "Write it without repeating anchors or lists inside one another, or in several smaller files.", Stops: true);
}
