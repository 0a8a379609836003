using System.Collections.Frozen;
using System.Text.Json;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>GitLab's enum words, REST's and GraphQL's alike. Open sets: an unknown word of a newer GitLab never throws.</summary>
internal static class GitLabWords
{
    private static readonly FrozenDictionary<string, JobStatus> Statuses =
        Enum.GetValues<JobStatus>().ToFrozenDictionary(status => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString()), StringComparer.OrdinalIgnoreCase);

    public static RunnerType Type(string? word) => word?.ToLowerInvariant() switch
    {
        "group_type" => RunnerType.Group,
        "project_type" => RunnerType.Project,
        _ => RunnerType.Instance,
    };

    public static RunnerAccessLevel Access(string? word) =>
        word?.ToLowerInvariant() == "ref_protected" ? RunnerAccessLevel.RefProtected : RunnerAccessLevel.NotProtected;

    public static RunnerStatus Contact(string? word) => word?.ToLowerInvariant() switch
    {
        "online" => RunnerStatus.Online,
        "stale" => RunnerStatus.Stale,
        "never_contacted" => RunnerStatus.NeverContacted,
        _ => RunnerStatus.Offline,
    };

    public static Executor Executor(string? name) => string.IsNullOrEmpty(name) ? Domain.Fleet.Executor.Unknown : new Executor(name);

    public static JobStatus Status(string? word) => word is null ? JobStatus.Other : Statuses.GetValueOrDefault(word, JobStatus.Other);
}
