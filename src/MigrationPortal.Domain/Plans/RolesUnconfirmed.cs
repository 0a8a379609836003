namespace MigrationPortal.Domain.Plans;

/// <summary>A managed runner's role is only proposed from its executor. An admin confirms it before anything is changed.</summary>
public static class RolesUnconfirmed
{
    public const string Code = "roles-unconfirmed";
}
