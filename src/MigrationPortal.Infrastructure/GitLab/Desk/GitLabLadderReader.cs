using System.Text.RegularExpressions;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab.Desk;

internal sealed partial class GitLabLadderReader(DeskCalls calls) : ILadderReader
{
    private const int Developer = 30;
    private const int MostPeople = 1_000;

    public async Task<Outcome<IReadOnlyList<LadderMember>>> MembersAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel) =>
        (await calls.As(project.Instance, caller).ListAsync<MemberDto>(
            (api, page, who, purpose) => api.MembersAsync(project.Number, page, who, purpose, cancel), Paging.Offset(), seen => seen.Count < MostPeople))
        .Match<Outcome<IReadOnlyList<LadderMember>>>(
            read => read.Items.Where(one => one.AccessLevel >= Developer)
                .Select(one => new LadderMember(new UserId(project.Instance, one.Id), one.Username ?? "", one.AccessLevel, one.State is null or "active" && one.MembershipState is null or "active"))
                .ToList(),
            no => no);

    public async Task<Outcome<IReadOnlyList<string>>> AuthorsAsync(GitLabCaller caller, ProjectId project, string branch, DateTimeOffset since, CancellationToken cancel) =>
        (await calls.As(project.Instance, caller).ListAsync<CommitDto>(
            (api, page, who, purpose) => api.CommitsAsync(project.Number, page, who, purpose, cancel),
            Paging.Offset(("ref_name", branch), ("since", since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture))), _ => false))
        .Match<Outcome<IReadOnlyList<string>>>(
            read => read.Items.Where(one => one.CommittedDate is not { } at || at >= since).Select(one => one.AuthorEmail).OfType<string>().Where(address => address.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList(),
            no => no);

    public async Task<Outcome<LadderAccount?>> AccountAsync(GitLabCaller caller, InstanceId instance, string address, CancellationToken cancel)
    {
        // GitLab's own private address says whose it is (USERID-USERNAME@users.noreply.HOST).
        if (Private().Match(address) is { Success: true } own && long.TryParse(own.Groups[1].Value, out var number)) return new LadderAccount(new UserId(instance, number), own.Groups[2].Value);
        return (await calls.As(instance, caller).ListAsync<UserDto>(
            (api, page, who, purpose) => api.UsersAsync(page, who, purpose, cancel), Paging.Offset(("search", address)), _ => false))
        .Match<Outcome<LadderAccount?>>(
            read => read.Items.Where(one => one.State is null or "active" && one.Bot != true && new[] { one.Email, one.PublicEmail, one.CommitEmail }.Contains(address, StringComparer.OrdinalIgnoreCase)).ToList() is [var only]
                ? new LadderAccount(new UserId(instance, only.Id), only.Username) : new Outcome<LadderAccount?>.Done(null),
            no => no);
    }

    [GeneratedRegex(@"\A(\d{1,18})-([^@]+)@users\.noreply\.[^@]+\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Private();
}
