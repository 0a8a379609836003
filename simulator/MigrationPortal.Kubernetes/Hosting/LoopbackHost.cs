using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace MigrationPortal.Kubernetes;

/// <summary>A web server on this machine only, with one handler for all paths.</summary>
internal static class LoopbackHost
{
    public static async Task<WebApplication> StartAsync(
        int port, ClusterCertificates? certificates, RequestDelegate handler, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (certificates is not null)
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificates.Server });
            }
        }));
        var app = builder.Build();
        app.Run(handler);
        await app.StartAsync(cancellation);
        return app;
    }
}
