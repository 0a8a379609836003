using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Cohorts with their waves, and the place of each project in the migration with its history.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129890000_Cohorts")]
public sealed class Cohorts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE cohorts (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, instance text NOT NULL, name text NOT NULL, seed text NOT NULL, percent numeric(6, 3) NOT NULL CHECK (percent BETWEEN 0 AND 100),
            caps jsonb NOT NULL, excluded jsonb NOT NULL, changed_by text NOT NULL, changed_at timestamptz NOT NULL, version bigint NOT NULL, UNIQUE (instance, name));

        CREATE TABLE cohort_waves (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, cohort bigint NOT NULL REFERENCES cohorts, number int NOT NULL, percent numeric(6, 3) NOT NULL CHECK (percent > 0 AND percent <= 100),
            start text NOT NULL CHECK (start IN ('ByHand', 'AtTime', 'WhenGatesPass')), due_at timestamptz, state text NOT NULL CHECK (state IN ('Planned', 'Previewed', 'Sent', 'Closed')),
            sent_at timestamptz, changed_by text NOT NULL, changed_at timestamptz NOT NULL, version bigint NOT NULL, UNIQUE (cohort, number),
            CHECK ((start = 'AtTime') = (due_at IS NOT NULL)), CHECK (state <> 'Sent' OR sent_at IS NOT NULL));
        -- One after the other.
        CREATE UNIQUE INDEX cohort_waves_open ON cohort_waves (cohort) WHERE state IN ('Planned', 'Previewed');

        -- original: json and not jsonb, because the way back needs what was written, to the byte.
        CREATE TABLE enrollments (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, instance text NOT NULL, project bigint NOT NULL,
            target text NOT NULL CHECK (target IN ('Kubernetes', 'Docker', 'Default')), kind text NOT NULL CHECK (kind IN ('Random', 'Volunteer', 'HandPicked', 'Carried')),
            way text CHECK (way IN ('MergeRequest', 'Variable', 'ProjectRunner', 'Paste')),
            state text NOT NULL CHECK (state IN ('Selected', 'Invited', 'Accepted', 'Waitlisted', 'Declined', 'Moving', 'Moved', 'Verified', 'Returning', 'Returned', 'Refused', 'Graduated', 'Withdrawn')),
            until timestamptz, reason text, changed_by text NOT NULL, changed_at timestamptz NOT NULL, since timestamptz NOT NULL, version bigint NOT NULL,
            cohort bigint REFERENCES cohorts, place int, wave bigint REFERENCES cohort_waves, stratum text CHECK (stratum IN ('Rare', 'Quiet', 'Busy', 'Heavy')), groups bigint[], left_at timestamptz,
            original json, coin text CHECK (coin IN ('Now', 'Waitlist')),
            CHECK (until IS NULL OR target = 'Docker'),
            CHECK (num_nonnulls(cohort, place, stratum, groups) IN (0, 4)), CHECK (cohort IS NOT NULL OR (wave IS NULL AND left_at IS NULL)));
        -- Of two replicas that enroll the same project, the second finds it enrolled. As EnrollmentTransitions.IsActive.
        CREATE UNIQUE INDEX enrollments_active ON enrollments (instance, project) WHERE state NOT IN ('Declined', 'Refused', 'Returned', 'Graduated', 'Withdrawn');
        CREATE UNIQUE INDEX enrollments_member ON enrollments (cohort, project) WHERE left_at IS NULL;
        CREATE UNIQUE INDEX enrollments_place ON enrollments (cohort, place) WHERE left_at IS NULL;
        CREATE INDEX enrollments_project ON enrollments (instance, project, id);
        CREATE INDEX enrollments_state ON enrollments (instance, state, since);

        CREATE TABLE enrollment_events (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, enrollment bigint NOT NULL REFERENCES enrollments, from_state text, to_state text NOT NULL, target text NOT NULL, way text, until timestamptz,
            at timestamptz NOT NULL, who text NOT NULL, reason text);
        CREATE INDEX enrollment_events_of ON enrollment_events (enrollment, id);
        CREATE TRIGGER enrollment_events_append_only BEFORE UPDATE OR DELETE ON enrollment_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER enrollment_events_no_truncate BEFORE TRUNCATE ON enrollment_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

        -- One a person and wave.
        CREATE TABLE cohort_invitations (
            wave bigint NOT NULL REFERENCES cohort_waves, instance text NOT NULL, person bigint NOT NULL, projects bigint[] NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (wave, person));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE cohort_invitations, enrollment_events, enrollments, cohort_waves, cohorts;");
}
