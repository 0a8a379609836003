using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>
/// Jobs and rollups are written by COPY and SQL and have no entities, so their tables stand here as SQL. In all of them
/// 0 stands for "not known", because key columns cannot be null.
/// </summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261123214000_Jobs")]
public sealed class Jobs : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE words (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, word text NOT NULL UNIQUE);
        CREATE TABLE tag_sets (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tags text[] NOT NULL UNIQUE);

        -- Ids grow with time: ranges of ids keep the key unique, which ranges of time would not. Wide columns first.
        CREATE TABLE jobs (
            number bigint NOT NULL,
            project bigint NOT NULL,
            pipeline bigint,
            runner bigint,
            created_at timestamptz,
            queued_at timestamptz,
            started_at timestamptz,
            finished_at timestamptz,
            tag_set int NOT NULL,
            executor int NOT NULL,
            executor_said int NOT NULL,
            version int NOT NULL,
            reason int NOT NULL,
            system int NOT NULL,
            stage int NOT NULL,
            source int NOT NULL,
            instance smallint NOT NULL,
            status smallint NOT NULL,
            kind smallint NOT NULL,
            seen_by smallint NOT NULL,
            protected boolean,
            retried boolean,
            allow_failure boolean,
            name text NOT NULL,
            ref text,
            PRIMARY KEY (instance, number)
        ) PARTITION BY RANGE (instance, number);
        CREATE INDEX jobs_by_project ON jobs (instance, project, number);
        CREATE INDEX jobs_unfinished ON jobs (instance, status, number) WHERE status < 10;
        CREATE INDEX jobs_without_reason ON jobs (instance, number) WHERE kind = 7;
        CREATE INDEX jobs_by_finish ON jobs USING brin (finished_at) WITH (pages_per_range = 32);
        CREATE INDEX jobs_by_creation ON jobs USING brin (created_at) WITH (pages_per_range = 32);

        CREATE TABLE runner_activity (
            instance smallint NOT NULL, runner bigint NOT NULL, last_started_at timestamptz NOT NULL, PRIMARY KEY (instance, runner));

        CREATE TABLE rollup_hour_start (
            instance smallint NOT NULL, hour timestamptz NOT NULL, executor int NOT NULL,
            started bigint NOT NULL, untagged bigint NOT NULL, tags_unknown bigint NOT NULL, queued bigint[] NOT NULL,
            PRIMARY KEY (instance, hour, executor));
        CREATE TABLE rollup_hour_result (
            instance smallint NOT NULL, hour timestamptz NOT NULL, executor int NOT NULL, kind smallint NOT NULL,
            jobs bigint NOT NULL, ran bigint[] NOT NULL,
            PRIMARY KEY (instance, hour, executor, kind));
        CREATE TABLE rollup_hour_runner (
            instance smallint NOT NULL, hour timestamptz NOT NULL, runner bigint NOT NULL, version int NOT NULL,
            executor int NOT NULL, kind smallint NOT NULL, jobs bigint NOT NULL,
            PRIMARY KEY (instance, hour, runner, version, executor, kind));
        CREATE TABLE rollup_day_project (
            instance smallint NOT NULL, day date NOT NULL, project bigint NOT NULL, executor int NOT NULL, kind smallint NOT NULL,
            arm smallint NOT NULL, jobs bigint NOT NULL,
            PRIMARY KEY (instance, day, project, executor, kind, arm));
        CREATE TABLE rollup_day_reason (
            instance smallint NOT NULL, day date NOT NULL, executor int NOT NULL, reason int NOT NULL, kind smallint NOT NULL,
            jobs bigint NOT NULL,
            PRIMARY KEY (instance, day, executor, reason, kind));
        CREATE TABLE rollup_day_tags (
            instance smallint NOT NULL, day date NOT NULL, tag_set int NOT NULL, executor int NOT NULL, kind smallint NOT NULL,
            jobs bigint NOT NULL,
            PRIMARY KEY (instance, day, tag_set, executor, kind));
        -- protected: 0 not known, 1 no, 2 yes.
        CREATE TABLE rollup_day_class (
            instance smallint NOT NULL, day date NOT NULL, project bigint NOT NULL, tag_set int NOT NULL, protected smallint NOT NULL,
            jobs bigint NOT NULL,
            PRIMARY KEY (instance, day, project, tag_set, protected));

        -- Histograms add up bucket by bucket.
        CREATE FUNCTION hist_add(one bigint[], other bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT CASE WHEN one IS NULL THEN other WHEN other IS NULL THEN one ELSE (
                SELECT array_agg(coalesce(a, 0) + coalesce(b, 0) ORDER BY bucket) FROM unnest(one, other) WITH ORDINALITY AS both_of (a, b, bucket)) END
        $$;
        CREATE AGGREGATE hist_sum(bigint[]) (SFUNC = hist_add, STYPE = bigint[], COMBINEFUNC = hist_add, PARALLEL = SAFE);

        -- The trail is append only, for the portal too.
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
        END $$;
        CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TRIGGER audit_no_truncate ON audit_entries;
        DROP TRIGGER audit_append_only ON audit_entries;
        DROP FUNCTION refuse_change();
        DROP AGGREGATE hist_sum(bigint[]);
        DROP FUNCTION hist_add(bigint[], bigint[]);
        DROP TABLE rollup_day_class, rollup_day_tags, rollup_day_reason, rollup_day_project, rollup_hour_runner, rollup_hour_result,
            rollup_hour_start, runner_activity, jobs, tag_sets, words;
        """);
}
