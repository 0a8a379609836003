namespace MigrationPortal.Web.Shared;

/// <summary>Jobs started in one bucket, by executor family. No job at all is a gap, not a zero.</summary>
public sealed record ShareRow(DateTimeOffset At, long Kubernetes, long Docker, long Other)
{
    public long Total => Kubernetes + Docker + Other;
}
