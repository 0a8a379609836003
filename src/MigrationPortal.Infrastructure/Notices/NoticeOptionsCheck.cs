using System.Globalization;
using System.Net.Mail;
using Microsoft.Extensions.Configuration;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.Notices;

/// <summary>Reads <see cref="NoticeOptions"/> and says everything that is wrong at once, naming the key and never a password.</summary>
public static class NoticeOptionsCheck
{
    public static (NoticeOptions Options, IReadOnlyList<string> Problems) Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<string>();
        var webhooks = configuration.GetSection(NoticeOptions.WebhookSection);
        var options = new NoticeOptions
        {
            Mail = configuration.GetSection(NoticeOptions.MailSection) is { } mail && mail.GetChildren().Any(one => !string.IsNullOrWhiteSpace(one.Value)) ? Mail(mail, problems) : null,
            Webhooks = new WebhookOptions { CaFile = CaFile(webhooks, problems), Proxy = Proxy(webhooks, problems), AllowLoopback = Flag(webhooks, "AllowLoopback", problems) },
            // Checked with GitLab's settings.
            PublicUrl = GitLabOptionsCheck.Read(configuration).Options.PublicUrl?.ToString().TrimEnd('/'),
        };
        return (options, problems);
    }

    private static MailOptions Mail(IConfigurationSection mail, List<string> problems)
    {
        var (host, from, user, password) = (mail["Host"]?.Trim() ?? "", mail["From"]?.Trim() ?? "", mail["User"]?.Trim(), mail["Password"]);
        if (host.Length == 0) problems.Add($"{mail.Path}:Host is missing: the SMTP server, such as smtp.example.com. Leave all of {mail.Path} out to send no e-mail.");
        if (!MailAddress.TryCreate(from, out _)) problems.Add($"{mail.Path}:From is '{from}': use the sender's address, such as portal@example.com.");
        if (string.IsNullOrEmpty(user) != string.IsNullOrEmpty(password)) problems.Add($"{mail.Path}:User and {mail.Path}:Password belong together: set both, or neither (the password is not shown).");
        if (!Enum.TryParse<MailSecurity>(mail["Security"] ?? nameof(MailSecurity.StartTls), ignoreCase: true, out var security) || !Enum.IsDefined(security))
            problems.Add($"{mail.Path}:Security is '{mail["Security"]}': use StartTls, Tls or None.");
        if (security == MailSecurity.None && !string.IsNullOrEmpty(password)) problems.Add($"{mail.Path}:Security is None: a password would cross the network in plain sight. Use StartTls or Tls, or leave User and Password out.");
        var standard = security == MailSecurity.Tls ? 465 : security == MailSecurity.None ? 25 : 587;
        if (!int.TryParse(mail["Port"] ?? $"{standard}", NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            problems.Add($"{mail.Path}:Port is '{mail["Port"]}': use a number from 1 to 65535.");
        return new MailOptions
        {
            Host = host,
            From = from,
            Port = port,
            Security = security,
            CaFile = CaFile(mail, problems),
            User = string.IsNullOrEmpty(user) ? null : user,
            Password = string.IsNullOrEmpty(password) ? null : password,
        };
    }

    private static string? CaFile(IConfigurationSection section, List<string> problems)
    {
        var path = section["CaFile"]?.Trim();
        if (string.IsNullOrEmpty(path)) return null;
        if (PrivateAuthorities.Trouble(path) is { } trouble) problems.Add($"{section.Path}:CaFile names {path}, {trouble}.");
        return path;
    }

    private static Uri? Proxy(IConfigurationSection section, List<string> problems)
    {
        var text = section["Proxy"]?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https" or "socks5") return proxy;
        problems.Add($"{section.Path}:Proxy is not an address that begins with http://, https:// or socks5://.");
        return null;
    }

    private static bool Flag(IConfigurationSection section, string key, List<string> problems)
    {
        var text = section[key]?.Trim();
        if (string.IsNullOrEmpty(text)) return false;
        if (bool.TryParse(text, out var flag)) return flag;
        problems.Add($"{section.Path}:{key} is '{text}': use true or false.");
        return false;
    }
}
