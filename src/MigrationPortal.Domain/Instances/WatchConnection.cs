using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Instances;

/// <summary>Tells when an instance falls silent or refuses the read token, and when it is well again. One lost answer is no news: it must last.</summary>
public sealed class WatchConnection(IInstanceStore store, INotices notices, IWorldClock clock)
{
    /// <summary>Real time that trouble must have lasted: short enough for a night's guard, longer than a restart of GitLab's front.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const string Mark = "notice/connection";

    /// <param name="health">As it was just checked.</param>
    public async Task RunAsync(ConnectionHealth health, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(health);
        var known = Read(await store.WatermarkAsync(health.Instance, Mark, cancel));
        var trouble = !health.Reachable ? "unreachable" : !health.CanRead ? "token-refused" : null;
        if (trouble is null && known is { Alarmed: true }) await notices.TellAsync(Back(health, known), cancel);
        var after = trouble is null ? null
            : known is null ? new Memory(trouble, health.CheckedAt, false, health.CheckedAt, false)
            : known.Trouble == trouble ? known
            : known with { Trouble = trouble, Since = health.CheckedAt, Told = false };
        if (after is { Told: false } && health.CheckedAt - after.Since >= Patience)
        {
            await notices.TellAsync(Lost(health, after.Trouble, after.Since), cancel);
            after = after with { Told = true, Alarmed = true };
        }
        if (after != known) await store.SaveWatermarkAsync(health.Instance, Mark, JsonSerializer.Serialize(after), health.CheckedAt, cancel);
    }

    private Notice Lost(ConnectionHealth health, string trouble, DateTimeOffset since) => Of(
        health, NoticeKind.GitLabLost, NoticeSeverity.Critical, trouble, since,
        trouble == "unreachable" ? $"GitLab {health.Instance} does not answer: nothing can be watched or changed. {string.Join(" ", health.Problems)}" : $"GitLab {health.Instance} refuses the read token: nothing can be watched. {string.Join(" ", health.Problems)}",
        [new NoticeNumber("since", since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture))]);

    private Notice Back(ConnectionHealth health, Memory known) => Of(
        health, NoticeKind.GitLabBack, NoticeSeverity.Info, "back", known.Began, $"GitLab {health.Instance} can be read again.",
        [new NoticeNumber("away for", string.Create(CultureInfo.InvariantCulture, $"{(health.CheckedAt - known.Began).TotalMinutes:0.#} min"))]);

    private Notice Of(ConnectionHealth health, NoticeKind kind, NoticeSeverity severity, string what, DateTimeOffset since, string sentence, IReadOnlyList<NoticeNumber> numbers) => new(
        health.Instance, kind, severity, string.Create(CultureInfo.InvariantCulture, $"connection/{what}/{since.UtcDateTime:O}"), sentence.TrimEnd(), numbers, "health", clock.Now(health.Instance));

    private static Memory? Read(string? mark) => mark is null ? null : JsonSerializer.Deserialize<Memory>(mark);

    /// <param name="Since">Of this trouble.</param>
    /// <param name="Began">The first trouble of the episode.</param>
    /// <param name="Alarmed">Something was told in the episode, so its end must be told too.</param>
    private sealed record Memory(string Trouble, DateTimeOffset Since, bool Told, DateTimeOffset Began, bool Alarmed);
}
