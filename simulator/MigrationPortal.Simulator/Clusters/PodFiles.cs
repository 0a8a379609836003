using System.Text;
using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>What a pod finds in its volumes and its environment.</summary>
/// <param name="Missing">What keeps the kubelet from starting it, in its words; null when everything is there.</param>
internal sealed record PodFiles(
    IReadOnlyDictionary<string, string> Files, IReadOnlyDictionary<string, string> Environment, PodMissing? Missing)
{
    public static PodFiles Of(ClusterObjects objects, string space, JsonNode? spec)
    {
        var reader = new PodFileReader(objects, space);
        reader.ReadVolumes(spec);
        foreach (var container in spec.Items("initContainers").Concat(spec.Items("containers")))
        {
            reader.ReadEnvironment(container);
        }

        return new PodFiles(reader.Files, reader.Environment, reader.Missing);
    }
}

/// <param name="Reason">Of the waiting container: <c>ContainerCreating</c> or <c>CreateContainerConfigError</c>.</param>
internal sealed record PodMissing(string Reason, string Message);

internal sealed class PodFileReader(ClusterObjects objects, string space)
{
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public PodMissing? Missing { get; private set; }

    public void ReadVolumes(JsonNode? spec)
    {
        foreach (var volume in spec.Items("volumes"))
        {
            var name = volume.Text("name");
            Mount(name, "configmaps", volume.Map("configMap"), volume.Text("configMap", "name"));
            Mount(name, "secrets", volume.Map("secret"), volume.Text("secret", "secretName"));
            foreach (var source in volume.Items("projected", "sources"))
            {
                Mount(name, "configmaps", source.Map("configMap"), source.Text("configMap", "name"));
                Mount(name, "secrets", source.Map("secret"), source.Text("secret", "name"));
            }
        }
    }

    public void ReadEnvironment(JsonObject container)
    {
        foreach (var source in container.Items("envFrom"))
        {
            Import(source.Map("configMapRef"), "configmaps");
            Import(source.Map("secretRef"), "secrets");
        }

        foreach (var variable in container.Items("env"))
        {
            if (variable.Text("name") is { } name)
            {
                Environment[name] = variable.Text("value")
                    ?? KeyOf(variable.Map("valueFrom", "secretKeyRef"), "secrets")
                    ?? KeyOf(variable.Map("valueFrom", "configMapKeyRef"), "configmaps") ?? "";
            }
        }
    }

    private void Mount(string? volume, string resource, JsonObject? source, string? name)
    {
        if (source is null || name is null)
        {
            return;
        }

        var kind = resource == "secrets" ? "secret" : "configmap";
        if (DataOf(resource, name) is not { } data)
        {
            Lack(source, "ContainerCreating", $"MountVolume.SetUp failed for volume \"{volume}\" : {kind} \"{name}\" not found");
            return;
        }

        var items = source.Items("items").Select(item => (Key: item.Text("key") ?? "", Path: item.Text("path") ?? "")).ToList();
        foreach (var (key, path) in items.Count > 0 ? items : data.Keys.Select(key => (Key: key, Path: key)))
        {
            if (data.TryGetValue(key, out var text))
            {
                Files[path] = text;
            }
            else
            {
                Lack(source, "ContainerCreating", $"MountVolume.SetUp failed for volume \"{volume}\" : references non-existent {(kind == "secret" ? "secret" : "config")} key: {key}");
            }
        }
    }

    private void Import(JsonObject? source, string resource)
    {
        if (source.Text("name") is not { } name)
        {
            return;
        }

        if (DataOf(resource, name) is not { } data)
        {
            Lack(source!, "CreateContainerConfigError", $"{(resource == "secrets" ? "secret" : "configmap")} \"{name}\" not found");
            return;
        }

        foreach (var (key, value) in data)
        {
            Environment[key] = value;
        }
    }

    private string? KeyOf(JsonObject? source, string resource)
    {
        if (source.Text("name") is not { } name || source.Text("key") is not { } key)
        {
            return null;
        }

        if (DataOf(resource, name) is not { } data)
        {
            Lack(source!, "CreateContainerConfigError", $"{(resource == "secrets" ? "secret" : "configmap")} \"{name}\" not found");
        }
        else if (!data.TryGetValue(key, out var value))
        {
            Lack(source!, "CreateContainerConfigError", $"couldn't find key {key} in {(resource == "secrets" ? "Secret" : "ConfigMap")} {space}/{name}");
        }
        else
        {
            return value;
        }

        return null;
    }

    private void Lack(JsonObject source, string reason, string message)
    {
        if (source.Flag("optional") != true)
        {
            Missing ??= new PodMissing(reason, message);
        }
    }

    private Dictionary<string, string>? DataOf(string resource, string name)
    {
        if (objects.Get(resource, space, name) is not { } item)
        {
            return null;
        }

        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in item.Map("data") ?? [])
        {
            data[key] = resource == "secrets" ? Decoded(value?.ToString() ?? "") : value?.ToString() ?? "";
        }

        foreach (var (key, value) in item.Map("stringData") ?? [])
        {
            data[key] = value?.ToString() ?? "";
        }

        return data;
    }

    private static string Decoded(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }
}
