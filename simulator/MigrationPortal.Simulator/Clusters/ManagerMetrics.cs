using System.Globalization;
using System.Text;
using MigrationPortal.Kubernetes;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>What a manager's <c>/metrics</c> tells, from the world.</summary>
internal static class ManagerMetrics
{
    private const string Port = "9252";

    /// <summary>Null: nothing listens there.</summary>
    public static string? Of(ManagerPod? pod, PodCall call)
    {
        if (pod is null || pod.State is not (ManagerState.Running or ManagerState.Ending) || pod.Links.Count == 0
            || call.Port is not (Port or "metrics" or "") || call.Path != "/metrics")
        {
            return null;
        }

        var text = new StringBuilder();
        var rows = pod.Links.Select(Read).OfType<Row>().ToList();
        Write(text, "gitlab_runner_version_info", "gauge", "A metric with a constant '1' value labeled by different build stats fields.",
            rows.Take(1).Select(row => ($"architecture=\"amd64\",branch=\"stable\",built_at=\"\",go_version=\"go1.25\",name=\"gitlab-runner\",os=\"linux\",revision=\"{row.Revision}\",version=\"{row.Version}\"", 1)));
        Write(text, "gitlab_runner_process_state_info", "gauge", "The current state of the runner process.",
            [($"state=\"{(pod.IsEnding ? "graceful-shutdown" : "running")}\"", 1)]);
        Write(text, "gitlab_runner_concurrent", "gauge", "The current value of concurrent setting", [("", pod.Links[0].Concurrent)]);
        Write(text, "gitlab_runner_limit", "gauge", "The current value of limit setting", rows.Select(row => (row.Base, row.Limit)));
        Write(text, "gitlab_runner_jobs", "gauge", "The current number of running builds", rows.SelectMany(row => row.Stages
            .Select(stage => ($"executor_stage=\"{stage.Executor}\",{row.Base},stage=\"{stage.Stage}\",state=\"running\"", stage.Jobs))));
        Write(text, "gitlab_runner_jobs_total", "counter", "Total number of handled jobs", rows.Select(row => (row.Base, row.Taken)));
        Write(text, "gitlab_runner_failed_jobs_total", "counter", "Total number of failed jobs", rows.SelectMany(row => row.Failed
            .Select(one => ($"failure_reason=\"{one.Reason}\",runner=\"{row.Runner}\",runner_name=\"{row.Name}\"", one.Jobs))));
        return text.ToString();
    }

    private static Row? Read(ManagerLink link) => link.Instance.Do(world =>
    {
        if (world.Fleet.FindManager(link.ManagerId) is not { } manager)
        {
            return null;
        }

        var starting = manager.RunningJobs.Count(job => world.Truth.PodOf(job)?.RunsFrom is not { } runs || runs > world.Now);
        return new Row(
            manager.Runner.ShortToken,
            (link.Section.Keys.Text("name") ?? manager.Runner.Description ?? "").Replace("\"", "\\\"", StringComparison.Ordinal),
            manager.SystemId, manager.Version, manager.Revision, link.Section.Limit, manager.JobsTaken,
            [("prepare", "prepare_executor", starting), ("run", "step_script", manager.RunningJobs.Count - starting)],
            [.. manager.Failed.Select(one => (one.Key.Wire(), one.Value))]);
    });

    private static void Write(StringBuilder text, string name, string type, string help, IEnumerable<(string Labels, int Value)> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var (labels, value) in rows)
        {
            text.Append(name);
            if (labels.Length > 0)
            {
                text.Append('{').Append(labels).Append('}');
            }

            text.Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
        }
    }

    private sealed record Row(
        string Runner, string Name, string SystemId, string Version, string Revision, int Limit, int Taken,
        IReadOnlyList<(string Executor, string Stage, int Jobs)> Stages, IReadOnlyList<(string Reason, int Jobs)> Failed)
    {
        public string Base => $"runner=\"{Runner}\",runner_name=\"{Name}\",system_id=\"{SystemId}\"";
    }
}
