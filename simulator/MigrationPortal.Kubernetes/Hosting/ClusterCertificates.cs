using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MigrationPortal.Kubernetes;

/// <summary>A certificate authority of one cluster's own, and the server certificate it signs for loopback names.</summary>
internal sealed class ClusterCertificates : IDisposable
{
    private ClusterCertificates(string caPem, X509Certificate2 server)
    {
        CaPem = caPem;
        Server = server;
    }

    public string CaPem { get; }

    public X509Certificate2 Server { get; }

    public static ClusterCertificates Make(DateTimeOffset now)
    {
        var (from, until) = (now.AddDays(-1), now.AddYears(5));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=kubernetes", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        using var authority = authorityRequest.CreateSelfSigned(from, until);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var serverRequest = new CertificateRequest("CN=kube-apiserver", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("kubernetes.default.svc");
        names.AddIpAddress(IPAddress.Loopback);
        serverRequest.CertificateExtensions.Add(names.Build());
        serverRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var signed = serverRequest.Create(authority, from, until, RandomNumberGenerator.GetBytes(16));
        using var withKey = signed.CopyWithPrivateKey(serverKey);
        return new ClusterCertificates(
            authority.ExportCertificatePem(), X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null));
    }

    /// <summary>Authority, server and the server's key.</summary>
    public string Pem => $"{CaPem}\n{Server.ExportCertificatePem()}\n{Server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n";

    /// <summary>Those of <see cref="Pem"/>.</summary>
    public static ClusterCertificates Of(string pem)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        using var withKey = X509Certificate2.CreateFromPem(all[1].ExportCertificatePem(), pem);
        return new ClusterCertificates(all[0].ExportCertificatePem(), X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null));
    }

    public void Dispose() => Server.Dispose();
}
