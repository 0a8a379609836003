using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MigrationPortal.Infrastructure.Instances;

/// <summary>A file's certificate authorities beside the system's: a private CA must not cut off a public one.</summary>
internal static class PrivateAuthorities
{
    /// <returns>What is wrong with the file, as the end of a sentence; null when it can be used.</returns>
    public static string? Trouble(string path) =>
        !File.Exists(path) ? "which is not there or may not be read" : !HoldsCertificate(path) ? "which holds no certificate in PEM form" : null;

    public static X509ChainPolicy Policy(string path)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(path);
        using var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        policy.CustomTrustStore.AddRange(system.Certificates);
        return policy;
    }

    private static bool HoldsCertificate(string path)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(path);
            return found.Count > 0;
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
