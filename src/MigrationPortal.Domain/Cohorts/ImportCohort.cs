using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <param name="Unchanged">Stood there already.</param>
public sealed record CohortImported(int Added, int Changed, int Unchanged);

/// <summary>Takes projects into a cohort from a file: all lines or none.</summary>
public sealed class ImportCohort(ICohortStore cohorts, IEnrollmentStore enrollments, ICandidates candidates, ICohortFacts facts, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>Refuses <c>unknown-cohort</c>, <c>bad-lines</c> with every bad line and its remedy, and <c>changed-meanwhile</c>.</summary>
    public async Task<Outcome<CohortImported>> RunAsync(InstanceId instance, long id, string text, Actor who, CancellationToken cancel)
    {
        if (await CohortRoom.ReadAsync(instance, id, cohorts, enrollments, candidates, facts, cancel) is not { } room) return PreviewWave.Unknown(id);
        var now = clock.Now(instance);
        var (lines, problems) = CohortCsv.Read(text, room.Candidates, now);
        var members = room.Members.ToDictionary(one => one.Project);
        var known = room.Candidates.ToDictionary(one => one.Project);
        problems = [.. problems, .. lines.Select(line => Problem(line, known[line.Project], members.GetValueOrDefault(line.Project))).OfType<string>()];
        if (problems.Count > 0) return new Refusal("bad-lines", problems);
        return await audit.ChangeAsync<Outcome<CohortImported>>(async () => await ImportedAsync(room, lines, members, known, who, now, cancel), cancel);
    }

    private async Task<(Outcome<CohortImported>, AuditEntry?)> ImportedAsync(
        CohortRoom room, IReadOnlyList<CohortLine> lines, Dictionary<ProjectId, Enrollment> members, Dictionary<ProjectId, Candidate> known, Actor who, DateTimeOffset now, CancellationToken cancel)
    {
        var (added, changed, place) = (new List<long>(), new List<long>(), room.NextPlace);
        // Its version guards the places: a wave that is sent at this moment gives some away as well.
        if (await cohorts.SaveAsync(room.Cohort, cancel) is null) return (Meanwhile(room.Cohort), null);
        foreach (var line in lines)
        {
            if (members.GetValueOrDefault(line.Project) is not { } member)
            {
                var candidate = known[line.Project];
                var enrollment = new Enrollment(0, line.Project, line.Target, line.Kind, null, EnrollmentState.Selected, line.Until, line.Reason, who, now, 0)
                {
                    Seat = new CohortSeat(room.Cohort.Id, place++, null, new Member(line.Project, candidate.Stratum, candidate.Groups), null),
                };
                if (await enrollments.AddAsync(enrollment, cancel) is null) return (Meanwhile(line), null);
                added.Add(line.Project.Number);
            }
            else if (Differs(line, member))
            {
                var after = member with { Target = line.Target, Until = line.Until, Reason = line.Reason ?? member.Reason, By = who, At = now };
                if (await enrollments.SaveAsync(after, member.State, cancel) is null) return (Meanwhile(line), null);
                changed.Add(line.Project.Number);
            }
        }

        var result = new CohortImported(added.Count, changed.Count, lines.Count - added.Count - changed.Count);
        // Nothing new is no change; and an entry keeps the transaction.
        return (result, added.Count + changed.Count == 0 ? null : new AuditEntry(now, room.Cohort.Instance, who, "cohort.import", $"cohort/{room.Cohort.Id}", null, null, JsonSerializer.Serialize(new { added, changed })));
    }

    private static bool Differs(CohortLine line, Enrollment member) => line.Target != member.Target || line.Until != member.Until || (line.Reason is { } reason && reason != member.Reason);

    private static string? Problem(CohortLine line, Candidate candidate, Enrollment? member) => member switch
    {
        null when line.Kind == EnrollmentKind.Random => $"Line {line.Line}: only the draw makes {line.Path} random: write hand-picked, volunteer or carried.",
        null when candidate.Exclusion is { Code: Exclusions.Archived or Exclusions.Enrolled or Exclusions.Named } no => $"Line {line.Line}: {line.Path} cannot be taken in: {no.Sentence}",
        null => null,
        _ when line.Kind != member.Kind => $"Line {line.Line}: {line.Path} is {member.Kind.Word()}, and that is fixed: write {member.Kind.Word()}, or leave the line out.",
        _ when Differs(line, member) && line.Target != member.Target && member.State is not (EnrollmentState.Selected or EnrollmentState.Invited or EnrollmentState.Accepted) =>
            $"Line {line.Line}: {line.Path} is {member.State.Word()}, so its target is not changed by a file: change it on the project's page.",
        _ => null,
    };

    private static Refusal Meanwhile(Cohort cohort) => Refusal.Of("changed-meanwhile", $"The cohort {cohort.Name} was changed by somebody else at this moment: read it again. Nothing was taken in.");

    private static Refusal Meanwhile(CohortLine line) => Refusal.Of("changed-meanwhile", $"Line {line.Line}: {line.Path} was enrolled or changed by somebody else at this moment: read the cohort again. Nothing was taken in.");
}
