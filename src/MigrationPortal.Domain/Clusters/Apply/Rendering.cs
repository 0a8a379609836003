using System.Globalization;
using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>One revision of a configuration as objects. Holds no secret: it names the Secret of the token.</summary>
/// <param name="Objects">In the order in which they are applied.</param>
/// <param name="Files">As a person would hand them to another tool, by name.</param>
/// <param name="TokenSecret">In the namespace of the manager.</param>
/// <param name="PodSecurity">The level for the jobs' namespace: <c>restricted</c>, <c>baseline</c> or <c>privileged</c>.</param>
/// <param name="Notes">What somebody must know who applies it.</param>
public sealed record Rendering(
    long Configuration, string Name, int Revision, ApplyTarget Target, IReadOnlyList<Manifest> Objects, IReadOnlyList<(string Name, string Text)> Files,
    string ManagerNamespace, string JobNamespace, string TokenSecret, string PodSecurity, string? OperatorVersion, IReadOnlyList<string> Notes)
{
    /// <summary>On everything that the portal applies.</summary>
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    /// <summary>Which configuration an object is of.</summary>
    public const string ConfigurationLabel = "migration-portal.gitlab.com/configuration";

    private const string Checksum = "migration-portal.gitlab.com/config-checksum";

    /// <summary>
    /// The objects as they are applied: marked, and so that a change of the configuration alone starts a new manager: a Deployment
    /// by a checksum in its template, a Runner by the name of its ConfigMap, which says what is in it.
    /// </summary>
    public IReadOnlyList<Manifest> Marked()
    {
        var hashed = HashedNames.Of(Objects);
        var checksum = HashedNames.Hash(string.Join('\n', hashed.Where(one => one.Key.Kind == "ConfigMap").Select(one => one.Body["data"]?.ToJsonString())));
        return [.. hashed.Select(one => Mark(one, checksum))];
    }

    private Manifest Mark(Manifest manifest, string checksum)
    {
        var body = (JsonObject)manifest.Body.DeepClone();
        var labels = Map(Map(body, "metadata"), "labels");
        labels[ManagedBy] = IClusterObjects.FieldManager;
        labels[ConfigurationLabel] = Configuration.ToString(CultureInfo.InvariantCulture);
        if (manifest.Key.Kind == "Deployment")
        {
            var annotations = Map(Map(Map(Map(body, "spec"), "template"), "metadata"), "annotations");
            if (!annotations.Any(one => one.Key.Contains("checksum", StringComparison.Ordinal))) annotations[Checksum] = checksum;
        }

        return manifest.With(body);
    }

    private static JsonObject Map(JsonObject at, string name)
    {
        if (at[name] is JsonObject there) return there;
        var made = new JsonObject();
        at[name] = made;
        return made;
    }
}
