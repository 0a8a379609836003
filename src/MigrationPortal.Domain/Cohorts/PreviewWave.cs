using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>Plans a wave, and shows whom it would reach and when the gate could decide: before anybody is asked.</summary>
public sealed class PreviewWave(ICohortStore cohorts, IEnrollmentStore enrollments, ICandidates candidates, ICohortFacts facts, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>Writes nothing. Refuses <c>unknown-cohort</c> and <c>invalid-wave</c>.</summary>
    public async Task<Outcome<WavePreview>> DryAsync(InstanceId instance, long cohort, decimal percent, CancellationToken cancel)
    {
        if (await RoomAsync(instance, cohort, cancel) is not { } room) return Unknown(cohort);
        return Problem(room.Cohort, percent) is { } no ? no : Of(room, percent);
    }

    /// <summary>Refuses <c>unknown-cohort</c>, <c>invalid-wave</c> and <c>wave-open</c>: one after the other.</summary>
    public async Task<Outcome<Wave>> PlanAsync(InstanceId instance, long cohort, decimal percent, WaveStart start, DateTimeOffset? dueAt, Actor who, CancellationToken cancel)
    {
        if (await cohorts.FindAsync(instance, cohort, cancel) is not { } found) return Unknown(cohort);
        var now = clock.Now(instance);
        if (Problem(found, percent) is { } no) return no;
        if (start == WaveStart.AtTime != dueAt is not null) return Refusal.Of("invalid-wave", "A time belongs to a wave that starts at a time, and to no other.");
        if (dueAt <= now) return Refusal.Of("invalid-wave", $"{dueAt:u} is not after the instance's time, {now:u}. Give a later time, or send the wave by hand.");
        var wave = new Wave(0, cohort, 0, percent, start, dueAt, WaveState.Planned, null, who, now, 0);
        var planned = await audit.ChangeAsync<Wave?>(
            async () => await cohorts.AddWaveAsync(wave, cancel) is { } added
                ? (added, new AuditEntry(now, instance, who, "cohort.wave.plan", Subject(added), null, null, JsonSerializer.Serialize(new { added.Percent, start = added.Start.ToString(), added.DueAt })))
                : (null, null),
            cancel);
        return planned is null ? Refusal.Of("wave-open", $"The cohort {found.Name} has a wave that is not sent yet: send or close that one first.") : planned;
    }

    /// <summary>What the wave would do now; only a previewed one is sent. Refuses <c>unknown-cohort</c>, <c>unknown-wave</c>, <c>wave-over</c> and <c>changed-meanwhile</c>.</summary>
    public async Task<Outcome<(Wave Wave, WavePreview Preview)>> RunAsync(InstanceId instance, long cohort, int number, Actor who, CancellationToken cancel)
    {
        if (await RoomAsync(instance, cohort, cancel) is not { } room) return Unknown(cohort);
        if (await FindAsync(cohorts, cohort, number, cancel) is not { } wave) return UnknownWave(cohort, number);
        if (!wave.Allows(WaveState.Previewed)) return Refusal.Of("wave-over", $"Wave {number} is {wave.State.ToString().ToLowerInvariant()}: plan another one.");
        var (now, preview) = (clock.Now(instance), Of(room, wave.Percent));
        var entry = new AuditEntry(now, instance, who, "cohort.wave.preview", Subject(wave), null, null,
            JsonSerializer.Serialize(new { preview.Size, preview.Eligible, added = preview.Added.Select(one => one.Project.Project.Number), preview.JobsPerDay, preview.TrafficShare }));
        var saved = await audit.WriteAsync(entry, () => cohorts.SaveWaveAsync(wave with { State = WaveState.Previewed, By = who, At = now }, cancel), cancel);
        return saved is null ? Meanwhile(wave) : (saved, preview);
    }

    /// <summary>Gives up one that is not sent, or ends one that is. Refuses <c>unknown-cohort</c>, <c>unknown-wave</c>, <c>wave-over</c> and <c>changed-meanwhile</c>.</summary>
    public async Task<Outcome<Wave>> CloseAsync(InstanceId instance, long cohort, int number, string? reason, Actor who, CancellationToken cancel)
    {
        if (await cohorts.FindAsync(instance, cohort, cancel) is null) return Unknown(cohort);
        if (await FindAsync(cohorts, cohort, number, cancel) is not { } wave) return UnknownWave(cohort, number);
        if (!wave.Allows(WaveState.Closed)) return Refusal.Of("wave-over", $"Wave {number} is closed already.");
        var now = clock.Now(instance);
        var entry = new AuditEntry(now, instance, who, "cohort.wave.close", Subject(wave), reason, JsonSerializer.Serialize(new { state = wave.State.ToString() }), null);
        var closed = await audit.WriteAsync(entry, () => cohorts.SaveWaveAsync(wave with { State = WaveState.Closed, By = who, At = now }, cancel), cancel);
        return closed is null ? Meanwhile(wave) : closed;
    }

    internal static WavePreview Of(CohortRoom room, decimal percent) => WavePreview.Of(room.Candidates, room.Members, room.Draw(percent), room.Facts);

    internal static async Task<Wave?> FindAsync(ICohortStore cohorts, long cohort, int number, CancellationToken cancel) => (await cohorts.WavesAsync(cohort, cancel)).FirstOrDefault(one => one.Number == number);

    /// <summary>Names the wave in audit, notices and mails.</summary>
    public static string Subject(Wave wave) => string.Create(CultureInfo.InvariantCulture, $"cohort/{wave.Cohort}/wave/{wave.Number}");

    internal static Refusal Unknown(long cohort) => Refusal.Of("unknown-cohort", $"There is no cohort {cohort}.");

    internal static Refusal UnknownWave(long cohort, int number) => Refusal.Of("unknown-wave", $"Cohort {cohort} has no wave {number}.");

    internal static Refusal Meanwhile(Wave wave) => Refusal.Of("changed-meanwhile", $"Wave {wave.Number} was changed by somebody else: read it again.");

    private Task<CohortRoom?> RoomAsync(InstanceId instance, long cohort, CancellationToken cancel) => CohortRoom.ReadAsync(instance, cohort, cohorts, enrollments, candidates, facts, cancel);

    // Equal: those who were selected when the cohort was resized are asked.
    private static Refusal? Problem(Cohort cohort, decimal percent) =>
        percent is > 0 and <= 100 && percent == decimal.Round(percent, 3) && percent >= cohort.Percent ? null
        : Refusal.Of("invalid-wave", string.Create(CultureInfo.InvariantCulture, $"percent must be above 0, at most 100, with three decimals at most, and not below the cohort's {cohort.Percent} %: waves only enlarge. To shrink it, change the cohort itself."));
}
