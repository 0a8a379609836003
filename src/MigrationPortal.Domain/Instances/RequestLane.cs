namespace MigrationPortal.Domain.Instances;

/// <summary>Monitoring spends a budget; operations have a lane of their own, so a flip never waits for monitoring.</summary>
public enum RequestLane
{
    Monitoring,
    Operations,
}
