using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>What is to happen to the portal's job hook in many projects.</summary>
public enum HookWishKind
{
    /// <summary>Only looked at; needs no write token.</summary>
    Check,

    /// <summary>Installed where it is missing, set right where it is there.</summary>
    Install,

    /// <summary>Taken out wherever the portal knows of one.</summary>
    Remove,
}

/// <summary>The hook of a project as last seen or left.</summary>
public enum HookState
{
    Installed,

    /// <summary>None, or one without job events.</summary>
    Missing,

    /// <summary>GitLab has switched it off, for a while or for good (<c>alert_status</c>, gitlab-api.md 5.2).</summary>
    Disabled,

    /// <summary>The portal's own, and somebody gave it another address.</summary>
    Elsewhere,

    /// <summary>GitLab said no.</summary>
    Refused,

    Removed,
}

/// <summary>What an administrator asked for. It stands until the next one: projects that come later are visited too.</summary>
/// <param name="Id">Rises with each wish; projects remember which one they were visited for.</param>
/// <param name="ActiveDays">Only projects that started a job so many days before the wish; null: all that are not archived.</param>
/// <param name="Stopped">What was visited stays as it is, nothing more is.</param>
public sealed record HookWish(InstanceId Instance, long Id, HookWishKind Kind, int? ActiveDays, Actor Who, DateTimeOffset At, bool Stopped)
{
    public DateTimeOffset? ActiveSince => ActiveDays is { } days ? At.AddDays(-days) : null;
}

/// <param name="Path">Null when the project was never read.</param>
/// <param name="Hook">GitLab's number of the hook; null when there is none.</param>
/// <param name="Said">GitLab's own words, or what is wrong.</param>
public sealed record ProjectHook(ProjectId Project, string? Path, long? Hook, string? Url, HookState? State, string? Said, DateTimeOffset? At);

/// <param name="Projects">That the wish concerns.</param>
/// <param name="Visited">Of these, those visited for it.</param>
/// <param name="States">Of all projects ever visited.</param>
public sealed record HookProgress(long Projects, long Visited, IReadOnlyDictionary<HookState, long> States);

/// <summary>What the portal put where, and what it is still to do.</summary>
public interface IJobHookStore
{
    Task<HookWish?> WishAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>Replaces the instance's wish.</summary>
    Task SaveWishAsync(HookWish wish, CancellationToken cancel);

    /// <summary>Projects not yet visited for this wish, by number.</summary>
    Task<IReadOnlyList<ProjectHook>> NextAsync(HookWish wish, int limit, CancellationToken cancel);

    Task SaveAsync(ProjectHook seen, long wish, CancellationToken cancel);

    Task<HookProgress> ProgressAsync(HookWish wish, CancellationToken cancel);

    /// <summary>By project number. Without those that are as they should be when <paramref name="troubled"/>.</summary>
    Task<IReadOnlyList<ProjectHook>> ListAsync(InstanceId instance, bool troubled, int limit, long? after, CancellationToken cancel);
}

/// <summary>What the settings allow.</summary>
public interface IJobHookSettings
{
    HookSetup Of(InstanceId instance);
}

/// <param name="Address">Where hooks point; null without <c>Portal:PublicUrl</c>.</param>
/// <param name="Missing">A sentence for each setting that installing needs, naming its key.</param>
public sealed record HookSetup(string? Address, IReadOnlyList<string> Missing);
