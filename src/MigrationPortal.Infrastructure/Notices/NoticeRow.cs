using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Notices;

/// <summary>How a notice is read from its table.</summary>
internal static class NoticeRow
{
    public const string Columns = "n.id, n.instance, n.key, n.kind, n.severity, n.sentence, n.numbers, n.link, n.at, n.taken_by, n.taken_at";

    /// <param name="from">The column at which <see cref="Columns"/> begin.</param>
    public static StoredNotice Read(NpgsqlDataReader row, int from = 0) => new(
        row.GetInt64(from),
        new Notice(
            new InstanceId(row.GetString(from + 1)), NoticeKind.Of(row.GetString(from + 3)), (NoticeSeverity)row.GetInt16(from + 4), row.GetString(from + 2), row.GetString(from + 5),
            StoreJson.Read<NoticeNumber[]>(row.GetString(from + 6)), row.GetString(from + 7), row.GetFieldValue<DateTimeOffset>(from + 8)),
        row.GetTextOrNull(from + 9) is { } who ? ActorText.Read(who) : null,
        row.GetOrNull<DateTimeOffset>(from + 10));
}
