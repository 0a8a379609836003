using System.Text.RegularExpressions;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>Something outside that is asked whether a step may go on: a PromQL query, or whoever signs and posts an answer.</summary>
/// <param name="Name">Unique in its instance; policies name it so.</param>
/// <param name="Query">What Prometheus is asked; null: the answer is posted.</param>
/// <param name="HasSecret">A bearer token for the query; the signing secret of a posted answer is always there.</param>
/// <param name="Version">Grows with every change.</param>
public sealed partial record ExternalGate(long Id, InstanceId Instance, string Name, PromQuery? Query, bool HasSecret, long Version)
{
    public static string? NameProblem(string? name) => name is not null && NameForm().IsMatch(name) ? null : "Needed: 1 to 50 small letters, digits and hyphens, such as error-budget.";

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,49}$", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}

/// <summary>When the samples of an answer let the step through: every one of them must be so.</summary>
public enum PassWhen
{
    Below,
    AtMost,
    AtLeast,
    Above,
}

/// <summary>An instant query over the HTTP API of Prometheus, or of what speaks like it.</summary>
/// <param name="Url">Where <c>/api/v1/query</c> is appended.</param>
/// <param name="Timeout">Whole seconds.</param>
public sealed record PromQuery(string Url, string Expression, PassWhen Passes, double Threshold, int Timeout)
{
    public const int LongestExpression = 4000;
    public const int LongestTimeout = 30;
    public const int UsualTimeout = 10;

    /// <summary>Everything that is wrong, with its field in the API.</summary>
    public IEnumerable<(string Field, string Sentence)> Problems()
    {
        if (OutgoingAddress.Problem(Url) is { } why) yield return ("url", why);
        else if (new Uri(Url).Query.Length > 0) yield return ("url", "Holds a query: give the base address, such as https://prometheus.example.com.");
        if (string.IsNullOrWhiteSpace(Expression) || Expression.Length > LongestExpression) yield return ("query", $"Needed: a PromQL expression of 1 to {LongestExpression} characters.");
        if (!double.IsFinite(Threshold)) yield return ("threshold", "Must be a number.");
        if (Timeout is < 1 or > LongestTimeout) yield return ("timeoutSeconds", $"Must be 1 to {LongestTimeout} whole seconds.");
    }
}
