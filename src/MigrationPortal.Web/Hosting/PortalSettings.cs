using System.Net;
using MigrationPortal.Infrastructure.Clusters;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Notices;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Cohorts;
using Npgsql;

namespace MigrationPortal.Web.Hosting;

/// <summary>What the operator wrote about the web side, and every problem of all settings at once, naming the key and never a secret.</summary>
/// <param name="PathBase">Such as <c>/portal</c>, or empty.</param>
/// <param name="Help">From <c>Portal:Help:Link</c>.</param>
/// <param name="KnownNetworks">Whose <c>X-Forwarded-*</c> headers count, besides the loopback's.</param>
internal sealed record PortalSettings(
    string ConnectionString,
    string PathBase,
    string? BootstrapToken,
    IReadOnlyList<System.Net.IPNetwork> KnownNetworks,
    SignInOptions SignIn,
    HelpLink Help)
{
    public const int ShortestToken = 32;

    public static (PortalSettings Settings, IReadOnlyList<string> Problems) Read(IConfiguration configuration)
    {
        var problems = new List<string>([.. GitLabOptionsCheck.Read(configuration).Problems, .. NoticeOptionsCheck.Read(configuration).Problems, .. ClusterOptionsCheck.Read(configuration).Problems]);
        var settings = new PortalSettings(
            Connection(configuration, problems),
            Base(configuration["Portal:PathBase"], problems),
            Bootstrap(configuration["Portal:BootstrapToken"], problems),
            [.. Networks(configuration, problems)],
            SignInFrom(configuration, problems),
            HelpLink.Read(configuration[HelpLink.Key], problems));
        return (settings, problems);
    }

    private static string Connection(IConfiguration configuration, List<string> problems)
    {
        var text = configuration.GetConnectionString("Portal");
        if (string.IsNullOrWhiteSpace(text))
        {
            problems.Add("ConnectionStrings:Portal is missing: the portal's PostgreSQL (15 to 18), such as Host=db;Database=portal;Username=portal;Password=....");
            return "";
        }

        try
        {
            var parts = new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(parts.Host)) problems.Add("ConnectionStrings:Portal names no Host.");
            if (string.IsNullOrEmpty(parts.Database)) problems.Add("ConnectionStrings:Portal names no Database.");
        }
        catch (ArgumentException)
        {
            problems.Add("ConnectionStrings:Portal is not a PostgreSQL connection string of the form Key=value;Key=value (its value is not shown).");
        }

        return text;
    }

    private static string Base(string? text, List<string> problems)
    {
        var path = text?.Trim().TrimEnd('/') ?? "";
        if (path.Length > 0 && (path[0] != '/' || path.Contains("//", StringComparison.Ordinal) || path.Any(one => one is '?' or '#' or ' ')))
            problems.Add($"Portal:PathBase is '{text}': use a path such as /portal.");
        return path;
    }

    private static string? Bootstrap(string? token, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(token)) return null;
        if (!token.StartsWith("mp_", StringComparison.Ordinal) || token.Length < ShortestToken || token.Any(one => one is < '!' or > '~'))
            problems.Add($"Portal:BootstrapToken must begin with mp_ and hold at least {ShortestToken} characters, such as mp_ and 40 random hexadecimal digits (its value is not shown).");
        return token;
    }

    private static IEnumerable<System.Net.IPNetwork> Networks(IConfiguration configuration, List<string> problems)
    {
        foreach (var one in configuration.GetSection("Portal:ForwardedHeaders:KnownNetworks").GetChildren())
        {
            if (System.Net.IPNetwork.TryParse(one.Value, out var network)) yield return network;
            else if (IPAddress.TryParse(one.Value, out var address)) yield return new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8);
            else problems.Add($"{one.Path} is '{one.Value}': use the proxy's address or network, such as 10.1.2.3 or 10.0.0.0/8.");
        }
    }

    private static SignInOptions SignInFrom(IConfiguration configuration, List<string> problems)
    {
        var options = new SignInOptions();
        try
        {
            configuration.GetSection(SignInOptions.Section).Bind(options);
        }
        catch (InvalidOperationException fault)
        {
            problems.Add($"{SignInOptions.Section} cannot be read: {fault.Message}");
        }

        if (new ValidateSignInOptions().Validate(null, options) is { Failed: true } failed) problems.AddRange(failed.Failures);
        return options;
    }
}
