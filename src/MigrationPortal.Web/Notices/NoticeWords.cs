using MigrationPortal.Domain.Notices;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Notices;

/// <summary>Notices and channels in words, the same on the page and in the API.</summary>
internal static class NoticeWords
{
    public const string Never = "never";

    public static IReadOnlyList<(string Word, ChannelKind Value)> Kinds { get; } = [.. Enum.GetValues<ChannelKind>().Select(kind => (Of(kind), kind))];

    public static string Of(ChannelKind kind) => kind.ToString().ToLowerInvariant();

    public static string Title(ChannelKind kind) => kind switch
    {
        ChannelKind.Mail => "E-mail",
        ChannelKind.Webhook => "Signed webhook",
        ChannelKind.Digest => "E-mail digest for a project",
        _ => kind.ToString(),
    };

    /// <summary><c>info</c>, <c>attention</c>, <c>critical</c>; <c>never</c> for none.</summary>
    public static string Of(NoticeSeverity? severity) => severity?.ToString().ToLowerInvariant() ?? Never;

    public static string From(NoticeSeverity? least) => least switch
    {
        null => "never",
        NoticeSeverity.Info => "always",
        NoticeSeverity.Attention => "attention and critical",
        _ => "critical alone",
    };

    /// <summary>"Attention and critical events; An operation is done: always."</summary>
    public static string Of(NoticeRules rules)
    {
        if (rules.Digest is { } digest) return $"What concerned CI jobs of {digest.Path}, {(digest.Every == DigestEvery.Week ? "on Mondays" : "every day")} at {digest.Hour:00}:00 UTC; nothing when nothing did.";
        var otherwise = rules.Otherwise switch { null => "Nothing", NoticeSeverity.Info => "Every event", NoticeSeverity.Attention => "Attention and critical events", _ => "Critical events" };
        if (rules.Kinds.Count == 0) return otherwise + ".";
        return $"{otherwise}, except: {string.Join("; ", rules.Kinds.Select(one => $"{NoticeKind.Of(one.Key).Words}: {From(one.Value)}"))}.";
    }

    public static VerdictKind Look(NoticeSeverity severity) => severity switch
    {
        NoticeSeverity.Critical => VerdictKind.Fail,
        NoticeSeverity.Attention => VerdictKind.Attention,
        _ => VerdictKind.Wait,
    };

    public static string Of(DeliveryState state) => state switch
    {
        DeliveryState.GivenUp => "givenUp",
        _ => state.ToString().ToLowerInvariant(),
    };
}
