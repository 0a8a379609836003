namespace MigrationPortal.Domain.Tests.Readiness;

/// <summary>The contract data beside the checkout, when it is there.</summary>
internal static class KubernetesContract
{
    /// <returns>Null where the data is absent.</returns>
    public static string? Find(params string[] path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine([folder.FullName, "shared", "kubernetes-contract", .. path]);
            if (File.Exists(file)) return file;
        }

        return null;
    }
}
