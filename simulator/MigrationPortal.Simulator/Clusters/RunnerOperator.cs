using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>Plays GitLab's operator: each <c>Runner</c> becomes a ConfigMap and a Deployment of one replica.</summary>
internal sealed class RunnerOperator(ClusterObjects objects)
{
    private const string Resource = "runners.apps.gitlab.com";
    private const string Manager = "gitlab-runner-operator";
    private const string Image = "registry.gitlab.com/gitlab-org/ci-cd/gitlab-runner-ubi-images/gitlab-runner-ocp:v18.11.0";
    private static readonly string[] TokenKeys = ["runner-token", "runner-registration-token"];

    public void Reconcile()
    {
        foreach (var runner in objects.Serves(Resource) ? objects.List(Resource).ToList() : [])
        {
            if (runner.Text("metadata", "deletionTimestamp") is null)
            {
                SetStatus(runner, Furnish(runner, runner.Text("metadata", "namespace")!, $"{runner.Text("metadata", "name")}-runner"));
            }
        }
    }

    /// <returns>What its status says.</returns>
    private JsonObject Furnish(JsonObject runner, string space, string name)
    {
        var secret = runner.Text("spec", "token") ?? "";
        if (objects.Get("secrets", space, secret) is not { } token)
        {
            return Failed($"secrets \"{secret}\" not found");
        }

        var keys = TokenKeys.Where(key => (token.Map("data").Text(key) ?? "").Length > 0).ToList();
        if (keys.Count != 1)
        {
            return Failed($"secret {secret} must hold exactly one of runner-token and runner-registration-token");
        }

        var deployment = RunnerDeployment.Of(runner, name, runner.Text("spec", "runnerImage") ?? Image);
        if (objects.Get("deployments.apps", space, name) is { } live && JsonNode.DeepEquals(live["spec"]!["template"]!["metadata"]!["annotations"], deployment["spec"]!["template"]!["metadata"]!["annotations"]))
        {
            var ready = live.Map("status").Whole("readyReplicas") > 0;
            return new JsonObject { ["phase"] = ready ? "Running" : "Pending", ["registration"] = ready ? "succeeded" : "", ["message"] = "" };
        }

        objects.Put(RunnerDeployment.Config(runner, name), Manager);
        objects.Put(deployment, Manager);
        return new JsonObject { ["phase"] = "Pending", ["registration"] = "", ["message"] = "" };
    }

    private void SetStatus(JsonObject runner, JsonObject status)
    {
        if (!JsonNode.DeepEquals(runner["status"], status))
        {
            runner["status"] = status;
            objects.Play(runner);
        }
    }

    private static JsonObject Failed(string message) => new() { ["phase"] = "Failed", ["registration"] = "failed", ["message"] = message };
}

/// <summary>What the operator makes of one <c>Runner</c>.</summary>
internal static class RunnerDeployment
{
    public static JsonObject Config(JsonObject runner, string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = Metadata(runner, name),
        ["data"] = new JsonObject
        {
            ["config.toml"] = FormattableString.Invariant(
                $"concurrent = {runner["spec"].Whole("concurrent") ?? 10}\ncheck_interval = {runner["spec"].Whole("interval") ?? 30}\nlisten_address = \":9252\"\n"),
        },
    };

    public static JsonObject Of(JsonObject runner, string name, string image)
    {
        var labels = new JsonObject { ["app.kubernetes.io/name"] = name, ["app.kubernetes.io/managed-by"] = "gitlab-runner-operator" };
        var sources = new JsonArray(
            new JsonObject { ["secret"] = new JsonObject { ["name"] = runner.Text("spec", "token") } },
            new JsonObject { ["configMap"] = new JsonObject { ["name"] = name } });
        if (runner.Text("spec", "config") is { Length: > 0 } config)
        {
            sources.Add((JsonNode)new JsonObject
            {
                ["configMap"] = new JsonObject
                {
                    ["name"] = config,
                    ["items"] = new JsonArray(new JsonObject { ["key"] = "config.toml", ["path"] = "config.template.toml" }),
                },
            });
        }

        var environment = new JsonArray(
            new JsonObject { ["name"] = "CI_SERVER_URL", ["value"] = runner.Text("spec", "gitlabUrl") },
            new JsonObject { ["name"] = "KUBERNETES_NAMESPACE", ["value"] = runner.Text("spec", "namespace") ?? runner.Text("metadata", "namespace") });
        var container = new JsonObject { ["name"] = "runner", ["image"] = image, ["env"] = environment };
        if (runner.Text("spec", "env") is { Length: > 0 } variables)
        {
            container["envFrom"] = new JsonArray(new JsonObject { ["configMapRef"] = new JsonObject { ["name"] = variables } });
        }

        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = Metadata(runner, name),
            ["spec"] = new JsonObject
            {
                ["replicas"] = 1,
                ["selector"] = new JsonObject { ["matchLabels"] = labels.DeepClone() },
                ["template"] = new JsonObject
                {
                    ["metadata"] = new JsonObject
                    {
                        ["labels"] = labels,
                        ["annotations"] = new JsonObject { ["simulated/spec"] = ManagerPodObject.HashOf(runner["spec"]) },
                    },
                    ["spec"] = new JsonObject
                    {
                        ["serviceAccountName"] = runner.Text("spec", "serviceaccount") ?? "gitlab-runner-app-sa",
                        ["terminationGracePeriodSeconds"] = 3600,
                        ["containers"] = new JsonArray(container),
                        ["volumes"] = new JsonArray(new JsonObject
                        {
                            ["name"] = "configuration",
                            ["projected"] = new JsonObject { ["sources"] = sources },
                        }),
                    },
                },
            },
        };
    }

    private static JsonObject Metadata(JsonObject runner, string name) => new()
    {
        ["name"] = name,
        ["namespace"] = runner.Text("metadata", "namespace"),
        ["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = "apps.gitlab.com/v1beta2",
            ["kind"] = "Runner",
            ["name"] = runner.Text("metadata", "name"),
            ["uid"] = runner.Text("metadata", "uid"),
            ["controller"] = true,
        }),
    };
}
