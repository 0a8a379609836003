using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Clusters;

/// <summary>Who vouched for what was not verified, as a column of JSON.</summary>
internal static class OverrideColumn
{
    public static NpgsqlParameter Write(UnverifiedOverride? vouched) => new NpgsqlParameter<string?>
    {
        TypedValue = vouched is null ? null : StoreJson.Write(new Stored(ActorText.Write(vouched.Who), vouched.Reason)),
        NpgsqlDbType = NpgsqlDbType.Jsonb,
    };

    public static UnverifiedOverride? Read(string? json) => json is not null && StoreJson.Read<Stored>(json) is var stored ? new UnverifiedOverride(ActorText.Read(stored.Who), stored.Reason) : null;

    /// <summary>Names are promises.</summary>
    private sealed record Stored(string Who, string Reason);
}
