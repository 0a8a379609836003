using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Testing;
using Npgsql;

namespace MigrationPortal.Infrastructure.Tests.Store;

public sealed class StoreMigratorTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Migrate_ThreeReplicasOnAnEmptyDatabase_EndInOneSchema()
    {
        var connection = await postgres.CreateDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StoreFixture.MigrateAsync(connection)));

        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("SELECT count(*) FROM schema_migrations");
        ((long)(await command.ExecuteScalarAsync())!).ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task Migrate_PlansOfAnOlderPortal_GetTheHeadsThatTheirDocumentsTell()
    {
        await using var store = new StoreFixture(await postgres.CreateDatabaseAsync());
        await MigrateToAsync(store, "20261124110000_BreakGlass");
        await store.ExecuteAsync(
            """
            INSERT INTO plans (instance, made_at, document) VALUES ('production', '2026-11-02T12:00:00Z',
                '{"id": 0, "instance": "production", "title": "Opt-in", "madeAt": "2026-11-02T12:00:00+00:00", "madeBy": {"kind": "token", "id": "9"}, "fingerprint": "f00d",
                  "steps": [{"order": 1, "runner": "production/12"}, {"order": 2, "runner": "production/13"}, {"order": 3, "runner": "production/12"}],
                  "blockers": [{"code": "no-runner", "message": "nobody", "projects": []}]}')
            """);

        await StoreFixture.MigrateAsync(store.ConnectionString);

        var head = (await store.Get<IPlanStore>().NewestAsync(StoreFixture.Production, 5, null, default)).Single();
        head.Blockers.ShouldBe(["no-runner"]);
        head.ShouldBe(new PlanHead(1, StoreFixture.Production, "Opt-in", StoreFixture.Noon, new(Domain.Shared.ActorKind.Token, "9"), "f00d", 3, 2, head.Blockers));
    }

    [Fact]
    public async Task Migrate_OperationsOfAnOlderPortal_KeepTheirStepsInOrderAndCountThem()
    {
        await using var store = new StoreFixture(await postgres.CreateDatabaseAsync());
        await MigrateToAsync(store, "20261124130000_PlanHeads");
        await store.ExecuteAsync(
            """
            INSERT INTO plans (instance, made_at, head, document) VALUES ('production', '2026-11-02T12:00:00Z', '{}', '{}');
            INSERT INTO operations (instance, plan_id, state, version, document) SELECT 'production', id, 'Running', 7, jsonb_build_object(
                'id', 0, 'instance', 'production', 'planId', id, 'title', 'Opt-in', 'state', 'pending', 'startedBy', '{"kind": "user", "id": "production/3"}'::jsonb,
                'reason', 'because', 'startedAt', '2026-11-02T12:00:00+00:00', 'version', 0, 'steps', (SELECT jsonb_agg(jsonb_build_object(
                    'step', jsonb_build_object('order', number, 'kind', 'widen', 'runner', 'production/' || number, 'runnerName', 'docker-' || number,
                        'from', '{"tags": ["docker"], "runUntagged": true, "paused": false, "accessLevel": "notProtected"}'::jsonb, 'reliesOn', '[]'::jsonb, 'why', 'untagged'),
                    'isRollBack', false, 'state', CASE WHEN number < 4 THEN 'succeeded' WHEN number = 4 THEN 'skipped' ELSE 'pending' END) ORDER BY number)
                FROM generate_series(1, 12) AS number)) FROM plans
            """);

        await StoreFixture.MigrateAsync(store.ConnectionString);

        var operations = store.Get<IOperationStore>();
        var head = (await operations.UnfinishedAsync(StoreFixture.Production, default))!;
        (head.State, head.Version, head.Steps, head.StepsDone, head.StepsSkipped).ShouldBe((OperationState.Running, 7, 12, 3, 1));
        var operation = (await operations.FindAsync(head.Id, default))!;
        operation.Steps.Select(step => step.Step.Order).ShouldBe(Enumerable.Range(1, 12));
        OperationHead.Of(operation).ShouldBe(head);
        (await operations.SaveAsync(operation, default)).Version.ShouldBe(8);
    }

    [Fact]
    public async Task Migrate_DaysWithReasonsNotRead_AreCountedAnew_AndNoOthers()
    {
        await using var store = new StoreFixture(await postgres.CreateDatabaseAsync());
        await MigrateToAsync(store, "20261129850000_ProjectDigests");
        await store.ExecuteAsync(
            """
            INSERT INTO rollup_day_tags (instance, day, tag_set, executor, kind, jobs, retries) VALUES
                (1, '2026-11-01', 1, 1, 7, 2, 0), (1, '2026-11-02', 1, 1, 2, 2, 0), (1, '2026-11-03', 1, 1, 7, 0, 0), (2, '2026-11-02', 1, 1, 7, 2, 0);
            INSERT INTO digest_days SELECT 1, date '2026-11-01' + ago, 'counted', now() FROM generate_series(0, 2) AS ago;
            INSERT INTO digest_day_arm VALUES (7, '2026-11-01', 1, 10, 2, 1, 10, 2, 1, 1);
            """);

        await StoreFixture.MigrateAsync(store.ConnectionString);

        (await store.ScalarAsync<string>("SELECT string_agg(mark, ',' ORDER BY day) FROM digest_days")).ShouldBe(",counted,counted");
        (await store.ScalarAsync<int>("SELECT kubernetes_unread + docker_unread FROM digest_day_arm")).ShouldBe(0);
    }

    private static async Task MigrateToAsync(StoreFixture store, string migration)
    {
        await using var context = await store.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        await context.GetService<IMigrator>().MigrateAsync(migration);
    }
}
