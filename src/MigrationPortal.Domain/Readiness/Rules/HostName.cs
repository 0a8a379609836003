using System.Buffers;
using System.Globalization;

namespace MigrationPortal.Domain.Readiness.Rules;

/// <summary>A host that a word names by an address: <c>scheme://user@host:port/path</c>.</summary>
/// <param name="Port">Null: that of the scheme.</param>
internal readonly record struct HostName(string Scheme, string Host, int? Port)
{
    private const int Longest = 4096;

    /// <summary>Signs of a pattern or a template, not of a name.</summary>
    private static readonly SearchValues<char> Templates = SearchValues.Create("$*{}<>%\\");

    /// <summary>Every address in the word; none with a variable for its host.</summary>
    public static IEnumerable<HostName> In(string word) => word.Length <= Longest && word.Contains("://", StringComparison.Ordinal) ? Addresses(word) : [];

    private static IEnumerable<HostName> Addresses(string word)
    {
        for (var at = word.IndexOf("://", StringComparison.Ordinal); at > 0; at = word.IndexOf("://", at + 3, StringComparison.Ordinal))
        {
            var begin = at;
            while (begin > 0 && (char.IsAsciiLetterOrDigit(word[begin - 1]) || word[begin - 1] is '+' or '-' or '.')) begin--;
            var end = at + 3;
            while (end < word.Length && word[end] is not ('/' or '?' or '#' or ' ' or '"' or '\'' or ',' or ';' or ')' or '\n' or '|')) end++;
            if (Read(word[begin..at].ToLowerInvariant(), word[(at + 3)..end]) is { } host) yield return host;
        }
    }

    /// <summary>The port it is called at.</summary>
    public int? PortOrUsual => Port ?? Scheme switch
    {
        "https" or "wss" => 443,
        "http" or "ws" => 80,
        "ssh" or "sftp" or "git+ssh" => 22,
        "git" => 9418,
        "ftp" => 21,
        "ldap" => 389,
        "ldaps" => 636,
        "smtp" => 25,
        "smtps" => 465,
        "postgres" or "postgresql" => 5432,
        "mysql" or "mariadb" => 3306,
        "sqlserver" => 1433,
        "redis" or "rediss" => 6379,
        "amqp" => 5672,
        "amqps" => 5671,
        "mongodb" or "mongodb+srv" => 27017,
        _ => null,
    };

    private static HostName? Read(string scheme, string authority)
    {
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        if (host.Length == 0 || host.StartsWith('[')) return null;
        var colon = host.IndexOf(':', StringComparison.Ordinal);
        int? port = colon >= 0 && int.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var name = colon >= 0 ? host[..colon] : host;
        return name.Length == 0 || name.AsSpan().ContainsAny(Templates) ? null : new(scheme, name, port);
    }
}
