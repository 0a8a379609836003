using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Jobs;

/// <param name="TagsKnown">False: the job's tags are not known; an empty list then means nothing.</param>
/// <param name="WaitedSeconds">Of the instance's time, until now.</param>
/// <param name="ServedBy">Runners in contact that would take it now; 0: it is stuck.</param>
/// <param name="MissingTags">The smallest set of tags that a runner of the project lacks; only for the reason <c>missingTags</c>.</param>
/// <param name="NearRunners">Runners that one thing alone keeps from taking it.</param>
/// <param name="ExpectedUntil">When the tag that it waits for comes back; only for the reason <c>brownout</c>: it waits as meant.</param>
/// <param name="DropsAt">When GitLab drops it: an hour after queueing without a matching runner that it calls online, else 24 hours.</param>
public sealed record PendingView(
    long JobId, long ProjectId, string? ProjectPath, string Name, string? Ref, IReadOnlyList<string> Tags, bool TagsKnown, DateTimeOffset? QueuedAt, double? WaitedSeconds, int ServedBy,
    string Reason, IReadOnlyList<string> MissingTags, int NearRunners, DateTimeOffset? DropsAt, double? DropsInSeconds, DateTimeOffset? ExpectedUntil, long? BrownoutOperationId)
{
    internal static PendingView Of(PendingJob job, DateTimeOffset now)
    {
        var (row, diagnosis) = (job.Row, job.Diagnosis);
        return new PendingView(
            row.Id.Number, row.Project.Number, row.ProjectPath, row.Name, row.Ref, [.. row.Tags ?? TagSet.Empty], row.Tags is not null, job.Since, job.Since is { } at ? (now - at).TotalSeconds : null,
            diagnosis.Serving.Count, PendingWords.Key(diagnosis.Reason), [.. diagnosis.Missing is [var least, ..] ? least : TagSet.Empty], diagnosis.Near.Count, job.DropsAt,
            job.DropsAt is { } drop ? (drop - now).TotalSeconds : null, diagnosis.Expected?.Until, diagnosis.Expected?.OperationId);
    }
}

/// <param name="Tags">What is missing, or what the jobs ask for.</param>
/// <param name="TagsMatter">False: the reason does not go by tags, or they are not known.</param>
/// <param name="DroppedWithin20Minutes">Jobs that GitLab drops by then.</param>
/// <param name="NearRunners">Ids of runners that one thing alone keeps from taking them.</param>
/// <param name="ExpectedUntil">When the tag that they wait for comes back; only for the reason <c>brownout</c>: they wait as meant.</param>
public sealed record PendingGroupView(
    string Reason, IReadOnlyList<string> Tags, bool TagsMatter, long Jobs, int Projects, long DroppedWithin20Minutes, DateTimeOffset? OldestQueuedAt, DateTimeOffset? FirstDropAt, IReadOnlyList<string> NearRunners, DateTimeOffset? ExpectedUntil, long? BrownoutOperationId);

/// <summary>Jobs that wait, and why.</summary>
internal static class PendingEndpoint
{
    private const int Most = 500;

    public static void MapPending(this IEndpointRouteBuilder insights) => insights.MapGet("/pending", AnswerAsync).RequireScope(TokenScope.Read)
        .Produces<PointsOf<PendingView>>(StatusCodes.Status200OK, "application/json", Csv.Type).WithMetadata(new QueryWords(["format"]))
        .WithSummary("Jobs that wait for a runner now, longest first (at most 500), why, and when GitLab drops them; by=reason gives all of them in groups");

    private static async Task<IResult> AnswerAsync(
        HttpContext http, InstanceDirectory instances, DiagnosePending diagnose, IPendingReader reader, IWorldClock clock, string? instance, string? by, string? reason, string? tags, CancellationToken cancel)
    {
        var errors = new RequestErrors();
        var of = instances.Pick(instance, errors);
        var grouped = errors.OneOf("by", by, [("job", false), ("reason", true)]) ?? false;
        var only = errors.OneOf("reason", reason, PendingWords.Keys);
        if (errors.Any) return errors.ToProblem();
        var now = clock.Now(of);
        var groups = (await diagnose.RunAsync(of, now, cancel))
            .Where(group => (only is null || group.Reason == only) && (tags is null || PendingWords.TagsKey(group.Wanted) == tags)).ToList();
        if (grouped) return Csv.Answer(http, groups.ConvertAll(View));
        var jobs = await PendingJobs.ReadAsync(reader, of, groups, Most, cancel);
        return Csv.Answer(http, jobs.Select(job => PendingView.Of(job, now)).ToList());
    }

    private static PendingGroupView View(PendingGroup group) => new(
        PendingWords.Key(group.Reason), [.. group.Wanted ?? TagSet.Empty], group.Wanted is not null, group.Jobs, group.Projects, group.DroppedSoon, group.Oldest, group.FirstDrop,
        [.. group.Near.Select(one => one.Runner.Id.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)).Distinct()], group.Expected?.Until, group.Expected?.OperationId);
}
