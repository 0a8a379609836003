using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab.Desk;

internal sealed class GitLabGroupReader(DeskCalls calls) : IGroupReader
{
    private const int Maintainer = 40;
    private const int Owner = 50;
    private const int MostPeople = 1_000;
    private const int MostGroups = 1_000;
    private const int MostProjects = 5_000;

    public async Task<Outcome<IReadOnlyList<ProjectMaintainer>>> MaintainersAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel) =>
        (await calls.As(project.Instance, caller).ListAsync<MemberDto>(
            (api, page, who, purpose) => api.MembersAsync(project.Number, page, who, purpose, cancel), Paging.Offset(), seen => seen.Count < MostPeople))
        .Match<Outcome<IReadOnlyList<ProjectMaintainer>>>(
            read => read.Items.Where(one => one.AccessLevel >= Maintainer)
                // Newer GitLabs list a member once for each way in.
                .GroupBy(one => one.Id)
                .Select(ways => ways.MaxBy(one => one.AccessLevel)!)
                .Select(one => new ProjectMaintainer(
                    new UserId(project.Instance, one.Id), one.Username ?? "", one.Name ?? "", one.AccessLevel >= Owner,
                    one.State is null or "active" && one.MembershipState is null or "active"))
                .ToList(),
            no => no);

    public async Task<Outcome<IReadOnlyList<OwnedGroup>>> OwnedAsync(PersonToken person, InstanceId instance, CancellationToken cancel) =>
        (await calls.As(instance, person).ListAsync<OwnedGroupDto>(
            (api, page, who, purpose) => api.GroupsAsync(page, who, purpose, cancel),
            Paging.Offset(("min_access_level", "50"), ("order_by", "id"), ("sort", "asc")),
            seen => seen.Count < MostGroups))
        .Match<Outcome<IReadOnlyList<OwnedGroup>>>(
            read => read.Items.ConvertAll(one => new OwnedGroup(new GroupId(instance, one.Id), one.FullPath ?? "", one.WebUrl ?? "")), no => no);

    public async Task<Outcome<IReadOnlyList<ProjectSettings>>> ProjectsAsync(GitLabCaller caller, GroupId group, CancellationToken cancel) =>
        (await calls.As(group.Instance, caller).ListAsync<ProjectSettingsDto>(
            (api, page, who, purpose) => api.GroupProjectsAsync(group.Number, page, who, purpose, cancel),
            Paging.Offset(("include_subgroups", "true"), ("with_shared", "false"), ("archived", "false"), ("order_by", "id"), ("sort", "asc")),
            seen => seen.Count < MostProjects))
        .Match<Outcome<IReadOnlyList<ProjectSettings>>>(read => read.Items.ConvertAll(one => GitLabProjectReader.Settings(group.Instance, one)), no => no);
}
