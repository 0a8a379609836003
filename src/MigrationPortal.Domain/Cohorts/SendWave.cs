using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <param name="Invited">Projects whose people are asked.</param>
/// <param name="People">Who gets one invitation each.</param>
/// <param name="Unreachable">Projects that nobody could be asked for: they stay selected, for an admin to look at.</param>
public sealed record WaveSent(Wave Wave, int Invited, int People, IReadOnlyList<ProjectId> Unreachable);

/// <summary>
/// Enlarges the cohort and invites the people of whoever is selected: one invitation a person, however many projects are theirs.
/// Wave, places, invitations, audit and notice are one transaction; of two replicas that send the same wave, the second finds it sent.
/// </summary>
public sealed class SendWave(
    ICohortStore cohorts, IEnrollmentStore enrollments, ICandidates candidates, ICohortFacts facts, IProjectMembers people, IInvitations invitations, IPersonMails mails, IWordings wordings,
    IAuditTrail audit, INotices notices, IWorldClock clock)
{
    /// <summary>
    /// Refuses <c>unknown-cohort</c>, <c>unknown-wave</c>, <c>not-previewed</c>, <c>wave-over</c>, <c>not-in-phase</c> (projects can try
    /// Kubernetes from phase 1 to 3), <c>nobody-to-ask</c> and <c>changed-meanwhile</c>.
    /// </summary>
    public async Task<Outcome<WaveSent>> RunAsync(InstanceId instance, long cohort, int number, Actor who, CancellationToken cancel)
    {
        if (await CohortRoom.ReadAsync(instance, cohort, cohorts, enrollments, candidates, facts, cancel) is not { } room) return PreviewWave.Unknown(cohort);
        if (await PreviewWave.FindAsync(cohorts, cohort, number, cancel) is not { } wave) return PreviewWave.UnknownWave(cohort, number);
        if (wave.State == WaveState.Planned) return Refusal.Of("not-previewed", $"Nobody has seen whom wave {number} reaches: preview it first.");
        if (!wave.Allows(WaveState.Sent)) return Refusal.Of("wave-over", $"Wave {number} is {wave.State.ToString().ToLowerInvariant()} already.");
        if (!room.Facts.CanInvite) return NotInPhase(room.Facts);

        var draw = room.Draw(wave.Percent);
        // GitLab is asked before the transaction: it may take its time.
        List<ProjectId> asked = [.. room.Random.Where(one => one.State == EnrollmentState.Selected).Select(one => one.Project), .. draw.Added.Select(one => one.Project)];
        var maintainers = await people.MaintainersAsync(asked, cancel);
        if (!asked.Any(project => maintainers.GetValueOrDefault(project) is { Count: > 0 }))
            return Refusal.Of("nobody-to-ask", asked.Count == 0 ? $"Wave {number} reaches no project: raise its percent, or see the exclusions of its preview." : $"None of the {asked.Count} projects of wave {number} has a maintainer who could be asked.");
        var words = await wordings.ReadAsync(cancel);
        return await audit.ChangeAsync<Outcome<WaveSent>>(async () => await SendAsync(room, wave, draw, maintainers, words, who, cancel), cancel);
    }

    private async Task<(Outcome<WaveSent>, AuditEntry?)> SendAsync(
        CohortRoom room, Wave wave, CohortDraw draw, IReadOnlyDictionary<ProjectId, IReadOnlyList<UserId>> maintainers, IReadOnlyDictionary<string, string> words, Actor who, CancellationToken cancel)
    {
        var now = clock.Now(room.Cohort.Instance);
        if (await cohorts.SaveWaveAsync(wave with { State = WaveState.Sent, SentAt = now, By = who, At = now }, cancel) is not { } sent
            || await cohorts.SaveAsync(room.Cohort with { Percent = wave.Percent, By = who, At = now }, cancel) is null) return (PreviewWave.Meanwhile(wave), null);
        var drawn = await SeatMembers.AddAsync(enrollments, room, draw.Added, who, now, $"wave {wave.Number}", cancel);
        List<Enrollment> asked = [.. room.Random.Where(one => one.State == EnrollmentState.Selected), .. drawn];
        var invited = new List<ProjectId>();
        foreach (var one in asked.Where(one => maintainers.GetValueOrDefault(one.Project) is { Count: > 0 }))
        {
            var next = one.Go(EnrollmentState.Invited, who, now, $"wave {wave.Number}") with { Seat = one.Seat! with { Wave = wave.Id } };
            if (await enrollments.SaveAsync(next, EnrollmentState.Selected, cancel) is null) return (PreviewWave.Meanwhile(wave), null);
            invited.Add(one.Project);
        }

        var sending = invited.SelectMany(project => maintainers[project].Distinct().Select(person => (Person: person, Project: project)))
            .GroupBy(one => one.Person).Select(person => new Invitation(wave.Id, person.Key, [.. person.Select(one => one.Project)], now)).ToList();
        await invitations.AddAsync(sending, cancel);
        var paths = room.Candidates.ToDictionary(one => one.Project, one => one.FullPath);
        await mails.QueueAsync([.. sending.Select(one => InvitationMail.Of(one, PreviewWave.Subject(sent), paths, words))], cancel);
        List<ProjectId> unreachable = [.. asked.Select(one => one.Project).Except(invited)];
        await notices.TellAsync(Told(room.Cohort, sent, invited.Count, sending.Count, unreachable.Count), cancel);
        return (new WaveSent(sent, invited.Count, sending.Count, unreachable), new AuditEntry(now, room.Cohort.Instance, who, "cohort.wave.send", PreviewWave.Subject(sent), null,
            JsonSerializer.Serialize(new { percent = room.Cohort.Percent }), JsonSerializer.Serialize(new { sent.Percent, drawn = drawn.Select(one => one.Project.Number), invited = invited.Select(one => one.Number), people = sending.Count, unreachable = unreachable.Select(one => one.Number) })));
    }

    private static Notice Told(Cohort cohort, Wave wave, int invited, int people, int unreachable) => new(
        cohort.Instance, NoticeKind.WaveSent, NoticeSeverity.Info, $"{PreviewWave.Subject(wave)}/sent",
        string.Create(CultureInfo.InvariantCulture, $"Wave {wave.Number} of the cohort {cohort.Name} is sent: the people of {(invited == 1 ? "1 project" : $"{invited} projects")} are asked to try Kubernetes."),
        [
            new NoticeNumber("people", people.ToString(CultureInfo.InvariantCulture)),
            new NoticeNumber("nobody to ask", string.Create(CultureInfo.InvariantCulture, $"{unreachable} of {invited + unreachable} projects")),
        ],
        "cohorts", wave.SentAt!.Value);

    internal static Refusal NotInPhase(MigrationFacts facts) => Refusal.Of("not-in-phase", facts switch
    {
        { Evacuated: true } => "Everything was taken back from Kubernetes: there is nothing to try until the phase is reached again.",
        { Phase: null or 0 } => "Projects can try Kubernetes from the phase Opt-in on: reach it first.",
        _ => "docker has ended: there is nothing left to choose.",
    });
}
