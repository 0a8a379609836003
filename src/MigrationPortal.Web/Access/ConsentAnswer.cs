using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace MigrationPortal.Web.Access;

/// <summary>How a second consent ended, as the page that people come back to says it; carried in its address.</summary>
public static class ConsentAnswer
{
    public const string Parameter = "consent";
    public const string Denied = "denied";
    public const string OtherUser = "other-user";
    public const string ScopeMissing = "scope-missing";
    public const string TooLate = "too-late";
    public const string Unavailable = "unavailable";
    public const string Failed = "failed";

    /// <summary>The sentence for a code; null for none. Unknown codes read as a plain failure.</summary>
    public static string? Sentence(string? code) => code switch
    {
        null or "" => null,
        Denied => "You did not allow the portal to make changes in GitLab, so nothing was changed. Try again, or copy the lines into your project yourself.",
        OtherUser => "You are signed in to GitLab as somebody else than here, so nothing was changed. Sign in to GitLab as yourself and try again.",
        ScopeMissing => "GitLab does not let the portal make changes for anybody: an administrator has to add the scope api to the portal's application in GitLab (Admin, Applications). Until then, copy the lines into your project yourself.",
        TooLate => "Allowing it took too long or was begun in another window, so nothing was changed. Try again.",
        Unavailable => "GitLab does not answer at the moment, so nothing was changed. Try again in a minute.",
        _ => "GitLab could not be asked to allow changes, so nothing was changed. Try again; if it fails again, an administrator finds the reason in the portal's log.",
    };

    /// <param name="address">In this portal.</param>
    /// <param name="code">Null: the address without what an earlier try said.</param>
    public static string On(string address, string? code)
    {
        ArgumentNullException.ThrowIfNull(address);
        var hash = address.IndexOf('#', StringComparison.Ordinal);
        var (before, fragment) = hash < 0 ? (address, "") : (address[..hash], address[hash..]);
        var question = before.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? before : before[..question];
        var query = QueryHelpers.ParseQuery(question < 0 ? "" : before[question..]).Where(one => one.Key != Parameter);
        if (code is not null) query = query.Append(new KeyValuePair<string, StringValues>(Parameter, code));
        return QueryHelpers.AddQueryString(path, query) + fragment;
    }
}
