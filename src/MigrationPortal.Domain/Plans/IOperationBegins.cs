namespace MigrationPortal.Domain.Plans;

/// <summary>Told before an operation's first change in GitLab, again after a crash or a wait before it: handling must be idempotent.</summary>
public interface IOperationBegins
{
    Task BeginsAsync(Plan plan, Operation operation, CancellationToken cancel);
}
