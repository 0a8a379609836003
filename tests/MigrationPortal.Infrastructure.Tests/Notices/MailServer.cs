using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace MigrationPortal.Infrastructure.Tests.Notices;

/// <summary>An SMTP server on this machine, with a certificate of an authority that only the test knows.</summary>
internal sealed class MailServer : MessageStore, IMailboxFilter, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private readonly X509Certificate2 _authority;

    private MailServer(bool starttls, string? password)
    {
        Port = FreePort();
        (_authority, var certificate) = Certificates();
        File.WriteAllText(CaFile, _authority.ExportCertificatePem());
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port)).AuthenticationRequired(password is not null);
            if (starttls) endpoint.Certificate(certificate);
        }).Build();
        var services = new ServiceCollection().AddSingleton<IMessageStore>(this).AddSingleton<IMailboxFilter>(this);
        services.AddSingleton<IUserAuthenticator>(new DelegatingUserAuthenticator((user, given) => user == "portal" && given == password));
        _running = new SmtpServer.SmtpServer(options, services.BuildServiceProvider()).StartAsync(_stop.Token);
    }

    public int Port { get; }

    /// <summary>The authority's certificate, PEM.</summary>
    public string CaFile { get; } = Path.GetTempFileName();

    public ConcurrentQueue<MimeMessage> Mails { get; } = [];

    /// <summary>How the next messages are answered; then they are taken.</summary>
    public ConcurrentQueue<SmtpResponse> Answers { get; } = [];

    public static MailServer Start(bool starttls = true, string? password = null) => new(starttls, password);

    /// <summary>The settings that reach it.</summary>
    public (string Key, string? Value)[] Settings(params (string Key, string? Value)[] more) =>
    [
        ("Portal:Mail:Host", "localhost"), ("Portal:Mail:Port", $"{Port}"), ("Portal:Mail:From", "portal@example.org"), ("Portal:Mail:CaFile", CaFile), .. more,
    ];

    public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        if (Answers.TryDequeue(out var answer)) return answer;
        using var bytes = new MemoryStream(buffer.ToArray());
        Mails.Enqueue(await MimeMessage.LoadAsync(bytes, cancellationToken));
        return SmtpResponse.Ok;
    }

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) => Task.FromResult(to.User != "nobody");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        File.Delete(CaFile);
        _authority.Dispose();
        _stop.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static (X509Certificate2 Authority, X509Certificate2 Server) Certificates()
    {
        var (from, to) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(2));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=authority of a test", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var root = authority.CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        server.CertificateExtensions.Add(names.Build());
        using var signed = server.Create(root, from, to, [1, 2, 3, 4]);
        using var whole = signed.CopyWithPrivateKey(key);
        return (root, X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null));
    }
}
