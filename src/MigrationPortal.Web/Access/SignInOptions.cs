using Microsoft.Extensions.Options;

namespace MigrationPortal.Web.Access;

/// <summary>Sign-in through the production GitLab, section <c>Portal:SignIn</c>.</summary>
public sealed class SignInOptions
{
    public const string Section = "Portal:SignIn";

    /// <summary>The application id that GitLab gave.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The application's secret; empty for a public application (PKCE is used either way).</summary>
    public string? ClientSecret { get; set; }

    /// <summary>The issuer, when it is not the production instance's own address.</summary>
    public string? Authority { get; set; }

    /// <summary>How long a session lives without being used.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long the portal may act in a person's name after their second consent.</summary>
    public TimeSpan ActFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often a session's GitLab user is asked again whether it still exists and is an administrator.</summary>
    public TimeSpan RecheckAfter { get; set; } = TimeSpan.FromMinutes(5);
}

internal sealed class ValidateSignInOptions : IValidateOptions<SignInOptions>
{
    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(options.ClientId))
            problems.Add("Portal:SignIn:ClientId is missing: create an application in GitLab (Admin > Applications) with the redirect address of this portal ending in /account/callback and the scopes openid, profile, email, read_user, read_api, api, and put its id here.");
        if (options.Authority is { Length: > 0 } authority
            && !(Uri.TryCreate(authority, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            problems.Add($"Portal:SignIn:Authority '{authority}' is not an http or https address.");
        if (options.SessionLifetime < TimeSpan.FromMinutes(5) || options.SessionLifetime > TimeSpan.FromDays(30))
            problems.Add("Portal:SignIn:SessionLifetime must lie between 5 minutes and 30 days, such as 12:00:00.");
        if (options.RecheckAfter < TimeSpan.FromSeconds(10) || options.RecheckAfter > TimeSpan.FromHours(2))
            problems.Add("Portal:SignIn:RecheckAfter must lie between 10 seconds and 2 hours, such as 00:05:00.");
        if (options.ActFor < TimeSpan.FromMinutes(5) || options.ActFor > TimeSpan.FromHours(8))
            problems.Add("Portal:SignIn:ActFor must lie between 5 minutes and 8 hours, such as 01:00:00.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
