using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Clusters;

/// <summary>Clusters; the way in is encrypted by Data Protection, and never part of what is listed.</summary>
internal sealed class ClusterStore(Database database, IDataProtectionProvider protection) : IClusterStore
{
    private const string Columns = "id, name, instance, connection, job_namespaces, manager_namespace, runner_ids, version";

    private readonly IDataProtector _protector = protection.CreateProtector("MigrationPortal.Clusters.v1");

    public async Task<IReadOnlyList<Cluster>> ListAsync(InstanceId? instance, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM clusters WHERE $1::text IS NULL OR instance = $1 ORDER BY instance, name",
        values => values.Add(new NpgsqlParameter<string?> { TypedValue = instance?.Name }), Read, cancel);

    public async Task<Cluster?> FindAsync(long id, CancellationToken cancel) => (await database.QueryAsync(
        $"SELECT {Columns} FROM clusters WHERE id = $1", values => values.AddWithValue(id), Read, cancel)).SingleOrDefault();

    public async Task<ClusterAccess?> AccessAsync(long id, CancellationToken cancel)
    {
        var stored = (await database.QueryAsync("SELECT access FROM clusters WHERE id = $1", values => values.AddWithValue(id), row => row.GetString(0), cancel)).SingleOrDefault();
        if (stored is null) return null;
        try
        {
            return StoreJson.Read<AccessForm>(_protector.Unprotect(stored)).ToAccess();
        }
        catch (CryptographicException fault)
        {
            throw new AccessLostException("The stored credentials cannot be decrypted any more: enter them again.", fault);
        }
    }

    public async Task<Cluster?> AddAsync(Cluster cluster, ClusterAccess access, CancellationToken cancel) => (await database.QueryAsync(
        $"""
        INSERT INTO clusters (name, connection, job_namespaces, manager_namespace, runner_ids, access, instance, version) VALUES ($1, $2::jsonb, $3, $4, $5, $6, $7, 1)
        ON CONFLICT (instance, name) DO NOTHING RETURNING {Columns}
        """,
        values =>
        {
            Fill(values, cluster);
            values.AddWithValue(Protected(access));
            values.AddWithValue(cluster.Instance.Name);
        },
        Read,
        cancel)).SingleOrDefault();

    public async Task<Cluster?> SaveAsync(Cluster cluster, ClusterAccess? access, CancellationToken cancel) => (await database.QueryAsync(
        $"""
        UPDATE clusters SET name = $1, connection = $2::jsonb, job_namespaces = $3, manager_namespace = $4, runner_ids = $5, access = coalesce($6, access), version = version + 1
        WHERE id = $7 AND version = $8 AND NOT EXISTS (SELECT FROM clusters other WHERE other.instance = clusters.instance AND other.name = $1 AND other.id <> $7) RETURNING {Columns}
        """,
        values =>
        {
            Fill(values, cluster);
            values.Add(new NpgsqlParameter<string?> { TypedValue = access is null ? null : Protected(access) });
            values.AddWithValue(cluster.Id);
            values.AddWithValue(cluster.Version);
        },
        Read,
        cancel)).SingleOrDefault();

    public async Task<IReadOnlyList<string>> WorkAsync(long id, CancellationToken cancel)
    {
        // Whoever begins something there takes the row too, and waits.
        await database.QueryAsync("SELECT id FROM clusters WHERE id = $1 FOR UPDATE", values => values.AddWithValue(id), row => row.GetInt64(0), cancel);
        return await database.QueryAsync(
            """
            SELECT 'application ' || id || ' of ' || configuration_name FROM cluster_applications WHERE cluster = $1 AND state IN ('Applying', 'Verifying', 'RollingBack', 'Waiting')
            UNION ALL SELECT 'registration ' || id || ' of runner ' || description FROM cluster_registrations WHERE cluster = $1 AND state NOT IN ('Done', 'Undone', 'Left')
            UNION ALL SELECT 'verification ' || id || ' of configuration ' || configuration FROM verifications WHERE cluster = $1 AND state IN ('Preparing', 'Running')
            UNION ALL SELECT 'promotion ' || id || ' of configuration ' || configuration FROM promotions WHERE active AND stages @> jsonb_build_array(jsonb_build_object('cluster', $1))
            UNION ALL SELECT 'surge ' || id FROM surges WHERE state NOT IN ('Ended', 'Undone') AND lent @> jsonb_build_array(jsonb_build_object('cluster', $1))
            """,
            values => values.AddWithValue(id), row => row.GetString(0), cancel);
    }

    public async Task<bool> RemoveAsync(long id, CancellationToken cancel) =>
        await database.ExecuteAsync("DELETE FROM clusters WHERE id = $1", values => values.AddWithValue(id), cancel) > 0;

    private static void Fill(NpgsqlParameterCollection values, Cluster cluster)
    {
        values.AddWithValue(cluster.Name);
        values.AddWithValue(StoreJson.Write(cluster.Connection));
        values.AddWithValue(cluster.JobNamespaces.ToArray());
        values.AddWithValue(cluster.ManagerNamespace);
        values.AddWithValue(cluster.RunnerIds.ToArray());
    }

    private static Cluster Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), new InstanceId(row.GetString(2)), StoreJson.Read<ConnectionFacts>(row.GetString(3)),
        row.GetFieldValue<string[]>(4), row.GetString(5), row.GetFieldValue<long[]>(6), row.GetInt64(7));

    private string Protected(ClusterAccess access) => _protector.Protect(StoreJson.Write(AccessForm.Of(access)));

    /// <summary>As it stands encrypted. Stored: names here are promises.</summary>
    private sealed record AccessForm(string? File, string? Context, string? Server, string? Token, string? Ca)
    {
        public static AccessForm Of(ClusterAccess access) => access switch
        {
            ClusterAccess.Kubeconfig file => new(Domain.Clusters.Kubeconfig.Read(file.Text).Only(file.Context), file.Context, null, null, null),
            ClusterAccess.Token token => new(null, null, token.Server, token.Bearer, token.CaPem),
            _ => new(null, null, null, null, null),
        };

        public ClusterAccess ToAccess() => this switch
        {
            { File: { } text, Context: { } context } => new ClusterAccess.Kubeconfig(text, context),
            { Server: { } server, Token: { } token } => new ClusterAccess.Token(server, token, Ca),
            _ => new ClusterAccess.InCluster(),
        };
    }
}
