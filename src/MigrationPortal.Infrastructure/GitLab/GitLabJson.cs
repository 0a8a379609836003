using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationPortal.Infrastructure.GitLab.Desk;
using Refit;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>REST speaks snake_case, GraphQL camelCase; one serializer chooses by type.</summary>
internal static class GitLabJson
{
    private static readonly JsonSerializerOptions Rest = new(RestJson.Default.Options);

    private static readonly JsonSerializerOptions GraphQl = new(GraphQlJson.Default.Options);

    public static RefitSettings Settings { get; } = new(new ByType());

    private sealed class ByType : IHttpContentSerializer
    {
        private readonly SystemTextJsonContentSerializer _rest = new(Rest);
        private readonly SystemTextJsonContentSerializer _graphQl = new(GraphQl);

        public HttpContent ToHttpContent<T>(T item) => For<T>().ToHttpContent(item);

        public Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default) =>
            For<T>().FromHttpContentAsync<T>(content, cancellationToken);

        public string? GetFieldNameForProperty(System.Reflection.PropertyInfo propertyInfo) => _rest.GetFieldNameForProperty(propertyInfo);

        private SystemTextJsonContentSerializer For<T>() =>
            typeof(T) == typeof(GraphQlQuery) || (typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(GraphQlReply<>)) ? _graphQl : _rest;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VersionDto))]
[JsonSerializable(typeof(TokenDto))]
[JsonSerializable(typeof(UserDto))]
[JsonSerializable(typeof(RunnerDto))]
[JsonSerializable(typeof(RunnerUpdateDto))]
[JsonSerializable(typeof(NewRunnerDto))]
[JsonSerializable(typeof(MadeRunnerDto))]
[JsonSerializable(typeof(RunnerTokenDto))]
[JsonSerializable(typeof(List<ManagerDto>))]
[JsonSerializable(typeof(List<RunnerJobDto>))]
[JsonSerializable(typeof(List<InstanceVariableDto>))]
[JsonSerializable(typeof(JobDto))]
[JsonSerializable(typeof(ProjectDto))]
[JsonSerializable(typeof(List<ProjectDto>))]
[JsonSerializable(typeof(List<ProtectedRefDto>))]
[JsonSerializable(typeof(List<GroupDto>))]
[JsonSerializable(typeof(List<HookDto>))]
[JsonSerializable(typeof(HookDto))]
[JsonSerializable(typeof(HookWriteDto))]
[JsonSerializable(typeof(List<BroadcastDto>))]
[JsonSerializable(typeof(BroadcastDto))]
[JsonSerializable(typeof(BroadcastWriteDto))]
[JsonSerializable(typeof(OAuthTokenDto))]
[JsonSerializable(typeof(ProjectSettingsDto))]
[JsonSerializable(typeof(List<ProjectSettingsDto>))]
[JsonSerializable(typeof(ProjectSwitchesDto))]
[JsonSerializable(typeof(FileDto))]
[JsonSerializable(typeof(BranchDto))]
[JsonSerializable(typeof(List<BranchDto>))]
[JsonSerializable(typeof(CommitDto))]
[JsonSerializable(typeof(CommitWriteDto))]
[JsonSerializable(typeof(PipelineWriteDto))]
[JsonSerializable(typeof(LintDto))]
[JsonSerializable(typeof(LintWriteDto))]
[JsonSerializable(typeof(List<ScheduleDto>))]
[JsonSerializable(typeof(MergeRequestDto))]
[JsonSerializable(typeof(List<MergeRequestDto>))]
[JsonSerializable(typeof(MergeRequestWriteDto))]
[JsonSerializable(typeof(MergeRequestStateDto))]
[JsonSerializable(typeof(VariableDto))]
[JsonSerializable(typeof(List<VariableDto>))]
[JsonSerializable(typeof(VariableWriteDto))]
[JsonSerializable(typeof(VariableValueDto))]
[JsonSerializable(typeof(ListedRunnerDto))]
[JsonSerializable(typeof(List<ListedRunnerDto>))]
[JsonSerializable(typeof(AssignRunnerDto))]
[JsonSerializable(typeof(List<SeenPipelineDto>))]
[JsonSerializable(typeof(List<PipelineJobDto>))]
[JsonSerializable(typeof(List<MemberDto>))]
[JsonSerializable(typeof(List<CommitDto>))]
[JsonSerializable(typeof(List<UserDto>))]
[JsonSerializable(typeof(List<OwnedGroupDto>))]
internal sealed partial class RestJson : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GraphQlQuery))]
[JsonSerializable(typeof(GraphQlReply<FleetData>))]
[JsonSerializable(typeof(GraphQlReply<JobsData>))]
[JsonSerializable(typeof(GraphQlReply<Dictionary<string, RunnerNode?>>))]
internal sealed partial class GraphQlJson : JsonSerializerContext;
