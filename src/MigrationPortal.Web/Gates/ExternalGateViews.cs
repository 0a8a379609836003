using MigrationPortal.Domain.Gates;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Gates;

/// <param name="Url">Where <c>/api/v1/query</c> is appended.</param>
/// <param name="Passes"><c>below</c>, <c>atMost</c>, <c>atLeast</c> or <c>above</c> the threshold: every sample of the answer must be so.</param>
public sealed record PromQueryView(string Url, string Query, string Passes, double Threshold, int TimeoutSeconds)
{
    internal static PromQueryView Of(PromQuery one) => new(one.Url, one.Expression, ExternalWords.Of(one.Passes), one.Threshold, one.Timeout);
}

/// <param name="Kind"><c>promql</c>, or <c>post</c>: the answer is posted to <c>/hooks/gates/{name}</c>, signed.</param>
/// <param name="HasToken">A bearer token goes with the query.</param>
/// <param name="SigningSecret">Only in the answer that made it; never shown again.</param>
public sealed record ExternalGateView(string Name, string Kind, PromQueryView? Query, bool HasToken, string? SigningSecret)
{
    internal static ExternalGateView Of(ExternalGate one, string? secret = null) =>
        new(one.Name, one.Query is null ? "post" : "promql", one.Query is { } query ? PromQueryView.Of(query) : null, one is { Query: not null, HasSecret: true }, secret);
}

/// <param name="Name">Small letters, digits and hyphens; policies name it so.</param>
/// <param name="Kind"><c>promql</c> or <c>post</c>.</param>
public sealed record ExternalGateBody(string? Name, string? Kind, string? Url, string? Query, string? Passes, double? Threshold, int? TimeoutSeconds, string? Token);

/// <summary>What is left out stays.</summary>
/// <param name="Token">Empty: none from now on.</param>
public sealed record ExternalGateEdit(string? Url, string? Query, string? Passes, double? Threshold, int? TimeoutSeconds, string? Token);

/// <param name="Verdict">As the gates would read it now.</param>
public sealed record ExternalTestView(string Verdict, string Value, string Sentence);

internal static class ExternalWords
{
    public static IReadOnlyList<(string Word, PassWhen Value)> Comparisons { get; } = [("below", PassWhen.Below), ("atMost", PassWhen.AtMost), ("atLeast", PassWhen.AtLeast), ("above", PassWhen.Above)];

    public static string Of(PassWhen passes) => Comparisons.First(one => one.Value == passes).Word;

    /// <summary>As a person reads it, before the threshold.</summary>
    public static string Title(PassWhen passes) => passes switch { PassWhen.Below => "is below", PassWhen.AtMost => "is at most", PassWhen.AtLeast => "is at least", _ => "is above" };

    public static PromQuery Query(string? url, string? query, PassWhen passes, double? threshold, int? timeout, RequestErrors errors)
    {
        if (threshold is null) errors.Add("threshold", "Needed: the number that every sample is compared with.");
        var read = new PromQuery(url?.Trim() ?? "", query?.Trim() ?? "", passes, threshold ?? 0, timeout ?? PromQuery.UsualTimeout);
        foreach (var (field, sentence) in read.Problems()) errors.Add(field, sentence);
        return read;
    }
}
