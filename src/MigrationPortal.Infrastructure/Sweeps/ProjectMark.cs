using System.Text.Json;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Where reading the list of projects stands: written after each page, so that neither a restart nor a spent budget begins it anew.</summary>
/// <param name="Walk">Under way; null between two.</param>
/// <param name="EndedAt">When the last one ended, real time.</param>
/// <param name="EndedWorld">The same in the instance's time.</param>
/// <param name="ListedAt">When the last whole list ended, real time; null before the first.</param>
/// <param name="Pages">Requests that the last whole list took.</param>
/// <param name="Since">When the last walk that ended had begun, in the instance's time: what changed later is not known yet.</param>
internal sealed record ProjectMark(
    ProjectWalk? Walk = null, DateTimeOffset? EndedAt = null, DateTimeOffset? EndedWorld = null, DateTimeOffset? ListedAt = null, int Pages = 0, DateTimeOffset? Since = null)
{
    /// <summary>Watermark.</summary>
    public const string Source = "projects";

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>The demo's clock must not make a walk every few seconds.</summary>
    private static readonly TimeSpan Soonest = TimeSpan.FromMinutes(1);

    /// <summary>Real time between two whole lists at most.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Whole lists cost this part of the budget in the long run: 120,000 projects at one request a second are listed once a day, 800 every ten minutes.</summary>
    private const double Share = 1.0 / 72;

    /// <summary>The clocks of portal and GitLab may differ by so much.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <returns>The walk that is due: all projects, or between two whole lists those that changed or are new. Null while the last one is fresh.</returns>
    /// <param name="now">The instance's time.</param>
    /// <param name="real">Real time.</param>
    public ProjectWalk? Due(DateTimeOffset now, DateTimeOffset real, double requestsPerSecond)
    {
        // A demo's clock may have been set back.
        if (EndedWorld is { } world && (now - world).Duration() < Every || EndedAt is { } ended && real - ended < Soonest) return null;
        var rest = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Pages / (Share * requestsPerSecond)));
        return ProjectWalk.Begin(now, ListedAt is { } listed && real - listed < rest ? Since - Overlap : null);
    }

    public ProjectMark Ended(ProjectWalk walk, DateTimeOffset now, DateTimeOffset real) => walk.IsWhole
        ? new ProjectMark(null, real, now, real, walk.Pages, walk.Began)
        : this with { Walk = null, EndedAt = real, EndedWorld = now, Since = walk.Began };

    public static async Task<ProjectMark> ReadAsync(IInstanceStore store, InstanceId instance, CancellationToken cancel) =>
        await store.WatermarkAsync(instance, Source, cancel) is { } text ? JsonSerializer.Deserialize<ProjectMark>(text)! : new ProjectMark();

    public Task WriteAsync(IInstanceStore store, InstanceId instance, DateTimeOffset real, CancellationToken cancel) =>
        store.SaveWatermarkAsync(instance, Source, JsonSerializer.Serialize(this), real, cancel);
}

/// <summary>First the groups, of which a project's page names only the nearest, then the projects.</summary>
/// <param name="Began">In the instance's time.</param>
/// <param name="Since">Only projects that changed since then and the newest groups; null: all.</param>
/// <param name="Next">The parameters of the next page.</param>
/// <param name="Pages">Read so far.</param>
internal sealed record ProjectWalk(DateTimeOffset Began, DateTimeOffset? Since, bool AtGroups, Dictionary<string, string> Next, int Pages)
{
    public bool IsWhole => Since is null;

    /// <summary>By id, so that groups which come meanwhile shift no page; the newest first where one page is enough.</summary>
    public static ProjectWalk Begin(DateTimeOffset now, DateTimeOffset? since) =>
        new(now, since, true, Paging.Offset(("all_available", "true"), ("order_by", "id"), ("sort", since is null ? "asc" : "desc")), 0);

    /// <returns>Null at the end.</returns>
    public ProjectWalk? After(Dictionary<string, string>? next) =>
        AtGroups && (next is null || !IsWhole) ? this with { AtGroups = false, Next = Projects(), Pages = Pages + 1 } : next is null ? null : this with { Next = next, Pages = Pages + 1 };

    // GitLab takes this filter only with its own order (else 400), which has no keyset (405). The newest first: one that
    // changes meanwhile moves to the front, and others are then met twice, never missed.
    private Dictionary<string, string> Projects() => Since is { } since
        ? Paging.Offset(("order_by", "updated_at"), ("sort", "desc"), ("updated_after", since.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture)))
        : Paging.Keyset("asc");
}
