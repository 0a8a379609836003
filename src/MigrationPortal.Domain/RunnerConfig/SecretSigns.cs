using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>What of a configuration must not be written again: a result is copied around, mailed and committed.</summary>
internal static partial class SecretSigns
{
    public const string Mark = "(left out)";

    /// <summary>Whether whatever stands under such a name is a secret.</summary>
    public static bool IsSecretName(string name) => !NoSecret().IsMatch(name) && SecretName().IsMatch(name);

    /// <summary>Whether the text itself looks like one, or has one in it: tokens, private keys, addresses with a password.</summary>
    public static bool HoldsSecret(string text) => Tokens().IsMatch(text) || Address().IsMatch(text) || Flag().IsMatch(text);

    /// <summary>The text for a report.</summary>
    public static string Shown(string name, string text) => IsSecretName(name) || HoldsSecret(text) ? Mark : text;

    [GeneratedRegex(@"passw(or)?d|passphrase|(^|[_-])(pwd|pass|key|pat|auth)$|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|encryption[_-]?key|signing[_-]?key|credential|auth[_-]?config|dsn|connection[_-]?string|kubeconfig", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    // Paths, ids and switches that have such a word in their name.
    [GeneratedRegex(@"(_|-)(file|path|keypath|dir|id|name|keyid|enabled|url|ttl|expiry|fingerprint)$|^(tls-key-file|key_path|credentials_file|use_static_credentials|config_file|cache_key)$|^key$|pub(lic)?[_-]?key", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoSecret();

    [GeneratedRegex(@"-----BEGIN [A-Z0-9 ]*PRIVATE KEY|\b(?:gl[a-z]{2,8}-|GR1348941)[\w.=-]{8,}|\b(?:gh[pousr]_|github_pat_)\w{16,}|\b(?:AKIA|ASIA)[A-Z0-9]{12,}|\bxox[a-z]-[\w-]{8,}|\bnpm_\w{20,}|\bpypi-[\w-]{16,}|\bAIza[\w-]{30,}|\bdckr_pat_[\w-]{10,}|\bhv[sb]\.[\w-]{16,}|\beyJ[\w-]{6,800}\.[\w-]{6,}|""auth""\s*:", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]{1,20}://[^\s/@'""<>$]+@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?:^|\s)--?[\w-]{0,40}(?:password|passwd|passphrase|token|secret)(?:\s{1,20}|=)(?!['""]?\$|stdin)['""]?[^\s'""$-]|(?:password|passwd|secret|token)\s{0,20}[:=]\s{0,20}(?!['""]?\$)['""]?\w{4,}|docker\s{1,20}login\b[^\n]{0,300}\s-p\s{0,20}(?!['""]?\$)\S|(?:^|\s)(?:-u|--user)[\s=]{1,20}['""]?[^\s:'""$]{1,200}:(?!['""]?\$)[^\s'""]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Flag();
}
