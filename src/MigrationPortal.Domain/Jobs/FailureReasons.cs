namespace MigrationPortal.Domain.Jobs;

/// <summary>GitLab's raw <c>failure_reason</c> words and our kind for each (gitlab-api.md 3.4; words up to GitLab 19.x).</summary>
public static class FailureReasons
{
    private static readonly Dictionary<string, FailureKind> Kinds = new(StringComparer.Ordinal);

    static FailureReasons()
    {
        Add(FailureKind.Script, "script_failure");
        Add(FailureKind.Infrastructure,
            "unknown_failure", "api_failure", "stuck_or_timeout_failure", "runner_system_failure", "runner_unsupported",
            "scheduler_failure", "data_integrity_failure", "no_updates_running", "no_updates_canceling",
            "runner_external_dependency_failure", "runner_interrupted", "job_router_failure");
        Add(FailureKind.Timeout,
            "job_execution_timeout", "job_execution_server_timeout", "server_timeout_running", "server_timeout_canceling",
            "job_token_expired");
        Add(FailureKind.NoRunner,
            "no_matching_runner", "stuck_pending_with_matching_runners", "stuck_pending_no_matching_runners");
        Add(FailureKind.Configuration,
            "missing_dependency_failure", "trace_size_exceeded", "runner_configuration_error", "secrets_provider_not_found");
        Add(FailureKind.Policy,
            "stale_schedule", "archived_failure", "unmet_prerequisites", "forward_deployment_failure", "user_blocked",
            "project_deleted", "ci_quota_exceeded", "pipeline_loop_detected", "builds_disabled",
            "environment_creation_failure", "deployment_rejected", "failed_outdated_deployment_job",
            "protected_environment_failure", "insufficient_bridge_permissions", "downstream_bridge_project_not_found",
            "invalid_bridge_trigger", "upstream_bridge_project_not_found", "insufficient_upstream_permissions",
            "bridge_pipeline_is_child_pipeline", "downstream_pipeline_creation_failed",
            "reached_max_descendant_pipelines_depth", "ip_restriction_failure", "reached_max_pipeline_hierarchy_size",
            "reached_downstream_pipeline_trigger_rate_limit", "duo_workflow_not_allowed", "id_token_burned_project_path",
            "downstream_project_trigger_resolved_to_empty");
    }

    public static IReadOnlyDictionary<string, FailureKind> Known => Kinds;

    /// <summary>
    /// The kind of a job. A failed one without a reason is <see cref="FailureKind.NotYetKnown"/>; a word newer than this
    /// table counts as infrastructure, like GitLab's own <c>unknown_failure</c>: a new fault must not look like health.
    /// </summary>
    public static FailureKind KindOf(JobStatus status, string? reason)
    {
        if (status != JobStatus.Failed) return FailureKind.None;
        if (string.IsNullOrEmpty(reason)) return FailureKind.NotYetKnown;
        return Kinds.GetValueOrDefault(reason, FailureKind.Infrastructure);
    }

    private static void Add(FailureKind kind, params string[] words)
    {
        foreach (var word in words) Kinds.Add(word, kind);
    }
}
