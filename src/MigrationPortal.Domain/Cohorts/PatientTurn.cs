using MigrationPortal.Domain.Instances;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>
/// One turn of a sweep over projects: a project for which GitLab does not answer is left for the next turn and keeps nobody else
/// waiting. After a few in a row it is GitLab that is away, and so it is at once where GitLab or the budget asks for a pause.
/// </summary>
public sealed class PatientTurn
{
    private const int MostInARow = 3;

    private int _silent;

    /// <returns>The default where GitLab did not answer for this one.</returns>
    /// <exception cref="GitLabUnavailableException">The turn is over.</exception>
    public async Task<T?> OfAsync<T>(Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            var done = await work();
            _silent = 0;
            return done;
        }
        catch (GitLabUnavailableException fault) when (fault is { IsPutOff: false, Status: null or >= 500 } && ++_silent < MostInARow)
        {
            return default;
        }
    }
}
