using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <summary>Members, authors and accounts, as the contact ladder needs them. Refusals carry a <see cref="DeskCode"/>.</summary>
/// <exception cref="Instances.GitLabUnavailableException">Of every call: GitLab did not answer.</exception>
public interface ILadderReader
{
    /// <summary>From developer on, inherited ones too. At most 1,000.</summary>
    Task<Outcome<IReadOnlyList<LadderMember>>> MembersAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel);

    /// <summary>Addresses of those who wrote commits of a branch since then, the last first, each once; of its newest 100 commits.</summary>
    Task<Outcome<IReadOnlyList<string>>> AuthorsAsync(GitLabCaller caller, ProjectId project, string branch, DateTimeOffset since, CancellationToken cancel);

    /// <summary>
    /// The account that an address belongs to, which GitLab itself says: a name proves nothing. Found by the address that it
    /// shows to the portal's read token, or by GitLab's own private one, which holds number and username.
    /// </summary>
    /// <returns>Null for one that belongs to nobody, to more than one, to a bot, or to who is blocked.</returns>
    Task<Outcome<LadderAccount?>> AccountAsync(GitLabCaller caller, InstanceId instance, string address, CancellationToken cancel);
}

public sealed record LadderAccount(UserId Id, string Username);
