namespace MigrationPortal.Infrastructure.Notices;

/// <summary>How messages leave the portal. Where they go is written on the page and by API.</summary>
public sealed class NoticeOptions
{
    public const string MailSection = "Portal:Mail";
    public const string WebhookSection = "Portal:Webhooks";

    /// <summary>Null: no SMTP server is configured, and channels of kind mail say so.</summary>
    public MailOptions? Mail { get; init; }

    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary><c>Portal:PublicUrl</c>, without a slash at its end: links lead there. Null: messages carry none.</summary>
    public string? PublicUrl { get; init; }
}

/// <summary><c>Portal:Mail</c>.</summary>
public sealed class MailOptions
{
    public string Host { get; init; } = "";

    public int Port { get; init; } = 587;

    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>Null: the server asks for none.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    public string From { get; init; } = "";

    /// <summary>PEM file of authorities to trust besides the system's.</summary>
    public string? CaFile { get; init; }
}

public enum MailSecurity
{
    /// <summary>Begins plainly and insists on TLS before anything else is said.</summary>
    StartTls,

    /// <summary>TLS from the first byte (port 465).</summary>
    Tls,

    /// <summary>In plain sight: for a relay on a trusted network.</summary>
    None,
}

/// <summary><c>Portal:Webhooks</c>: outgoing ones, chats included.</summary>
public sealed class WebhookOptions
{
    /// <summary>PEM file of authorities to trust besides the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>When left out, <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c> and <c>NO_PROXY</c> hold.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Whether receivers may be on the portal's own machine.</summary>
    public bool AllowLoopback { get; init; }
}
