using System.Text;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab.Desk;

internal sealed class GitLabProjectReader(DeskCalls calls) : IProjectReader
{
    /// <summary>Pages of branches, where GitLab does not give the newest first.</summary>
    private const int MostPages = 20;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public Task<Outcome<ProjectSettings>> SettingsAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel) =>
        calls.As(project.Instance, caller).AskAsync((api, person, purpose) => api.ProjectAsync(project.Number, person, purpose, cancel), dto => Settings(project.Instance, dto));

    public async Task<Outcome<RepositoryFile?>> FileAsync(GitLabCaller caller, ProjectId project, string path, string reference, CancellationToken cancel)
    {
        // An address without them would be another one.
        if (path is "" or "." or "..") return new Outcome<RepositoryFile?>.Done(null);
        return await calls.As(project.Instance, caller).FindAsync<FileDto, RepositoryFile>(
            (api, person, purpose) => api.FileAsync(project.Number, path, new Dictionary<string, string> { ["ref"] = reference }, person, purpose, cancel), Read, "File");
    }

    public async Task<Outcome<BranchList>> BranchesAsync(GitLabCaller caller, ProjectId project, DateTimeOffset since, int most, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var asked = await calls.As(project.Instance, caller).ListAsync<BranchDto>(
            (api, page, person, purpose) => api.BranchesAsync(project.Number, page, person, purpose, cancel),
            Paging.Offset(("sort", "updated_desc")),
            // An older GitLab may not know the order and gives names: then the old ones prove nothing about the rest.
            seen => seen.Count < MostPages * Paging.PageSize && !(IsNewestFirst(seen) && (At(seen[^1]) < since || seen.Count >= most)));
        return asked.Match<Outcome<BranchList>>(
            read =>
            {
                var live = read.Items.Where(one => At(one) >= since).OrderByDescending(At).ThenBy(one => one.Name, StringComparer.Ordinal).ToList();
                var sawAll = !read.More || (IsNewestFirst(read.Items) && At(read.Items[^1]) < since);
                return new BranchList(
                    [.. live.Take(most).Select(one => new LiveBranch(one.Name, At(one), one.Protected ?? false, one.Default ?? false))],
                    live.Count > most || !sawAll);
            },
            no => no);
    }

    public Task<Outcome<CiLint>> LintAsync(GitLabCaller caller, ProjectId project, string reference, bool dryRun, CancellationToken cancel)
    {
        var query = new Dictionary<string, string> { ["content_ref"] = reference, ["include_jobs"] = "true" };
        if (dryRun) (query["dry_run"], query["dry_run_ref"]) = ("true", reference);
        return calls.As(project.Instance, caller).AskAsync((api, person, purpose) => api.LintAsync(project.Number, query, person, purpose, cancel), Lint);
    }

    public async Task<Outcome<IReadOnlyList<PipelineSchedule>>> SchedulesAsync(GitLabCaller caller, ProjectId project, CancellationToken cancel) =>
        (await calls.As(project.Instance, caller).ListAsync<ScheduleDto>(
            (api, page, person, purpose) => api.SchedulesAsync(project.Number, page, person, purpose, cancel), Paging.Offset(), _ => true))
        .Match<Outcome<IReadOnlyList<PipelineSchedule>>>(
            read => read.Items.ConvertAll(one => new PipelineSchedule(one.Id, ShortRef(one.Ref ?? ""), one.Active ?? false, one.Description ?? "")),
            no => no);

    internal static CiLint Lint(LintDto dto) => new(
        dto.Valid ?? false,
        dto.Errors ?? [],
        dto.Warnings ?? [],
        dto.MergedYaml,
        [.. (dto.Includes ?? []).Select(one => new CiInclude(one.Type ?? "", one.Location ?? "", one.Extra?.Project, one.Extra?.Ref, one.ContextProject))],
        [.. (dto.Jobs ?? []).Select(one => new LintedJob(one.Name ?? "", one.Stage, one.TagList ?? [], one.When))]);

    internal static ProjectSettings Settings(InstanceId instance, ProjectSettingsDto dto) => new(
        new ProjectId(instance, dto.Id),
        dto.PathWithNamespace,
        dto.WebUrl ?? "",
        dto.DefaultBranch,
        string.IsNullOrEmpty(dto.CiConfigPath) ? null : dto.CiConfigPath,
        dto.SharedRunnersEnabled ?? false,
        dto.GroupRunnersEnabled,
        dto.BuildsAccessLevel is { } level ? level != "disabled" : dto.JobsEnabled ?? true,
        dto.Archived ?? false);

    private static Outcome<RepositoryFile?> Read(FileDto file)
    {
        try
        {
            return new RepositoryFile(file.FilePath, Utf8.GetString(Convert.FromBase64String(file.Content)), file.LastCommitId);
        }
        catch (ArgumentException)
        {
            return Refusal.Of(DeskCode.Invalid, $"{file.FilePath} is not UTF-8 text.");
        }
    }

    private static DateTimeOffset At(BranchDto branch) => branch.Commit?.CommittedDate ?? DateTimeOffset.MinValue;

    private static bool IsNewestFirst(List<BranchDto> branches) => branches.Zip(branches.Skip(1)).All(pair => At(pair.First) >= At(pair.Second));

    private static string ShortRef(string name) =>
        name.StartsWith("refs/heads/", StringComparison.Ordinal) ? name["refs/heads/".Length..]
        : name.StartsWith("refs/tags/", StringComparison.Ordinal) ? name["refs/tags/".Length..]
        : name;
}
