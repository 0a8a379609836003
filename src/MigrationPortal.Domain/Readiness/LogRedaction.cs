using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Readiness;

/// <summary>
/// Takes secrets out of lines, in order of the lines because a private key has many. Rather too much than too little: GitLab masks
/// variables that are marked so, and everything else is in the log as it was printed.
/// </summary>
public sealed partial class LogRedaction
{
    public const string Mark = "[removed]";

    private bool _inKey;

    public string Of(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var begins = KeyBegins().Match(line);
        if (_inKey || begins.Success)
        {
            var ends = KeyEnds().Match(line, begins.Success ? begins.Index + begins.Length : 0);
            _inKey = !ends.Success;
            return $"{(begins.Success ? Line(line[..begins.Index]) : "")}{Mark}{(ends.Success ? Line(line[(ends.Index + ends.Length)..]) : "")}";
        }

        return Line(line);
    }

    private static string Line(string line)
    {
        line = Addresses().Replace(line, $"$1{Mark}@");
        line = Headers().Replace(line, $"$1{Mark}");
        line = Assignments().Replace(line, $"$1{Mark}");
        line = Flags().Replace(line, $"$1{Mark}");
        return Tokens().Replace(line, Mark);
    }

    [GeneratedRegex("-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----", RegexOptions.CultureInvariant)]
    private static partial Regex KeyBegins();

    [GeneratedRegex("-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----", RegexOptions.CultureInvariant)]
    private static partial Regex KeyEnds();

    // https://user:password@host, redis://:password@host, https://token@host
    [GeneratedRegex(@"(\b[a-z][a-z0-9+.-]{1,20}://)[^\s/@'""<>]+@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"(\b(?:(?:Proxy-)?Authorization['""]?\s*[:=]\s*['""]?(?:(?:Bearer|Basic|Digest|Token|AWS4-HMAC-SHA256)\s+)?|Bearer\s+|(?:Private|Job|Deploy)-Token\s*[:=]\s*|X-[\w-]*(?:Token|Key|Secret)\s*[:=]\s*|(?:Set-)?Cookie\s*:\s*))[^'""\s][^'""]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Headers();

    // password=..., "api_key": "...", DB_PASSWORD: ..., and whatever long word follows such a name.
    [GeneratedRegex(@"([\w.-]*(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key|encryption[_-]?key|signing[_-]?key|account[_-]?key|credentials?|dockerconfigjson|_auth|client[_-]?key)[\w.-]*['""]?\s*(?::=|=>|[=:])\s*)(?:'[^']*'?|""[^""]*""?|[^\s'"",;&]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Assignments();

    [GeneratedRegex(@"((?:^|\s)(?:--?[\w-]*(?:password|passwd|passphrase|token|secret|api-?key)(?:\s+|=)|(?:-u|--user)[\s=]+[^\s:'""]+:|\b(?:password|secret|token|key)\s+(?=[A-Za-z0-9+/_=-]{20,})))(?:'[^']*'|""[^""]*""|\S+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Flags();

    // GitLab (glpat-, glrt-, gldt-, glcbt-, ...), GitHub, AWS, Slack, npm, PyPI, Google, Stripe, Docker Hub, Vault, this portal; JWTs; long unbroken base64.
    [GeneratedRegex(@"\b(?:gl[a-z]{2,8}-|GR1348941|_gitlab_session=)[\w.=-]{8,}|\b(?:gh[pousr]_|github_pat_)\w{16,}|\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}|\bxox[a-z]-[\w-]{8,}|\bnpm_\w{20,}|\bpypi-[\w-]{16,}|\bAIza[\w-]{30,}|\bya29\.[\w-]{10,}|\b[rs]k_(?:live|test)_\w{10,}|\bdckr_pat_[\w-]{10,}|\bhv[sb]\.[\w-]{16,}|\bmp_\w{16,}|\beyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*)?|\b(?=[A-Za-z+/]*\d)(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[A-Za-z0-9+/]{48,}={0,2}", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();
}
