using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <summary>Asks GitLab who can be asked for a project. Stores nothing.</summary>
public sealed class ReadLadder(ILadderReader reader, IWorldClock clock)
{
    private const int MostBranches = 3;
    private const int MostAuthors = 5;
    private static readonly TimeSpan Recent = TimeSpan.FromDays(90);
    private static readonly GitLabCaller.Portal Portal = new(RequestPurpose.Projects);

    /// <param name="branches">Those whose committers know best, most jobs first; refs that are no branch have none.</param>
    /// <returns>GitLab's own no where it does not show the members.</returns>
    public async Task<Outcome<ContactLadder>> RunAsync(ProjectId project, IEnumerable<string> branches, CancellationToken cancel)
    {
        if (!(await reader.MembersAsync(Portal, project, cancel)).TryGet(out var members, out var no)) return no;
        var (authors, since) = (new List<string>(), clock.Now(project.Instance) - Recent);
        foreach (var branch in branches.Take(MostBranches))
            if (await reader.AuthorsAsync(Portal, project, branch, since, cancel) is Outcome<IReadOnlyList<string>>.Done { Result: var some }) authors.AddRange(some);
        var committers = new List<UserId>();
        foreach (var address in authors.Distinct(StringComparer.OrdinalIgnoreCase).Take(MostAuthors))
        {
            if (!(await reader.AccountAsync(Portal, project.Instance, address, cancel)).TryGet(out var account, out _) || account is null) continue;
            // Number and name must both be a member's: an address in a commit is whatever its author wrote there.
            if (members.Any(one => one.Id == account.Id && string.Equals(one.Username, account.Username, StringComparison.OrdinalIgnoreCase))) committers.Add(account.Id);
        }

        return ContactLadder.Of(members, committers);
    }
}
