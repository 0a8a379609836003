using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Notices;

/// <summary>Channels; what reaches them is encrypted by Data Protection, and never part of what is listed.</summary>
internal sealed class ChannelStore(Database database, IDataProtectionProvider protection) : IChannelStore
{
    private const string Columns = "id, name, kind, is_on, place, rules, version";

    private readonly IDataProtector _protector = protection.CreateProtector("MigrationPortal.NoticeChannels.v1");

    public async Task<IReadOnlyList<NoticeChannel>> ListAsync(CancellationToken cancel) =>
        await database.QueryAsync($"SELECT {Columns} FROM notice_channels ORDER BY name", _ => { }, Read, cancel);

    public async Task<NoticeChannel?> FindAsync(long id, CancellationToken cancel) => (await database.QueryAsync(
        $"SELECT {Columns} FROM notice_channels WHERE id = $1", values => values.AddWithValue(id), Read, cancel)).SingleOrDefault();

    public async Task<ChannelTarget?> TargetAsync(long id, CancellationToken cancel)
    {
        var stored = (await database.QueryAsync("SELECT target FROM notice_channels WHERE id = $1", values => values.AddWithValue(id), row => row.GetString(0), cancel)).SingleOrDefault();
        if (stored is null) return null;
        try
        {
            return StoreJson.Read<TargetForm>(_protector.Unprotect(stored)).ToTarget();
        }
        catch (CryptographicException fault)
        {
            throw new TargetLostException("The stored address cannot be decrypted any more: enter it again.", fault);
        }
    }

    public async Task<NoticeChannel?> AddAsync(NoticeChannel channel, ChannelTarget target, CancellationToken cancel) => (await database.QueryAsync(
        $"""
        INSERT INTO notice_channels (name, kind, is_on, place, rules, target, version) VALUES ($1, $2, $3, $4, $5::jsonb, $6, 1)
        ON CONFLICT (name) DO NOTHING RETURNING {Columns}
        """,
        values =>
        {
            Fill(values, channel);
            values.AddWithValue(Protected(target));
        },
        Read,
        cancel)).SingleOrDefault();

    public async Task<NoticeChannel?> SaveAsync(NoticeChannel channel, ChannelTarget? target, CancellationToken cancel) => (await database.QueryAsync(
        $"""
        UPDATE notice_channels SET name = $1, kind = $2, is_on = $3, place = $4, rules = $5::jsonb, target = coalesce($6, target), version = version + 1
        WHERE id = $7 AND version = $8 AND NOT EXISTS (SELECT FROM notice_channels other WHERE other.name = $1 AND other.id <> $7) RETURNING {Columns}
        """,
        values =>
        {
            Fill(values, channel);
            values.Add(new NpgsqlParameter<string?> { TypedValue = target is null ? null : Protected(target) });
            values.AddWithValue(channel.Id);
            values.AddWithValue(channel.Version);
        },
        Read,
        cancel)).SingleOrDefault();

    public async Task<DateTimeOffset?> DigestedAsync(long id, CancellationToken cancel) => (await database.QueryAsync(
        "SELECT digested_until FROM notice_channels WHERE id = $1", values => values.AddWithValue(id), row => row.GetOrNull<DateTimeOffset>(0), cancel)).SingleOrDefault();

    // No change of the channel itself: its version stays.
    public Task SaveDigestedAsync(long id, DateTimeOffset until, CancellationToken cancel) => database.ExecuteAsync(
        "UPDATE notice_channels SET digested_until = $2 WHERE id = $1 AND digested_until IS DISTINCT FROM greatest(digested_until, $2)",
        values =>
        {
            values.AddWithValue(id);
            values.AddWithValue(until.UtcDateTime);
        },
        cancel);

    public async Task<bool> RemoveAsync(long id, CancellationToken cancel) =>
        await database.ExecuteAsync("DELETE FROM notice_channels WHERE id = $1", values => values.AddWithValue(id), cancel) > 0;

    private static void Fill(NpgsqlParameterCollection values, NoticeChannel channel)
    {
        values.AddWithValue(channel.Name);
        values.AddWithValue(channel.Kind.ToString());
        values.AddWithValue(channel.IsOn);
        values.AddWithValue(channel.Place);
        values.AddWithValue(StoreJson.Write(channel.Rules));
    }

    private static NoticeChannel Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), Enum.Parse<ChannelKind>(row.GetString(2)), row.GetBoolean(3), row.GetString(4), StoreJson.Read<NoticeRules>(row.GetString(5)), row.GetInt64(6));

    private string Protected(ChannelTarget target) => _protector.Protect(StoreJson.Write(TargetForm.Of(target)));

    /// <summary>As it stands encrypted. Stored: names here are promises.</summary>
    private sealed record TargetForm(IReadOnlyList<string>? To, string? Url, string? Secret)
    {
        public static TargetForm Of(ChannelTarget target) => target switch
        {
            ChannelTarget.Mail mail => new(mail.To, null, null),
            ChannelTarget.Webhook hook => new(null, hook.Url.AbsoluteUri, hook.Secret),
            ChannelTarget.Chat chat => new(null, chat.Url.AbsoluteUri, null),
            _ => throw new InvalidOperationException("A target of no known kind."),
        };

        public ChannelTarget ToTarget() => this switch
        {
            { To: { } to } => new ChannelTarget.Mail(to),
            { Url: { } url, Secret: { } secret } => new ChannelTarget.Webhook(new Uri(url), secret),
            _ => new ChannelTarget.Chat(new Uri(Url!)),
        };
    }
}
