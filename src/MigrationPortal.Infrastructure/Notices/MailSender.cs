using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Infrastructure.Instances;
using MimeKit;

namespace MigrationPortal.Infrastructure.Notices;

/// <summary>One message over the configured SMTP server, on a connection of its own.</summary>
internal sealed class MailSender(NoticeOptions options, TimeProvider time)
{
    public const string NotSet = $"No SMTP server is set: {NoticeOptions.MailSection}:Host and {NoticeOptions.MailSection}:From.";

    public Task<SendAnswer> SendAsync(ChannelTarget.Mail target, Parcel parcel, Message message, CancellationToken cancel) =>
        SendAsync(from => MailForm.Of(message, parcel.Id, from, target.To, time.GetUtcNow()), cancel);

    /// <param name="write">Gets the configured sender.</param>
    public async Task<SendAnswer> SendAsync(Func<string, MimeMessage> write, CancellationToken cancel)
    {
        if (options.Mail is not { } server) return new SendAnswer(false, NotSet, IsDown: true);
        using var smtp = new Client(server);
        try
        {
            await smtp.ConnectAsync(server.Host, server.Port, Security(server.Security), cancel);
            if (server.User is { } user) await smtp.AuthenticateAsync(user, server.Password!, cancel);
            var said = await smtp.SendAsync(write(server.From), cancel);
            await smtp.DisconnectAsync(true, cancel);
            return new SendAnswer(true, smtp.Refused.Count == 0 ? said.Trim() : $"{said.Trim()}; not taken: {string.Join("; ", smtp.Refused)}");
        }
        catch (SmtpCommandException no)
        {
            var refused = smtp.Refused.Count > 0 ? string.Join("; ", smtp.Refused) : no.Message;
            return new SendAnswer(false, $"{(int)no.StatusCode} {refused}");
        }
        catch (AuthenticationException)
        {
            return new SendAnswer(false, $"The SMTP server refuses {NoticeOptions.MailSection}:User and Password.", IsDown: true);
        }
        catch (SslHandshakeException)
        {
            return new SendAnswer(false, $"TLS with {server.Host}:{server.Port} fails: its certificate is not trusted (see {NoticeOptions.MailSection}:CaFile), or it speaks no TLS there.", IsDown: true);
        }
        catch (NotSupportedException fault)
        {
            // StartTls is asked for and not offered, or no way to sign in.
            return new SendAnswer(false, fault.Message, IsDown: true);
        }
        catch (Exception fault) when (fault is SmtpProtocolException or ServiceNotConnectedException or IOException or SocketException or TimeoutException)
        {
            return new SendAnswer(false, $"{server.Host}:{server.Port} cannot be reached: {fault.Message}", IsDown: true);
        }
    }

    private static SecureSocketOptions Security(MailSecurity security) => security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    /// <summary>One recipient who is unknown does not keep the message from the others.</summary>
    private sealed class Client : SmtpClient
    {
        private readonly string? _caFile;

        public Client(MailOptions server)
        {
            _caFile = server.CaFile;
            Timeout = 15_000;
            if (_caFile is null) return;
            // A private authority seldom has lists that can be reached.
            CheckCertificateRevocation = false;
            ServerCertificateValidationCallback = IsTrusted;
        }

        public List<string> Refused { get; } = [];

        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            Refused.Add($"{mailbox.Address} ({(int)response.StatusCode} {response.Response})");

        protected override void OnNoRecipientsAccepted(MimeMessage message) =>
            throw new SmtpCommandException(SmtpErrorCode.RecipientNotAccepted, SmtpStatusCode.MailboxUnavailable, "No recipient was taken.");

        private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? seen, SslPolicyErrors errors)
        {
            if (errors == SslPolicyErrors.None) return true;
            if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf) return false;
            using var chain = new X509Chain { ChainPolicy = PrivateAuthorities.Policy(_caFile!) };
            foreach (var one in seen?.ChainElements ?? Enumerable.Empty<X509ChainElement>()) chain.ChainPolicy.ExtraStore.Add(one.Certificate);
            return chain.Build(leaf);
        }
    }
}
