using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>A project in the three depths GitLab shows it: simple, with CI fields, and with the caller's permissions.</summary>
internal static class ProjectEntity
{
    /// <summary>The basic form: for <c>simple=true</c> and callers without rights.</summary>
    public static object Simple(Project project, ApiCall call) => Entities.ProjectBasic(project, call.BaseUrl);

    /// <summary>Runner and CI fields only for those who are in the project.</summary>
    public static object Full(Project p, ApiCall call)
    {
        var level = call.LevelIn(p);
        if (call.Caller is null)
        {
            return Simple(p, call);
        }

        var fields = Known(p, call);
        if (level >= AccessLevel.Reporter)
        {
            AddCi(fields, p);
        }

        if (level >= AccessLevel.Maintainer)
        {
            fields["ci_config_path"] = p.CiConfigPath;
            fields["group_runners_enabled"] = p.GroupRunnersEnabled;
            fields["build_timeout"] = p.BuildTimeout;
            fields["auto_devops_enabled"] = false;
            fields["runner_token_expiration_interval"] = null;
        }

        return fields;
    }

    private static Dictionary<string, object?> Known(Project p, ApiCall call) => new(StringComparer.Ordinal)
    {
        ["id"] = p.Id,
        ["description"] = p.Description,
        ["name"] = p.Name,
        ["name_with_namespace"] = p.FullName,
        ["path"] = p.Path,
        ["path_with_namespace"] = p.FullPath,
        ["created_at"] = p.CreatedAt,
        ["default_branch"] = p.DefaultBranch,
        ["tag_list"] = p.Topics.ToArray(),
        ["topics"] = p.Topics.ToArray(),
        ["ssh_url_to_repo"] = $"git@gitlab.example.org:{p.FullPath}.git",
        ["http_url_to_repo"] = $"{call.BaseUrl}/{p.FullPath}.git",
        ["web_url"] = $"{call.BaseUrl}/{p.FullPath}",
        ["readme_url"] = $"{call.BaseUrl}/{p.FullPath}/-/blob/{p.DefaultBranch}/README.md",
        ["forks_count"] = 0,
        ["avatar_url"] = null,
        ["star_count"] = 0,
        ["last_activity_at"] = p.LastActivityAt,
        ["visibility"] = p.Visibility.Of(),
        ["namespace"] = Entities.Namespace(p.Namespace, call.BaseUrl),
        ["archived"] = p.Archived,
        ["empty_repo"] = false,
        ["marked_for_deletion_on"] = null,
        ["creator_id"] = 1,
        ["_links"] = new { Self = $"{call.BaseUrl}/api/v4/projects/{p.Id}" },
        ["permissions"] = Permissions(p, call),
    };

    private static void AddCi(Dictionary<string, object?> fields, Project p)
    {
        fields["jobs_enabled"] = p.CiEnabled;
        fields["builds_access_level"] = p.CiEnabled ? "enabled" : "disabled";
        fields["shared_runners_enabled"] = p.SharedRunnersEnabled;
        fields["merge_requests_enabled"] = true;
        fields["merge_method"] = "merge";
        fields["public_jobs"] = true;
        fields["ci_job_token_scope_enabled"] = false;
    }

    private static object Permissions(Project p, ApiCall call)
    {
        var direct = call.World.Directory.Memberships.FirstOrDefault(m => m.User == call.Me && m.Project == p)?.Level;
        var group = call.World.Directory.AccessTo(call.Me, p.Namespace);
        return new
        {
            ProjectAccess = direct is { } d ? new { AccessLevel = (int)d, NotificationLevel = 3 } : null,
            GroupAccess = group > AccessLevel.None ? new { AccessLevel = (int)group, NotificationLevel = 3 } : null,
        };
    }
}
