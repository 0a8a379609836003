using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Web.Cohorts;

/// <summary>A person's project and the last job of it that a runner started.</summary>
public sealed record MyProject(OwnProject Project, LastRun? LastRun)
{
    public bool RunsOnKubernetes => LastRun?.Executor.Family == ExecutorFamily.Kubernetes;
}
