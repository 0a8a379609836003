using Refit;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>The part of GitLab's REST v4 and GraphQL API that the portal uses (gitlab-api.md). One page a call.</summary>
internal interface IGitLabApi
{
    /// <summary>What a request is for: the line of the budget that it is booked on.</summary>
    const string Purpose = "gitlab.purpose";

    [Get("/api/v4/version")]
    Task<IApiResponse<VersionDto>> VersionAsync([Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/personal_access_tokens/self")]
    Task<IApiResponse<TokenDto>> TokenAsync([Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/user")]
    Task<IApiResponse<UserDto>> UserAsync([Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/users/{id}")]
    Task<IApiResponse<UserDto>> OtherUserAsync(long id, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/runners/{id}?include_projects=false")]
    Task<IApiResponse<RunnerDto>> RunnerAsync(long id, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <summary>With the ids of projects and groups; long for runners with many projects.</summary>
    [Get("/api/v4/runners/{id}")]
    Task<IApiResponse<RunnerDto>> RunnerWithScopeAsync(long id, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Put("/api/v4/runners/{id}")]
    Task<IApiResponse<RunnerDto>> UpdateRunnerAsync(long id, [Body] RunnerUpdateDto update, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <param name="oneTry">True: a repeated POST would make a second runner.</param>
    [Post("/api/v4/user/runners")]
    Task<IApiResponse<MadeRunnerDto>> CreateRunnerAsync([Body] NewRunnerDto wanted, [Property(Purpose)] string purpose, [Property("gitlab.one-try")] bool oneTry, CancellationToken cancel);

    /// <summary>With <c>token</c>; that of before no longer counts.</summary>
    [Post("/api/v4/runners/{id}/reset_authentication_token")]
    Task<IApiResponse<RunnerTokenDto>> ResetRunnerTokenAsync(long id, [Property(Purpose)] string purpose, [Property("gitlab.one-try")] bool oneTry, CancellationToken cancel);

    /// <summary>Not paged.</summary>
    [Get("/api/v4/runners/{id}/managers")]
    Task<IApiResponse<List<ManagerDto>>> ManagersAsync(long id, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Delete("/api/v4/runners/{id}")]
    Task<IApiResponse> DeleteRunnerAsync(long id, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <param name="page">The first page's parameters, then those of the <c>next</c> link.</param>
    [Get("/api/v4/runners/{id}/jobs")]
    Task<IApiResponse<List<RunnerJobDto>>> RunnerJobsAsync(long id, [Query] IDictionary<string, string> page, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/projects")]
    Task<IApiResponse<List<ProjectDto>>> ProjectsAsync([Query] IDictionary<string, string> page, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/jobs/{job}")]
    Task<IApiResponse<JobDto>> JobAsync(long id, long job, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Post("/api/v4/projects/{id}/jobs/{job}/cancel")]
    Task<IApiResponse> CancelJobAsync(long id, long job, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/protected_branches")]
    Task<IApiResponse<List<ProtectedRefDto>>> ProtectedBranchesAsync(long id, [Query] IDictionary<string, string> page, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/protected_tags")]
    Task<IApiResponse<List<ProtectedRefDto>>> ProtectedTagsAsync(long id, [Query] IDictionary<string, string> page, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <summary>For administrators alone.</summary>
    [Get("/api/v4/admin/ci/variables")]
    Task<IApiResponse<List<InstanceVariableDto>>> InstanceVariablesAsync([Query] IDictionary<string, string> page, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/groups")]
    Task<IApiResponse<List<GroupDto>>> GroupsAsync([Query] IDictionary<string, string> page, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/hooks")]
    Task<IApiResponse<List<HookDto>>> HooksAsync(long id, [Query] IDictionary<string, string> page, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <param name="oneTry">True: a repeated POST would make a second hook.</param>
    [Post("/api/v4/projects/{id}/hooks")]
    Task<IApiResponse<HookDto>> CreateHookAsync(long id, [Body] HookWriteDto wanted, [Property(Purpose)] string purpose, [Property("gitlab.one-try")] bool oneTry, CancellationToken cancel);

    [Put("/api/v4/projects/{id}/hooks/{hook}")]
    Task<IApiResponse<HookDto>> UpdateHookAsync(long id, long hook, [Body] HookWriteDto wanted, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/projects/{id}/hooks/{hook}")]
    Task<IApiResponse<HookDto>> HookAsync(long id, long hook, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <summary>Sends a test event; answered with 2xx it switches a hook on again that was switched off (gitlab-api.md 5.3).</summary>
    [Post("/api/v4/projects/{id}/hooks/{hook}/test/job_events")]
    Task<IApiResponse> TestHookAsync(long id, long hook, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Delete("/api/v4/projects/{id}/hooks/{hook}")]
    Task<IApiResponse> DeleteHookAsync(long id, long hook, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Get("/api/v4/broadcast_messages")]
    Task<IApiResponse<List<BroadcastDto>>> BroadcastsAsync([Query] IDictionary<string, string> page, [Property(Purpose)] string purpose, CancellationToken cancel);

    /// <param name="oneTry">True: a repeated POST would make a second message.</param>
    [Post("/api/v4/broadcast_messages")]
    Task<IApiResponse<BroadcastDto>> CreateBroadcastAsync([Body] BroadcastWriteDto wanted, [Property(Purpose)] string purpose, [Property("gitlab.one-try")] bool oneTry, CancellationToken cancel);

    [Delete("/api/v4/broadcast_messages/{id}")]
    Task<IApiResponse> DeleteBroadcastAsync(long id, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Post("/api/graphql")]
    Task<IApiResponse<GraphQlReply<FleetData>>> FleetAsync([Body] GraphQlQuery query, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Post("/api/graphql")]
    Task<IApiResponse<GraphQlReply<Dictionary<string, RunnerNode?>>>> RunnersAsync([Body] GraphQlQuery query, [Property(Purpose)] string purpose, CancellationToken cancel);

    [Post("/api/graphql")]
    Task<IApiResponse<GraphQlReply<JobsData>>> JobsAsync([Body] GraphQlQuery query, [Property(Purpose)] string purpose, CancellationToken cancel);
}
