using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Instances;

/// <summary>Reads <see cref="GitLabOptions"/> and says everything that is wrong at once, naming the key and never a token.</summary>
public static partial class GitLabOptionsCheck
{
    /// <returns>The options with what could be read, and a sentence for each problem; empty when the portal may start.</returns>
    public static (GitLabOptions Options, IReadOnlyList<string> Problems) Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<string>();
        var sections = configuration.GetSection($"{GitLabOptions.Section}:Instances").GetChildren().ToList();
        var options = new GitLabOptions
        {
            Instances = [.. sections.Select(section => ReadOne(new Reader(section, problems)))],
            PublicUrl = new Reader(configuration.GetSection("Portal"), problems).Address("PublicUrl", required: false, "http", "https"),
        };
        CheckTogether(options.Instances, problems);
        return (options, problems);
    }

    private static GitLabInstanceOptions ReadOne(Reader reader) => new()
    {
        Name = reader.Name(),
        Kind = reader.Kind(),
        Url = reader.Address("Url", required: true, "http", "https"),
        ReadToken = reader.Token("ReadToken", required: true) ?? "",
        WriteToken = reader.Token("WriteToken", required: false),
        WebhookToken = reader.Token("WebhookToken", required: false),
        WebhookSigningToken = reader.SigningToken(),
        ClockUrl = reader.Address("ClockUrl", required: false, "http", "https"),
        RequestsPerSecond = reader.Number("RequestsPerSecond", 1, 0.01, 1000),
        Burst = reader.Number("Burst", 10, 1, 10_000),
        OperationsRequestsPerSecond = reader.Number("OperationsRequestsPerSecond", 20, 0.1, 1000),
        OperationsConcurrency = (int)reader.Number("OperationsConcurrency", 8, 1, 64),
        HistoryDays = (int)reader.Number("HistoryDays", 35, 0, 400),
        KeepJobsMonths = (int)reader.Number("KeepJobsMonths", 6, 1, 120),
        LogSampleADay = (int)reader.Number("LogSampleADay", 20, 0, 500),
        CaFile = reader.CaFile(),
        Proxy = reader.Address("Proxy", required: false, "http", "https", "socks5"),
    };

    private static void CheckTogether(List<GitLabInstanceOptions> all, List<string> problems)
    {
        const string key = $"{GitLabOptions.Section}:Instances";
        // The shortest month: what is read must not be dropped before it is all there.
        for (var at = 0; at < all.Count; at++)
            if (all[at].HistoryDays > all[at].KeepJobsMonths * 28)
                problems.Add($"{key}:{at}:HistoryDays is {all[at].HistoryDays}, longer than jobs are kept: use at most {all[at].KeepJobsMonths * 28}, or a larger KeepJobsMonths than {all[at].KeepJobsMonths}.");
        var production = all.Count(one => one.Kind == InstanceKind.Production);
        if (all.Count == 0) problems.Add($"{key} is empty: name at least the production GitLab, such as {key}:0:Name, {key}:0:Url and {key}:0:ReadToken.");
        else if (production != 1) problems.Add($"{key} holds {production} instances of Kind Production: exactly one is needed, QA instances have Kind Qa.");
        foreach (var twice in all.Where(one => one.Name.Length > 0).GroupBy(one => one.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            problems.Add($"{key} holds the Name '{twice.Key}' {twice.Count()} times: each instance needs a name of its own.");
        foreach (var twice in all.Where(one => one.Url is not null).GroupBy(one => one.Url!.ToString().TrimEnd('/'), StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            problems.Add($"{key} holds the Url {twice.Key} {twice.Count()} times: one instance may be named once.");
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex NameForm();

    private sealed class Reader(IConfigurationSection section, List<string> problems)
    {
        public string Name()
        {
            var name = section["Name"]?.Trim() ?? "";
            if (name.Length == 0) Problem("Name", "is missing: a short name such as 'production', part of every id and never changed later");
            else if (!NameForm().IsMatch(name)) Problem("Name", $"is '{name}': use 1 to 40 lower-case letters, digits and hyphens");
            return name;
        }

        public InstanceKind Kind()
        {
            var text = section["Kind"]?.Trim();
            if (string.IsNullOrEmpty(text)) return InstanceKind.Production;
            if (Enum.TryParse<InstanceKind>(text, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && !char.IsDigit(text[0])) return kind;
            Problem("Kind", $"is '{text}': use Production or Qa");
            return InstanceKind.Production;
        }

        public Uri? Address(string key, bool required, params string[] schemes)
        {
            var text = section[key]?.Trim();
            if (string.IsNullOrEmpty(text))
            {
                if (required) Problem(key, "is missing: the base address, such as https://gitlab.example.com");
                return null;
            }
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !schemes.Contains(address.Scheme))
                Problem(key, $"is not an address that begins with {string.Join(", ", schemes.Select(one => one + "://"))}");
            // A password in an address ends up in logs and pages.
            else if (key is "Url" or "PublicUrl" && (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0))
                Problem(key, "holds a user name, query or fragment: give the plain base address");
            else return address;
            return null;
        }

        public string? Token(string key, bool required)
        {
            var token = section[key]?.Trim();
            if (string.IsNullOrEmpty(token))
            {
                if (required) Problem(key, "is missing: an administrator's access token with scope read_api");
                return null;
            }
            if (token.Any(one => one is < '!' or > '~')) Problem(key, "holds a character that no GitLab token has (its value is not shown)");
            return token;
        }

        public string? SigningToken()
        {
            var token = Token("WebhookSigningToken", required: false);
            if (token is null || SigningSecret.Key(token) is { Length: >= SigningSecret.FewestBytes }) return token;
            Problem("WebhookSigningToken", "is not whsec_ followed by the base64 of at least 16 bytes (its value is not shown)");
            return null;
        }

        public double Number(string key, double whenMissing, double low, double high)
        {
            var text = section[key]?.Trim();
            if (string.IsNullOrEmpty(text)) return whenMissing;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high) return number;
            Problem(key, string.Create(CultureInfo.InvariantCulture, $"is '{text}': use a number from {low} to {high}"));
            return whenMissing;
        }

        public string? CaFile()
        {
            var path = section["CaFile"]?.Trim();
            if (string.IsNullOrEmpty(path)) return null;
            if (PrivateAuthorities.Trouble(path) is { } trouble) Problem("CaFile", $"names {path}, {trouble}");
            return path;
        }

        private void Problem(string key, string what) => problems.Add($"{section.Path}:{key} {what}.");
    }
}
