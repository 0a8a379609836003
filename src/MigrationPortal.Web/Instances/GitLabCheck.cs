using Microsoft.Extensions.Diagnostics.HealthChecks;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Instances;

/// <summary>Production must be reachable and readable; trouble with QA and tokens that end soon are warnings.</summary>
internal sealed class GitLabCheck(InstanceDirectory instances, IInstanceStore store, DatabaseFaults database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var problems = new List<string>();
        var warnings = new List<string>();
        try
        {
            foreach (var instance in instances.All)
            {
                var health = await store.HealthAsync(instance.Id, cancellationToken);
                var found = health is null ? [$"GitLab '{instance.Id}' has not been checked yet."]
                    : !health.Reachable && health.Problems.Count == 0 ? [$"GitLab '{instance.Id}' does not answer."]
                    : health.Problems;
                (instance.Kind == InstanceKind.Production ? problems : warnings).AddRange(found);
                if (health is not null) warnings.AddRange(health.Warnings);
            }
        }
        catch (Exception fault) when (database.Explain(fault) is not null)
        {
            return HealthReasons.NotReady(["Not known while the database is away."]);
        }

        return problems.Count > 0 ? HealthReasons.NotReady([.. problems, .. warnings])
            : warnings.Count > 0 ? HealthReasons.Warn(warnings)
            : HealthCheckResult.Healthy();
    }
}
