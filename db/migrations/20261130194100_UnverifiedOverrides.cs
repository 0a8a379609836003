using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>What a verification ran against, and who vouched for what no verification proves.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130194100_UnverifiedOverrides")]
public sealed class UnverifiedOverrides : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Of those before there is none: they prove nothing any more.
        ALTER TABLE verifications ADD COLUMN application bigint;
        ALTER TABLE cluster_applications ADD COLUMN override jsonb;
        ALTER TABLE cluster_registrations ADD COLUMN override jsonb;
        ALTER TABLE promotions DROP CONSTRAINT promotions_state_check;
        ALTER TABLE promotions ADD CONSTRAINT promotions_state_check CHECK (state IN ('Running', 'Succeeded', 'Halted', 'Stopped', 'RollingBack', 'RolledBack', 'NotReturned'));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        UPDATE promotions SET state = 'RolledBack' WHERE state = 'NotReturned';
        ALTER TABLE promotions DROP CONSTRAINT promotions_state_check;
        ALTER TABLE promotions ADD CONSTRAINT promotions_state_check CHECK (state IN ('Running', 'Succeeded', 'Halted', 'Stopped', 'RollingBack', 'RolledBack'));
        ALTER TABLE verifications DROP COLUMN application;
        ALTER TABLE cluster_applications DROP COLUMN override;
        ALTER TABLE cluster_registrations DROP COLUMN override;
        """);
}
