using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Cohorts;

/// <summary>State and version fence every write, and each writes its line of history in the same transaction.</summary>
internal sealed class EnrollmentStore(Database database) : IEnrollmentStore
{
    private const string Columns =
        "id, instance, project, target, kind, way, state, until, reason, changed_by, changed_at, since, version, cohort, place, wave, stratum, groups, left_at, original::text, coin";

    private const string EventColumns = "id, enrollment, from_state, to_state, target, way, until, at, who, reason";

    private static readonly string Active = string.Join(", ", Enum.GetValues<EnrollmentState>().Where(state => state.IsActive()).Select(state => $"'{state}'"));

    public async Task<Enrollment?> FindAsync(long id, CancellationToken cancel) => (await ManyAsync("id = $1", values => values.AddWithValue(id), cancel)).SingleOrDefault();

    public async Task<Enrollment?> ActiveAsync(ProjectId project, CancellationToken cancel) =>
        (await ManyAsync($"instance = $1 AND project = $2 AND state IN ({Active})", values => Name(values, project), cancel)).SingleOrDefault();

    public async Task<Enrollment?> NewestAsync(ProjectId project, CancellationToken cancel) =>
        (await ManyAsync("instance = $1 AND project = $2 ORDER BY id DESC LIMIT 1", values => Name(values, project), cancel)).SingleOrDefault();

    public async Task<IReadOnlyDictionary<ProjectId, Enrollment>> NewestAsync(InstanceId instance, IReadOnlyCollection<ProjectId> projects, CancellationToken cancel) => (await ManyAsync(
        "id IN (SELECT max(id) FROM enrollments WHERE instance = $1 AND project = ANY ($2) GROUP BY project)",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(projects.Select(project => project.Number).ToArray());
        },
        cancel)).ToDictionary(one => one.Project);

    public async Task<IReadOnlyList<Enrollment>> MembersAsync(long cohort, CancellationToken cancel) =>
        await ManyAsync("cohort = $1 AND left_at IS NULL ORDER BY place", values => values.AddWithValue(cohort), cancel);

    public async Task<IReadOnlyList<Enrollment>> InStateAsync(InstanceId instance, EnrollmentState state, CancellationToken cancel) => await ManyAsync(
        "instance = $1 AND state = $2 ORDER BY since, id",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(state.ToString());
        },
        cancel);

    public async Task<int> CountAsync(InstanceId instance, EnrollmentState state, CancellationToken cancel) => (await database.QueryAsync(
        "SELECT count(*)::int FROM enrollments WHERE instance = $1 AND state = $2",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(state.ToString());
        },
        row => row.GetInt32(0), cancel)).Single();

    public async Task<IReadOnlyList<Enrollment>> OfTargetAsync(InstanceId instance, EnrollmentTarget target, CancellationToken cancel) => await ManyAsync(
        $"instance = $1 AND target = $2 AND state IN ({Active}) ORDER BY id",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(target.ToString());
        },
        cancel);

    public Task<Enrollment?> AddAsync(Enrollment enrollment, CancellationToken cancel) => database.InTransactionAsync(
        async connection =>
        {
            var added = (await connection.QueryAsync(
                $"""
                INSERT INTO enrollments (instance, project, target, kind, way, state, until, reason, changed_by, changed_at, since, version, cohort, place, wave, stratum, groups, left_at, original, coin)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $13, $14, $15, $16, $17, $18, $19) ON CONFLICT DO NOTHING RETURNING {Columns}
                """,
                values =>
                {
                    Name(values, enrollment.Project);
                    values.AddWithValue(enrollment.Target.ToString());
                    values.AddWithValue(enrollment.Kind.ToString());
                    Fill(values, enrollment);
                },
                Read, cancel)).SingleOrDefault();
            if (added is not null) await NoteAsync(connection, null, added, cancel);
            return added;
        },
        cancel);

    public Task<Enrollment?> SaveAsync(Enrollment enrollment, EnrollmentState expected, CancellationToken cancel)
    {
        if (enrollment.State != expected && !EnrollmentTransitions.Allows(expected, enrollment.State))
            throw new InvalidOperationException($"An enrollment never goes from {expected} to {enrollment.State}.");
        return database.InTransactionAsync(
            async connection =>
            {
                var saved = enrollment.State.IsActive() && !expected.IsActive()
                    ? await ActivatedAsync(connection, enrollment, expected, cancel)
                    : await UpdatedAsync(connection, enrollment, expected, cancel);
                if (saved is not null) await NoteAsync(connection, expected, saved, cancel);
                return saved;
            },
            cancel);
    }

    public async Task<IReadOnlyList<EnrollmentEvent>> HistoryAsync(long id, CancellationToken cancel) =>
        await database.QueryAsync($"SELECT {EventColumns} FROM enrollment_events WHERE enrollment = $1 ORDER BY id", values => values.AddWithValue(id), ReadEvent, cancel);

    public async Task<IReadOnlyDictionary<long, EnrollmentEvent>> LastAsync(IReadOnlyCollection<long> ids, EnrollmentState into, CancellationToken cancel) => ids.Count == 0 ? new Dictionary<long, EnrollmentEvent>() : (await database.QueryAsync(
        $"SELECT DISTINCT ON (enrollment) {EventColumns} FROM enrollment_events WHERE enrollment = ANY($1) AND to_state = $2 AND from_state IS DISTINCT FROM to_state ORDER BY enrollment, id DESC",
        values =>
        {
            values.AddWithValue(ids.ToArray());
            values.AddWithValue(into.ToString());
        },
        ReadEvent, cancel)).ToDictionary(one => one.Enrollment);

    private static EnrollmentEvent ReadEvent(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetTextOrNull(2) is { } from ? Enum.Parse<EnrollmentState>(from) : null, Enum.Parse<EnrollmentState>(row.GetString(3)), Enum.Parse<EnrollmentTarget>(row.GetString(4)),
        row.GetTextOrNull(5) is { } way ? Enum.Parse<EnrollmentWay>(way) : null, row.GetOrNull<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset>(7), ActorText.Read(row.GetString(8)), row.GetTextOrNull(9));

    // Who comes back may find the project enrolled anew: then the index says no, and the caller's transaction must live on.
    private static async Task<Enrollment?> ActivatedAsync(NpgsqlConnection connection, Enrollment enrollment, EnrollmentState expected, CancellationToken cancel)
    {
        await connection.ExecuteAsync("SAVEPOINT enrollment", _ => { }, cancel);
        try
        {
            return await UpdatedAsync(connection, enrollment, expected, cancel);
        }
        catch (PostgresException taken) when (taken is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "enrollments_active" })
        {
            await connection.ExecuteAsync("ROLLBACK TO SAVEPOINT enrollment", _ => { }, cancel);
            return null;
        }
    }

    private static async Task<Enrollment?> UpdatedAsync(NpgsqlConnection connection, Enrollment enrollment, EnrollmentState expected, CancellationToken cancel) => (await connection.QueryAsync(
        $"""
        UPDATE enrollments SET target = $4, way = $5, state = $6, until = $7, reason = $8, changed_by = $9, changed_at = $10, since = $11, version = version + 1,
            cohort = $12, place = $13, wave = $14, stratum = $15, groups = $16, left_at = $17, original = $18, coin = $19
        WHERE id = $1 AND version = $2 AND state = $3 RETURNING {Columns}
        """,
        values =>
        {
            values.AddWithValue(enrollment.Id);
            values.AddWithValue(enrollment.Version);
            values.AddWithValue(expected.ToString());
            values.AddWithValue(enrollment.Target.ToString());
            Fill(values, enrollment);
        },
        Read, cancel)).SingleOrDefault();

    private static async Task NoteAsync(NpgsqlConnection connection, EnrollmentState? from, Enrollment enrollment, CancellationToken cancel)
    {
        await connection.ExecuteAsync(
            "INSERT INTO enrollment_events (enrollment, from_state, to_state, target, way, until, at, who, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            values =>
            {
                values.AddWithValue(enrollment.Id);
                values.Add(Text(from?.ToString()));
                values.AddWithValue(enrollment.State.ToString());
                values.AddWithValue(enrollment.Target.ToString());
                values.Add(Text(enrollment.Way?.ToString()));
                values.Add(CohortStore.Time(enrollment.Until));
                values.AddWithValue(enrollment.At.ToUniversalTime());
                values.AddWithValue(ActorText.Write(enrollment.By));
                values.Add(Text(enrollment.Reason));
            },
            cancel);
        await connection.NotifyAsync(new PortalEvent(PortalTopic.Cohorts, enrollment.Project.Instance, null), cancel);
    }

    private Task<List<Enrollment>> ManyAsync(string which, Action<NpgsqlParameterCollection> fill, CancellationToken cancel) => database.QueryAsync($"SELECT {Columns} FROM enrollments WHERE {which}", fill, Read, cancel);

    private static void Name(NpgsqlParameterCollection values, ProjectId project)
    {
        values.AddWithValue(project.Instance.Name);
        values.AddWithValue(project.Number);
    }

    // From the way on, in the order of both statements.
    private static void Fill(NpgsqlParameterCollection values, Enrollment enrollment)
    {
        var seat = enrollment.Seat;
        values.Add(Text(enrollment.Way?.ToString()));
        values.AddWithValue(enrollment.State.ToString());
        values.Add(CohortStore.Time(enrollment.Until));
        values.Add(Text(enrollment.Reason));
        values.AddWithValue(ActorText.Write(enrollment.By));
        values.AddWithValue(enrollment.At.ToUniversalTime());
        values.AddWithValue(enrollment.Since.ToUniversalTime());
        values.Add(new NpgsqlParameter<long?> { TypedValue = seat?.Cohort });
        values.Add(new NpgsqlParameter<int?> { TypedValue = seat?.Place });
        values.Add(new NpgsqlParameter<long?> { TypedValue = seat?.Wave });
        values.Add(Text(seat?.Member.Stratum.ToString()));
        values.Add(new NpgsqlParameter<long[]?> { TypedValue = seat?.Member.Groups.Order().ToArray() });
        values.Add(CohortStore.Time(seat?.LeftAt));
        values.Add(new NpgsqlParameter<string?> { TypedValue = enrollment.Original, NpgsqlDbType = NpgsqlDbType.Json });
        values.Add(Text(enrollment.Coin?.ToString()));
    }

    private static NpgsqlParameter<string?> Text(string? text) => new() { TypedValue = text };

    private static Enrollment Read(NpgsqlDataReader row)
    {
        var project = new ProjectId(new InstanceId(row.GetString(1)), row.GetInt64(2));
        return new Enrollment(
            row.GetInt64(0), project, Enum.Parse<EnrollmentTarget>(row.GetString(3)), Enum.Parse<EnrollmentKind>(row.GetString(4)), row.GetTextOrNull(5) is { } way ? Enum.Parse<EnrollmentWay>(way) : null,
            Enum.Parse<EnrollmentState>(row.GetString(6)), row.GetOrNull<DateTimeOffset>(7), row.GetTextOrNull(8), ActorText.Read(row.GetString(9)), row.GetFieldValue<DateTimeOffset>(10), row.GetInt64(12))
        {
            Since = row.GetFieldValue<DateTimeOffset>(11),
            Seat = row.GetOrNull<long>(13) is { } cohort ? Seat(row, project, cohort) : null,
            Original = row.GetTextOrNull(19),
            Coin = row.GetTextOrNull(20) is { } coin ? Enum.Parse<CoinSide>(coin) : null,
        };
    }

    private static CohortSeat Seat(NpgsqlDataReader row, ProjectId project, long cohort) => new(
        cohort, row.GetInt32(14), row.GetOrNull<long>(15), new Member(project, Enum.Parse<ActivityStratum>(row.GetString(16)), row.GetFieldValue<long[]>(17).ToHashSet()), row.GetOrNull<DateTimeOffset>(18));
}
