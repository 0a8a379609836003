using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>The steps of operations get rows of their own; what lists say of an operation stays in its row.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261124170000_OperationSteps")]
public sealed class OperationSteps : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE operation_steps (
            operation_id bigint NOT NULL, position integer NOT NULL, document jsonb NOT NULL,
            CONSTRAINT pk_operation_steps PRIMARY KEY (operation_id, position),
            CONSTRAINT fk_operation_steps_operations_operation_id FOREIGN KEY (operation_id) REFERENCES operations (id) ON DELETE CASCADE);
        INSERT INTO operation_steps (operation_id, position, document)
            SELECT id, number - 1, step FROM operations, jsonb_array_elements(document->'steps') WITH ORDINALITY AS one (step, number);
        ALTER TABLE operations RENAME COLUMN document TO head;
        UPDATE operations SET head = head || jsonb_build_object(
            'steps', jsonb_array_length(head->'steps'),
            'stepsDone', jsonb_array_length(jsonb_path_query_array(head, '$.steps[*] ? (@.state == "succeeded")')),
            'stepsSkipped', jsonb_array_length(jsonb_path_query_array(head, '$.steps[*] ? (@.state == "skipped")')));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        UPDATE operations SET head = (head - 'stepsDone' - 'stepsSkipped') || jsonb_build_object('steps',
            (SELECT coalesce(jsonb_agg(document ORDER BY position), '[]') FROM operation_steps WHERE operation_id = id));
        ALTER TABLE operations RENAME COLUMN head TO document;
        DROP TABLE operation_steps;
        """);
}
