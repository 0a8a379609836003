using System.Text.Json;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Cohorts;

/// <summary>Stage and version fence every write of a project; each stage is one row of its steps, once by an index. People are stored by number.</summary>
internal sealed class StragglerStore(Database database) : IStragglerStore
{
    private const string Columns =
        "s.id, s.project, s.stage, s.ladder::text, s.final_at, s.reason, s.changed_by, s.since, s.version, c.id, c.instance, c.remind_days, c.final_at, c.quiet_days, c.most_open, c.reason, c.started_by, c.at";

    private const string BranchColumns = "instance, project, ref, state, change::text, request::text, why, since, version";

    public async Task<StragglerCampaign> AddAsync(StragglerCampaign campaign, CancellationToken cancel) => campaign with
    {
        Id = (await database.QueryAsync(
            "INSERT INTO straggler_campaigns (instance, remind_days, final_at, quiet_days, most_open, reason, started_by, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
            values =>
            {
                values.AddWithValue(campaign.Instance.Name);
                values.AddWithValue(campaign.RemindDays);
                values.AddWithValue(campaign.FinalAt.ToUniversalTime());
                values.AddWithValue(campaign.QuietDays);
                values.AddWithValue(campaign.MostOpen);
                values.AddWithValue(campaign.Reason);
                values.AddWithValue(ActorText.Write(campaign.By));
                values.AddWithValue(campaign.At.ToUniversalTime());
            },
            row => row.GetInt64(0), cancel)).Single(),
    };

    public Task<StragglerCase?> AddAsync(StragglerCase one, CancellationToken cancel) => database.InTransactionAsync(
        async connection => await NotedAsync(connection, null, (await connection.QueryAsync(
            $"""
            WITH s AS (
                INSERT INTO straggler_cases (campaign, instance, project, stage, ladder, final_at, reason, changed_by, since, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
                ON CONFLICT DO NOTHING RETURNING *)
            SELECT {Columns} FROM s JOIN straggler_campaigns c ON c.id = s.campaign
            """,
            values =>
            {
                values.AddWithValue(one.Campaign.Id);
                values.AddWithValue(one.Project.Instance.Name);
                values.AddWithValue(one.Project.Number);
                Fill(values, one);
            },
            Read, cancel)).SingleOrDefault(), cancel),
        cancel);

    public Task<StragglerCase?> SaveAsync(StragglerCase one, StragglerStage expected, CancellationToken cancel)
    {
        if (one.Stage != expected && !StragglerStages.Allows(expected, one.Stage)) throw new InvalidOperationException($"A straggler never goes from {expected} to {one.Stage}.");
        return database.InTransactionAsync(
            async connection => await NotedAsync(connection, expected, (await connection.QueryAsync(
                $"""
                WITH s AS (
                    UPDATE straggler_cases SET stage = $4, ladder = $5, final_at = $6, reason = $7, changed_by = $8, since = $9, version = version + 1
                    WHERE id = $1 AND version = $2 AND stage = $3 RETURNING *)
                SELECT {Columns} FROM s JOIN straggler_campaigns c ON c.id = s.campaign
                """,
                values =>
                {
                    values.AddWithValue(one.Id);
                    values.AddWithValue(one.Version);
                    values.AddWithValue(expected.ToString());
                    Fill(values, one);
                },
                Read, cancel)).SingleOrDefault(), cancel),
            cancel);
    }

    public async Task<IReadOnlyList<StragglerCase>> ActiveAsync(InstanceId instance, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM straggler_cases s JOIN straggler_campaigns c ON c.id = s.campaign WHERE s.instance = $1 AND s.stage <> 'Gone' ORDER BY s.id", values => values.AddWithValue(instance.Name), Read, cancel);

    public async Task<IReadOnlyList<StragglerCase>> GoneAsync(InstanceId instance, int limit, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM straggler_cases s JOIN straggler_campaigns c ON c.id = s.campaign WHERE s.instance = $1 AND s.stage = 'Gone' ORDER BY s.since DESC, s.id DESC LIMIT $2",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(limit);
        },
        Read, cancel);

    public async Task<ILookup<long, StragglerStep>> StepsAsync(IReadOnlyCollection<long> cases, CancellationToken cancel) => (await database.QueryAsync(
        "SELECT \"case\", stage, at, who, reason FROM straggler_steps WHERE \"case\" = ANY ($1) ORDER BY id", values => values.AddWithValue(cases.ToArray()),
        row => (Of: row.GetInt64(0), Step: new StragglerStep(Enum.Parse<StragglerStage>(row.GetString(1)), row.GetFieldValue<DateTimeOffset>(2), ActorText.Read(row.GetString(3)), row.GetTextOrNull(4))), cancel)).ToLookup(one => one.Of, one => one.Step);

    public async Task<IReadOnlyList<StragglerBranch>> BranchesAsync(InstanceId instance, IReadOnlyCollection<ProjectId>? projects, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {BranchColumns} FROM straggler_branches WHERE instance = $1 AND ($2::bigint[] IS NULL OR project = ANY ($2)) ORDER BY project, ref COLLATE \"C\"",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.Add(new NpgsqlParameter<long[]?> { TypedValue = projects?.Select(project => project.Number).ToArray() });
        },
        ReadBranch, cancel);

    public async Task<StragglerBranch?> SaveAsync(StragglerBranch branch, CancellationToken cancel) => (await database.QueryAsync(
        branch.Version == 0
            ? $"INSERT INTO straggler_branches (instance, project, ref, state, change, request, why, since, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9 + 1) ON CONFLICT DO NOTHING RETURNING {BranchColumns}"
            : $"UPDATE straggler_branches SET state = $4, change = $5, request = $6, why = $7, since = $8, version = version + 1 WHERE instance = $1 AND project = $2 AND ref = $3 AND version = $9 RETURNING {BranchColumns}",
        values =>
        {
            values.AddWithValue(branch.Project.Instance.Name);
            values.AddWithValue(branch.Project.Number);
            values.AddWithValue(branch.Ref);
            values.AddWithValue(branch.State.ToString());
            values.Add(JsonParameter.Of(branch.Change));
            values.Add(JsonParameter.Of(branch.Request));
            values.Add(new NpgsqlParameter<string?> { TypedValue = branch.Why });
            values.AddWithValue(branch.Since.ToUniversalTime());
            values.AddWithValue(branch.Version);
        },
        ReadBranch, cancel)).SingleOrDefault();

    private static async Task<StragglerCase?> NotedAsync(NpgsqlConnection connection, StragglerStage? from, StragglerCase? saved, CancellationToken cancel)
    {
        if (saved is null || saved.Stage == from) return saved;
        await connection.ExecuteAsync(
            "INSERT INTO straggler_steps (\"case\", stage, at, who, reason) VALUES ($1, $2, $3, $4, $5)",
            values =>
            {
                values.AddWithValue(saved.Id);
                values.AddWithValue(saved.Stage.ToString());
                values.AddWithValue(saved.Since.ToUniversalTime());
                values.AddWithValue(ActorText.Write(saved.By));
                values.Add(new NpgsqlParameter<string?> { TypedValue = saved.Reason });
            },
            cancel);
        return saved;
    }

    // From the stage on, in the order of both statements.
    private static void Fill(NpgsqlParameterCollection values, StragglerCase one)
    {
        values.AddWithValue(one.Stage.ToString());
        values.Add(JsonParameter.Of(one.Ladder?.Steps.Select(step => new StoredRung(step.Rung.ToString(), [.. step.People.Select(person => person.Number)]))));
        values.AddWithValue(one.FinalAt.ToUniversalTime());
        values.Add(new NpgsqlParameter<string?> { TypedValue = one.Reason });
        values.AddWithValue(ActorText.Write(one.By));
        values.AddWithValue(one.Since.ToUniversalTime());
    }

    private static StragglerCase Read(NpgsqlDataReader row)
    {
        var instance = new InstanceId(row.GetString(10));
        var campaign = new StragglerCampaign(
            row.GetInt64(9), instance, row.GetInt32(11), row.GetFieldValue<DateTimeOffset>(12), row.GetInt32(13), row.GetInt32(14), row.GetString(15), ActorText.Read(row.GetString(16)), row.GetFieldValue<DateTimeOffset>(17));
        return new StragglerCase(
            row.GetInt64(0), campaign, new ProjectId(instance, row.GetInt64(1)), Enum.Parse<StragglerStage>(row.GetString(2)), row.GetTextOrNull(3) is { } ladder ? Ladder(instance, ladder) : null,
            row.GetFieldValue<DateTimeOffset>(4), row.GetTextOrNull(5), ActorText.Read(row.GetString(6)), row.GetFieldValue<DateTimeOffset>(7), row.GetInt64(8));
    }

    private static ContactLadder Ladder(InstanceId instance, string json) =>
        new([.. JsonSerializer.Deserialize<StoredRung[]>(json)!.Select(one => new LadderStep(Enum.Parse<LadderRung>(one.Rung), [.. one.People.Select(number => new UserId(instance, number))]))]);

    private static StragglerBranch ReadBranch(NpgsqlDataReader row) => new(
        new ProjectId(new InstanceId(row.GetString(0)), row.GetInt64(1)), row.GetString(2), Enum.Parse<BranchState>(row.GetString(3)), row.GetTextOrNull(4) is { } change ? JsonSerializer.Deserialize<CiEditRecord>(change) : null,
        row.GetTextOrNull(5) is { } request ? JsonSerializer.Deserialize<MoveRecord.Request>(request) : null, row.GetTextOrNull(6), row.GetFieldValue<DateTimeOffset>(7), row.GetInt64(8));

    private sealed record StoredRung(string Rung, long[] People);
}
