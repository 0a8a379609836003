using GraphQL;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Runners and managers. The executor stands on the manager, here and nowhere else in GitLab.</summary>
internal static class RunnerFields
{
    private const int JobCountLimit = 1001;

    public static void Add(GraphFieldTable fields)
    {
        fields.On<Runner>("CiRunner", t => t
            .Add("id", r => GlobalId.Of("Ci::Runner", r.Id))
            .Add("description", r => r.Description)
            .Add("runnerType", r => r.Type.Of().ToUpperInvariant())
            .Add("accessLevel", r => r.RefProtected ? "REF_PROTECTED" : "NOT_PROTECTED")
            .Add("paused", r => r.Paused)
            .Add("active", r => !r.Paused)
            .Add("locked", r => r.Locked)
            .Add("runUntagged", r => r.RunUntagged)
            .Add("tagList", r => r.TagList)
            .Add("maximumTimeout", r => r.MaximumTimeout)
            .Add("maintenanceNote", (r, call) => RunnerRights.MayUpdate(call.Api, r) ? r.MaintenanceNote : null)
            .Add("status", (r, call) => r.Status(call.Now).Of().ToUpperInvariant())
            .Add("jobExecutionStatus", r => r.RunningJobs > 0 ? "ACTIVE" : "IDLE")
            .Add("jobCount", (r, context, call) => call.Api.World.Jobs.CountOfRunner(r, JobFields.Statuses(context), JobCountLimit))
            .Add("projectCount", r => r.Type == RunnerType.Project ? r.Projects.Count : null)
            .Add("contactedAt", (r, call) => r.ContactedAt(call.Now))
            .Add("createdAt", r => r.CreatedAt)
            .Add("createdBy", r => r.CreatedBy)
            .Add("shortSha", r => r.ShortToken)
            .Add("adminUrl", (r, call) => call.Api.IsAdmin ? $"{call.Api.BaseUrl}/admin/runners/{r.Id}" : null)
            .Add("tokenExpiresAt", _ => null)
            .Add("ownerProject", r => r.Projects.FirstOrDefault())
            .Add("projects", (r, context, call) => r.Type != RunnerType.Project
                ? null
                : Connection.Of(context, [.. r.Projects.Where(call.Api.CanSee)], p => p.Id))
            .Add("groups", (r, context, _) => r.Group is { } group ? Connection.Of(context, [group], g => g.Id) : null)
            .Add("managers", (r, context, call) => Managers(r, context, call))
            .Add("jobs", Jobs));
        fields.On<RunnerManager>("CiRunnerManager", t => t
            .Add("id", m => GlobalId.Of("Ci::RunnerManager", m.Id))
            .Add("systemId", m => m.SystemId)
            .Add("executorName", m => m.Executor.Wire())
            .Add("version", m => m.Version)
            .Add("revision", m => m.Revision)
            .Add("platformName", m => m.Platform)
            .Add("architectureName", m => m.Architecture)
            .Add("ipAddress", m => m.IpAddress)
            .Add("contactedAt", (m, call) => m.ContactedAt(call.Now))
            .Add("createdAt", m => m.CreatedAt)
            .Add("status", (m, call) => m.Status(call.Now).Of().ToUpperInvariant())
            .Add("jobExecutionStatus", m => m.RunningJobs.Count > 0 ? "ACTIVE" : "IDLE")
            .Add("runner", m => m.Runner));
    }

    private static Connection Managers(Runner runner, IResolveFieldContext context, GraphCall call)
    {
        var status = context.Raw("status") as string;
        var systemId = context.Text("systemId");
        return Connection.Of(
            context,
            [.. runner.Managers
                .Where(m => (status is null || m.Status(call.Now).Of().Equals(status, StringComparison.OrdinalIgnoreCase))
                    && (systemId is null || m.SystemId == systemId))
                .OrderByDescending(m => m.Id)],
            m => m.Id);
    }

    private static Connection? Jobs(Runner runner, IResolveFieldContext context, GraphCall call)
    {
        if (++call.RunnerJobsAsked > 1)
        {
            throw new ExecutionError("\"jobs\" field can be requested only for 1 CiRunner(s) at a time.");
        }

        if (!RunnerRights.MayReadJobs(call.Api, runner))
        {
            return null;
        }

        var size = Connection.Size(context);
        var statuses = JobFields.Statuses(context);
        var rows = call.Api.World.Jobs.OfRunner(runner, statuses, null, true, Connection.After(context), 0, size + 1);
        return JobFields.Page(
            rows, size, Connection.After(context) is not null, limit => call.Api.World.Jobs.CountOfRunner(runner, statuses, limit));
    }
}
