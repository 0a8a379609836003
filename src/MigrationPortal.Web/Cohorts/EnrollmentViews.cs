using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;

namespace MigrationPortal.Web.Cohorts;

/// <param name="Target"><c>kubernetes</c>, <c>docker</c> (a pin) or <c>default</c> (what the portal put in is taken out).</param>
/// <param name="Until">Of a pin: its end.</param>
/// <param name="By"><c>merge-request</c>, <c>variable</c> or <c>project-runner</c>; not read for <c>default</c>.</param>
public sealed record EnrollmentBody(string? Target, DateTimeOffset? Until, string? By, string? Reason);

/// <param name="Accepts">Yes or no to an invitation.</param>
public sealed record AnswerBody(bool? Accepts, string? Reason);

/// <param name="From">Its tags as written.</param>
/// <param name="To">Its tags after the move.</param>
/// <param name="What"><c>moves</c>, <c>there</c>, <c>pinned</c> or <c>stays</c>.</param>
/// <param name="Why">Why it does not move; null when it does.</param>
public sealed record JobChangeView(string Name, IReadOnlyList<string> From, IReadOnlyList<string> To, JobChangeKind What, string? Why);

/// <param name="Jobs">That would move by it.</param>
/// <param name="Why">Why it is not offered; null when it is.</param>
public sealed record WayView(string By, bool Offered, int Jobs, string? Why);

public sealed record EnrollmentEventView(string? From, string To, string Target, string? By, DateTimeOffset? Until, DateTimeOffset At, string Actor, string? Reason);

/// <param name="State">Null: the project has no place in the migration yet.</param>
/// <param name="Address">Of the merge request that people have before them.</param>
/// <param name="Back">What going back means in this phase: <c>nothing</c>, <c>takeOptInOut</c>, <c>pinToDocker</c>, <c>none</c>.</param>
/// <param name="Jobs">What a move to Kubernetes would do; empty where the CI file was not looked at yet.</param>
public sealed record EnrollmentView(
    long ProjectId, string? State, string? Target, string? Kind, string? By, DateTimeOffset? Until, DateTimeOffset? Since, string? Reason, string? Address, Back Back,
    IReadOnlyList<JobChangeView> Jobs, IReadOnlyList<WayView> Ways, IReadOnlyList<EnrollmentEventView> History);

/// <summary>Reads a project's place for whoever may see it.</summary>
public sealed class EnrollmentReading(IEnrollmentStore enrollments, ReadMove move, ICohortFacts facts)
{
    public async Task<EnrollmentView> OfAsync(Domain.Shared.ProjectId project, CancellationToken cancel)
    {
        var newest = await enrollments.NewestAsync(project, cancel);
        var outlook = await move.RunAsync(project, EnrollmentTarget.Kubernetes, cancel);
        var known = await facts.ReadAsync(project.Instance, cancel);
        var history = newest is null ? [] : await enrollments.HistoryAsync(newest.Id, cancel);
        return new(
            project.Number, newest?.State.Word(), newest?.Target.Word(), newest?.Kind.Word(), newest?.Way?.Word(), newest?.Until, newest?.Since, newest?.Reason, MoveAddress.Of(newest), WayBack.In(known.Phase, known.Evacuated),
            [.. outlook?.Plan.Jobs.Select(job => new JobChangeView(job.Name, job.From, job.To, job.Kind, job.Why)) ?? []],
            [.. outlook?.Ways.Select(way => new WayView(way.Way.Word(), way.IsOffered, way.Jobs, way.Why)) ?? []],
            [.. history.Select(one => new EnrollmentEventView(one.From?.Word(), one.To.Word(), one.Target.Word(), one.Way?.Word(), one.Until, one.At, one.By.ToString(), one.Reason))]);
    }
}
