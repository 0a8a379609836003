using System.Globalization;
using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>A job's pod as the runner creates it: names, labels, annotations, containers. Its status is <see cref="JobPodStatus"/>.</summary>
internal static class JobPodObject
{
    private const string HelperImage = "registry.gitlab.com/gitlab-org/gitlab-runner/gitlab-runner-helper:x86_64-v";
    private const string DefaultNamespace = "default";
    private const string DefaultImage = "registry.example.org/ci/base:12";

    public static string NamespaceOf(JsonObject executor) => executor.Text("namespace") is { Length: > 0 } space ? space : DefaultNamespace;

    /// <param name="executor">The <c>[runners.kubernetes]</c> of its manager.</param>
    public static JsonObject Make(JobFacts job, string managerName, string version, JsonObject executor, string node)
    {
        var containers = new JsonArray(
            Container("build", job.Image ?? executor.Text("image") ?? DefaultImage, executor, "", "build_container_security_context"),
            Container("helper", executor.Text("helper_image") ?? HelperImage + version, executor, "helper_", "helper_container_security_context"));
        for (var i = 0; i < job.Services.Count; i++)
        {
            containers.Add((JsonNode)Container(
                NameOf(job.Services[i].Alias) ?? $"svc-{i}", job.Services[i].Image, executor, "service_", "service_container_security_context"));
        }

        var spec = new JsonObject
        {
            ["restartPolicy"] = "Never",
            ["activeDeadlineSeconds"] = job.TimeoutSeconds + 1,
            ["dnsPolicy"] = "ClusterFirst",
            ["serviceAccountName"] = executor.Text("service_account") ?? "default",
            ["schedulerName"] = "default-scheduler",
            ["terminationGracePeriodSeconds"] = executor.Whole("pod_termination_grace_period_seconds") ?? 0,
            ["containers"] = containers,
            ["volumes"] = new JsonArray(Empty("repo"), Empty("scripts"), Empty("logs")),
        };
        if (job.Pod.Trouble != World.PodTrouble.Unschedulable)
        {
            spec["nodeName"] = node;
        }

        if (executor.Flag("automount_service_account_token") is { } automount)
        {
            spec["automountServiceAccountToken"] = automount;
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject
            {
                ["name"] = job.Pod.Name,
                ["namespace"] = NamespaceOf(executor),
                ["creationTimestamp"] = ManagerPodStatus.Text(job.StartedAt),
                ["labels"] = Labels(job, managerName, executor),
                ["annotations"] = Annotations(job),
            },
            ["spec"] = spec,
        };
    }

    /// <summary>A label's value as the runner makes it of any text.</summary>
    public static string Sanitized(string text)
    {
        var clean = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')).Trim('-', '_', '.');
        return (clean.Length > 63 ? clean[..63] : clean).Trim('-', '_', '.');
    }

    private static JsonObject Labels(JobFacts job, string managerName, JsonObject executor)
    {
        var labels = new JsonObject
        {
            ["pod"] = job.Pod.SlotName,
            ["job.runner.gitlab.com/pod"] = job.Pod.SlotName,
            ["project.runner.gitlab.com/id"] = Number(job.Project.Id),
            ["project.runner.gitlab.com/name"] = Sanitized(job.Project.Name),
            ["project.runner.gitlab.com/namespace"] = Sanitized(job.Namespace.Path),
            ["project.runner.gitlab.com/namespace-id"] = Number(job.Namespace.Id),
            ["project.runner.gitlab.com/root-namespace"] = Sanitized(job.RootNamespace.Path),
            ["project.runner.gitlab.com/root-namespace-id"] = Number(job.RootNamespace.Id),
            ["manager.runner.gitlab.com/name"] = Sanitized(managerName),
            ["manager.runner.gitlab.com/id-short"] = Sanitized(job.ShortToken),
        };
        foreach (var (key, value) in executor.Map("pod_labels") ?? [])
        {
            if (!key.Split('/')[0].EndsWith("runner.gitlab.com", StringComparison.Ordinal))
            {
                labels[Sanitized(key)] = Sanitized((value?.ToString() ?? "").Replace("$CI_JOB_ID", Number(job.Id), StringComparison.Ordinal));
            }
        }

        return labels;
    }

    private static JsonObject Annotations(JobFacts job)
    {
        var limit = TimeSpan.FromSeconds(job.TimeoutSeconds);
        return new JsonObject
        {
            ["job.runner.gitlab.com/id"] = Number(job.Id),
            ["job.runner.gitlab.com/url"] = job.Url,
            ["job.runner.gitlab.com/sha"] = job.Sha,
            ["job.runner.gitlab.com/before_sha"] = new string('0', 40),
            ["job.runner.gitlab.com/ref"] = job.Ref,
            ["job.runner.gitlab.com/name"] = job.Name,
            ["job.runner.gitlab.com/timeout"] = string.Create(CultureInfo.InvariantCulture, $"{(int)limit.TotalHours}h{limit.Minutes}m{limit.Seconds}s"),
            ["project.runner.gitlab.com/id"] = Number(job.Project.Id),
        };
    }

    private static JsonObject Container(string name, string image, JsonObject executor, string prefix, string contextKey)
    {
        var resources = new JsonObject();
        foreach (var kind in (string[])["request", "limit"])
        {
            var amounts = new JsonObject();
            foreach (var (key, resource) in (ReadOnlySpan<(string, string)>)[("cpu", "cpu"), ("memory", "memory"), ("ephemeral_storage", "ephemeral-storage")])
            {
                if (executor.Text($"{prefix}{key}_{kind}") is { Length: > 0 } amount)
                {
                    amounts[resource] = amount;
                }
            }

            if (amounts.Count > 0)
            {
                resources[kind + "s"] = amounts;
            }
        }

        return new JsonObject
        {
            ["name"] = name,
            ["image"] = image,
            ["resources"] = resources,
            ["securityContext"] = Security(executor, executor.Map(contextKey)),
        };
    }

    private static JsonObject Security(JsonObject executor, JsonObject? own)
    {
        var context = new JsonObject { ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("NET_RAW") } };
        if (executor.Texts("cap_add").ToArray() is { Length: > 0 } added)
        {
            context["capabilities"] = new JsonObject { ["add"] = new JsonArray([.. added.Select(JsonNode? (one) => JsonValue.Create(one))]) };
        }

        if ((own.Flag("privileged") ?? executor.Flag("privileged")) is { } privileged)
        {
            context["privileged"] = privileged;
        }

        foreach (var (key, field) in (ReadOnlySpan<(string, string)>)[("run_as_user", "runAsUser"), ("run_as_group", "runAsGroup")])
        {
            if (own.Whole(key) is { } id)
            {
                context[field] = id;
            }
        }

        return context;
    }

    private static string? NameOf(string? alias) =>
        alias?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(one => one.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));

    private static JsonObject Empty(string name) => new() { ["name"] = name, ["emptyDir"] = new JsonObject() };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
