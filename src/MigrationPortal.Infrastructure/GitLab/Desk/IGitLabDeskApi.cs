using Refit;

namespace MigrationPortal.Infrastructure.GitLab.Desk;

/// <summary>
/// The part of GitLab's REST v4 API that projects are moved by (gitlab-api.md 1.7 and 7). <c>person</c> is the whole
/// <c>Authorization</c> header of a person; null leaves it to the channel's own token.
/// </summary>
internal interface IGitLabDeskApi
{
    private const string Purpose = IGitLabApi.Purpose;
    private const string OneTry = "gitlab.one-try";
    private const string Who = "Authorization";

    [Get("/api/v4/projects/{id}")]
    Task<IApiResponse<ProjectSettingsDto>> ProjectAsync(long id, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Put("/api/v4/projects/{id}")]
    Task<IApiResponse<ProjectSettingsDto>> UpdateProjectAsync(long id, [Body] ProjectSwitchesDto switches, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/repository/files/{path}")]
    Task<IApiResponse<FileDto>> FileAsync(long id, string path, [Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/repository/branches")]
    Task<IApiResponse<List<BranchDto>>> BranchesAsync(long id, [Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/repository/branches/{branch}")]
    Task<IApiResponse<BranchDto>> BranchAsync(long id, string branch, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Delete("/api/v4/projects/{id}/repository/branches/{branch}")]
    Task<IApiResponse> DeleteBranchAsync(long id, string branch, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <param name="oneTry">True: a repeated POST would find its own branch and be refused.</param>
    [Post("/api/v4/projects/{id}/repository/commits")]
    Task<IApiResponse<CommitDto>> CommitAsync(long id, [Body] CommitWriteDto commit, [Header(Who)] string? person, [Property(Purpose)] string purpose, [Property(OneTry)] bool oneTry, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/ci/lint")]
    Task<IApiResponse<LintDto>> LintAsync(long id, [Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <summary>Changes nothing, so it may be asked twice.</summary>
    [Post("/api/v4/projects/{id}/ci/lint")]
    Task<IApiResponse<LintDto>> LintContentAsync(long id, [Body] LintWriteDto content, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/pipeline_schedules")]
    Task<IApiResponse<List<ScheduleDto>>> SchedulesAsync(long id, [Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <param name="oneTry">True: a repeated POST would find its own merge request and be refused.</param>
    [Post("/api/v4/projects/{id}/merge_requests")]
    Task<IApiResponse<MergeRequestDto>> OpenMergeRequestAsync(long id, [Body] MergeRequestWriteDto wanted, [Header(Who)] string? person, [Property(Purpose)] string purpose, [Property(OneTry)] bool oneTry, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/merge_requests")]
    Task<IApiResponse<List<MergeRequestDto>>> MergeRequestsAsync(long id, [Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/merge_requests/{number}")]
    Task<IApiResponse<MergeRequestDto>> MergeRequestAsync(long id, long number, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Put("/api/v4/projects/{id}/merge_requests/{number}")]
    Task<IApiResponse<MergeRequestDto>> ChangeMergeRequestAsync(long id, long number, [Body] MergeRequestStateDto change, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <param name="kind"><c>projects</c> or <c>groups</c>.</param>
    [Get("/api/v4/{kind}/{id}/variables")]
    Task<IApiResponse<List<VariableDto>>> VariablesAsync(string kind, long id, [Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/{kind}/{id}/variables/{key}")]
    Task<IApiResponse<VariableDto>> VariableAsync(string kind, long id, string key, [Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <param name="oneTry">True: a repeated POST would find its own variable and be refused.</param>
    [Post("/api/v4/{kind}/{id}/variables")]
    Task<IApiResponse<VariableDto>> CreateVariableAsync(string kind, long id, [Body] VariableWriteDto wanted, [Header(Who)] string? person, [Property(Purpose)] string purpose, [Property(OneTry)] bool oneTry, CancellationToken cancel);

    [Put("/api/v4/{kind}/{id}/variables/{key}")]
    Task<IApiResponse<VariableDto>> UpdateVariableAsync(string kind, long id, string key, [Query] IDictionary<string, string> page, [Body] VariableValueDto value, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Delete("/api/v4/{kind}/{id}/variables/{key}")]
    Task<IApiResponse> DeleteVariableAsync(string kind, long id, string key, [Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/runners")]
    Task<IApiResponse<List<ListedRunnerDto>>> RunnersAsync(long id, [Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <param name="oneTry">True: a repeated POST would find the runner assigned and be refused.</param>
    [Post("/api/v4/projects/{id}/runners")]
    Task<IApiResponse<ListedRunnerDto>> AssignRunnerAsync(long id, [Body] AssignRunnerDto runner, [Header(Who)] string? person, [Property(Purpose)] string purpose, [Property(OneTry)] bool oneTry, CancellationToken cancel);

    [Delete("/api/v4/projects/{id}/runners/{runner}")]
    Task<IApiResponse> UnassignRunnerAsync(long id, long runner, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/pipelines")]
    Task<IApiResponse<List<SeenPipelineDto>>> PipelinesAsync(long id, [Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <param name="oneTry">True: a repeated POST would make a second pipeline.</param>
    [Post("/api/v4/projects/{id}/pipeline")]
    Task<IApiResponse<SeenPipelineDto>> RunPipelineAsync(long id, [Body] PipelineWriteDto wanted, [Header(Who)] string? person, [Property(Purpose)] string purpose, [Property(OneTry)] bool oneTry, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/pipelines/{pipeline}/jobs")]
    Task<IApiResponse<List<PipelineJobDto>>> PipelineJobsAsync(long id, long pipeline, [Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <summary>What has ended stays ended, so it may be asked twice.</summary>
    [Post("/api/v4/projects/{id}/pipelines/{pipeline}/cancel")]
    Task<IApiResponse<SeenPipelineDto>> CancelPipelineAsync(long id, long pipeline, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <param name="kept">Bytes of its end.</param>
    /// <param name="oneTry">True: it may be long, and whoever asked can ask again.</param>
    [Get("/api/v4/projects/{id}/jobs/{job}/trace")]
    Task<IApiResponse<string>> TraceAsync(long id, long job, [Header(Who)] string? person, [Property(Purpose)] string purpose, [Property(LogTail.Name)] int kept, [Property(OneTry)] bool oneTry, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/members/all")]
    Task<IApiResponse<List<MemberDto>>> MembersAsync(long id, [Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/repository/commits")]
    Task<IApiResponse<List<CommitDto>>> CommitsAsync(long id, [Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/users")]
    Task<IApiResponse<List<UserDto>>> UsersAsync([Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/groups")]
    Task<IApiResponse<List<OwnedGroupDto>>> GroupsAsync([Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/groups/{id}/projects")]
    Task<IApiResponse<List<ProjectSettingsDto>>> GroupProjectsAsync(long id, [Query] IDictionary<string, string> page, [Header(Who)] string? person, [Property(Purpose)] string purpose, CancellationToken cancel);
}
