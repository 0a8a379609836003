using System.Text.Json.Serialization;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>A runner as lists show it. No tags, no version, no contact time, no executor: those cost a call each.</summary>
internal record RunnerEntity
{
    public RunnerEntity(Runner runner, DateTimeOffset now, string baseUrl)
    {
        var contact = runner.Status(now);
        Id = runner.Id;
        Description = runner.Description;
        Active = !runner.Paused;
        Paused = runner.Paused;
        IsShared = runner.Type == World.RunnerType.Instance;
        RunnerType = runner.Type.Of();
        Name = runner.Managers.Count > 0 ? "gitlab-runner" : null;
        Online = contact == ContactStatus.NeverContacted || runner.ContactedAt(now) is null ? null : contact == ContactStatus.Online;
        CreatedBy = Entities.UserBasic(runner.CreatedBy, baseUrl);
        CreatedAt = runner.CreatedAt;
        Status = RestStatus(runner, contact);
        JobExecutionStatus = runner.RunningJobs > 0 ? "active" : "idle";
    }

    public int Id { get; }

    public string? Description { get; }

    public string? IpAddress { get; }

    public bool Active { get; }

    public bool Paused { get; }

    public bool IsShared { get; }

    public string RunnerType { get; }

    public string? Name { get; }

    public bool? Online { get; }

    public object? CreatedBy { get; }

    public DateTimeOffset CreatedAt { get; }

    public string Status { get; }

    public string JobExecutionStatus { get; }

    // The deprecated order: stale and never contacted first, then a pause hides whether it is online.
    private static string RestStatus(Runner runner, ContactStatus contact) =>
        contact is ContactStatus.Stale or ContactStatus.NeverContacted || !runner.Paused ? contact.Of() : "paused";
}

/// <summary>One runner in full.</summary>
internal sealed record RunnerDetailsEntity : RunnerEntity
{
    public RunnerDetailsEntity(Runner runner, ApiCall call, bool withProjects)
        : base(runner, call.Now, call.BaseUrl)
    {
        var last = runner.Managers.MaxBy(m => m.ContactedAt(call.Now));
        TagList = [.. runner.TagList];
        RunUntagged = runner.RunUntagged;
        Locked = runner.Locked;
        MaximumTimeout = runner.MaximumTimeout;
        AccessLevel = runner.RefProtected ? "ref_protected" : "not_protected";
        Version = last?.Version;
        Revision = last?.Revision;
        Platform = last?.Platform;
        Architecture = last?.Architecture;
        ContactedAt = runner.ContactedAt(call.Now);
        MaintenanceNote = RunnerRights.MayUpdate(call, runner) ? runner.MaintenanceNote : null;
        Projects = withProjects
            ? [.. runner.Projects.Where(p => call.IsAdmin || call.LevelIn(p) > World.AccessLevel.None).Select(p => Entities.ProjectBasic(p, call.BaseUrl))]
            : null;
        Groups = runner.Group is { } g
            ? [new { g.Id, WebUrl = $"{call.BaseUrl}/groups/{g.FullPath}", g.Name }]
            : [];
    }

    public IReadOnlyList<string> TagList { get; }

    public bool RunUntagged { get; }

    public bool Locked { get; }

    public int? MaximumTimeout { get; }

    public string AccessLevel { get; }

    public string? Version { get; }

    public string? Revision { get; }

    public string? Platform { get; }

    public string? Architecture { get; }

    public DateTimeOffset? ContactedAt { get; }

    public string? MaintenanceNote { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<object>? Projects { get; }

    public IReadOnlyList<object> Groups { get; }
}

internal sealed record RunnerManagerEntity(
    int Id,
    string SystemId,
    string Version,
    string Revision,
    string Platform,
    string Architecture,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ContactedAt,
    string IpAddress,
    string Status,
    string JobExecutionStatus)
{
    public static RunnerManagerEntity Of(RunnerManager m, DateTimeOffset now) => new(
        m.Id, m.SystemId, m.Version, m.Revision, m.Platform, m.Architecture, m.CreatedAt, m.ContactedAt(now),
        m.IpAddress ?? "", m.Status(now).Of(), m.RunningJobs.Count > 0 ? "active" : "idle");
}
