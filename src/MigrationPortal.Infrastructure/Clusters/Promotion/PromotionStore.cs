using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Clusters.Promotion;

/// <summary>The version fences every write; one active promotion a configuration is a unique index.</summary>
internal sealed class PromotionStore(Database database) : IPromotionStore
{
    private const string Columns = "id, configuration, revision, instance, verification, override::text, bake_seconds, state, stages::text, said, asked_by, asked_at, since, version";

    public async Task<Domain.Clusters.Promotion.Promotion?> AddAsync(Domain.Clusters.Promotion.Promotion promotion, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(promotion);
        return (await database.QueryAsync(
            $"""
            INSERT INTO promotions (state, stages, said, since, active, configuration, revision, instance, verification, override, bake_seconds, asked_by, asked_at, version)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1) ON CONFLICT DO NOTHING RETURNING {Columns}
            """,
            values =>
            {
                Fill(values, promotion);
                values.AddWithValue(promotion.Configuration);
                values.AddWithValue(promotion.Revision);
                values.AddWithValue(promotion.Instance.Name);
                values.Add(new NpgsqlParameter<long?> { TypedValue = promotion.Verification });
                values.Add(OverrideColumn.Write(promotion.Override));
                values.AddWithValue((long)promotion.Bake.TotalSeconds);
                values.AddWithValue(ActorText.Write(promotion.AskedBy));
                values.AddWithValue(promotion.AskedAt.ToUniversalTime());
            },
            Read, cancel)).SingleOrDefault();
    }

    // Going back makes one active again that was not, while another may be.
    public async Task<Domain.Clusters.Promotion.Promotion?> SaveAsync(Domain.Clusters.Promotion.Promotion promotion, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(promotion);
        return (await database.QueryAsync(
            $"""
            UPDATE promotions SET state = $1, stages = $2, said = $3, since = $4, active = $5, version = version + 1
            WHERE id = $6 AND version = $7 AND NOT ($5 AND EXISTS (SELECT FROM promotions other WHERE other.configuration = promotions.configuration AND other.active AND other.id <> promotions.id)) RETURNING {Columns}
            """,
            values =>
            {
                Fill(values, promotion);
                values.AddWithValue(promotion.Id);
                values.AddWithValue(promotion.Version);
            },
            Read, cancel)).SingleOrDefault();
    }

    public async Task<Domain.Clusters.Promotion.Promotion?> FindAsync(long configuration, long id, CancellationToken cancel) => (await AllAsync("configuration = $1 AND id = $2", [configuration, id], cancel)).SingleOrDefault();

    public Task<IReadOnlyList<Domain.Clusters.Promotion.Promotion>> OfAsync(long configuration, int limit, long? before, CancellationToken cancel) =>
        AllAsync($"configuration = $1 AND id < $2 ORDER BY id DESC LIMIT {limit}", [configuration, before ?? long.MaxValue], cancel);

    public Task<IReadOnlyList<Domain.Clusters.Promotion.Promotion>> OpenAsync(InstanceId instance, CancellationToken cancel) => AllAsync("instance = $1 AND active ORDER BY id", [instance.Name], cancel);

    private async Task<IReadOnlyList<Domain.Clusters.Promotion.Promotion>> AllAsync(string which, object[] given, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM promotions WHERE {which}",
        values =>
        {
            foreach (var one in given) values.AddWithValue(one);
        },
        Read, cancel);

    // What both statements begin with, in their order.
    private static void Fill(NpgsqlParameterCollection values, Domain.Clusters.Promotion.Promotion promotion)
    {
        values.AddWithValue(promotion.State.ToString());
        values.Add(Json(promotion.Stages));
        values.Add(new NpgsqlParameter<string?> { TypedValue = promotion.Said });
        values.AddWithValue(promotion.Since.ToUniversalTime());
        values.AddWithValue(promotion.IsActive);
    }

    private static NpgsqlParameter<string?> Json<T>(T? value) where T : class => new() { TypedValue = value is null ? null : StoreJson.Write(value), NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static Domain.Clusters.Promotion.Promotion Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), new InstanceId(row.GetString(3)), row.IsDBNull(4) ? null : row.GetInt64(4),
        OverrideColumn.Read(row.GetTextOrNull(5)),
        TimeSpan.FromSeconds(row.GetInt64(6)), Enum.Parse<PromotionState>(row.GetString(7)), StoreJson.Read<PromotionStage[]>(row.GetString(8)), row.GetTextOrNull(9),
        ActorText.Read(row.GetString(10)), row.GetFieldValue<DateTimeOffset>(11), row.GetFieldValue<DateTimeOffset>(12), row.GetInt64(13));
}
