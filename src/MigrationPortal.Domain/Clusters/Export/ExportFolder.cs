using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using MigrationPortal.Domain.Clusters.Apply;

namespace MigrationPortal.Domain.Clusters.Export;

/// <summary>A rendering as a folder for whoever manages it, with what to do. The same revision is the same bytes.</summary>
public static class ExportFolder
{
    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>In the order of their names.</summary>
    public static IReadOnlyList<(string Name, string Text)> Of(Rendering rendering)
    {
        ArgumentNullException.ThrowIfNull(rendering);
        return [.. rendering.Files.Append(("README.md", Readme(rendering))).OrderBy(one => one.Item1, StringComparer.Ordinal)];
    }

    public static byte[] Zip(Rendering rendering)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in Of(rendering))
            {
                var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = Stamp;
                using var writer = new StreamWriter(entry.Open(), new UTF8Encoding(false));
                writer.Write(text);
            }

        return bytes.ToArray();
    }

    /// <summary>The branch that holds just this.</summary>
    public static string Branch(Rendering rendering, string folder)
    {
        var text = string.Join('\0', Of(rendering).Select(one => $"{folder}/{one.Name}\0{one.Text}"));
        return $"migrationportal/runner-config-{rendering.Configuration}-r{rendering.Revision}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..10]}";
    }

    /// <summary>What was chosen along, as the objects show.</summary>
    public static ApplyExtras Extras(Application of)
    {
        ArgumentNullException.ThrowIfNull(of);
        bool Has(params string[] kinds) => of.Objects.Any(one => kinds.Contains(one.Key.Kind, StringComparer.Ordinal));
        return (Has("NetworkPolicy") ? ApplyExtras.NetworkPolicy : ApplyExtras.None) | (Has("Role", "ClusterRole") ? ApplyExtras.Rbac : ApplyExtras.None) | (Has("ResourceQuota", "LimitRange") ? ApplyExtras.Quota : ApplyExtras.None);
    }

    private static string Readme(Rendering rendering)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"# {rendering.Name}, revision {rendering.Revision}\n\nA runner manager for the namespace `{rendering.ManagerNamespace}`; its jobs run in `{rendering.JobNamespace}`. Rendered by MigrationPortal: change it there, so that the next revision does not take the change back.\n\n");
        text.Append("1. The namespaces must be there.");
        text.Append(CultureInfo.InvariantCulture, $" The jobs' namespace is meant to enforce the Pod Security level `{rendering.PodSecurity}`.\n");
        text.Append(CultureInfo.InvariantCulture, $"2. The Secret `{rendering.TokenSecret}` in `{rendering.ManagerNamespace}` must hold the runner's token under `runner-token`. It is in none of these files, and belongs into none.\n");
        text.Append("3. Apply the files by your own tool, for instance `kubectl apply --server-side -f .`, or leave that to what watches this folder.\n");
        text.Append("4. The portal looks at the cluster and says when it matches.\n");
        if (rendering.Notes.Count > 0) text.Append("\n## To know\n\n").AppendJoin('\n', rendering.Notes.Select(one => $"- {one}")).Append('\n');
        text.Append("\n## Objects\n\n").AppendJoin('\n', rendering.Objects.Select(one => $"- {one.Key}")).Append('\n');
        return text.ToString();
    }
}
