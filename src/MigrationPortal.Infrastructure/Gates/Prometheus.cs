using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Infrastructure.Gates;

/// <summary>
/// Instant queries over the HTTP API of Prometheus (prometheus.io, HTTP API), over the same guarded way out as webhooks. What
/// comes back is cut short: it is for people, and could be anything.
/// </summary>
internal sealed class Prometheus(IHttpClientFactory clients) : IPrometheus
{
    public const string HttpName = "prometheus";

    /// <summary>Bytes; a gate asks for a few series.</summary>
    public const int LongestAnswer = 1024 * 1024;

    private const int LongestTrouble = 200;

    public async Task<PromFacts> AskAsync(PromQuery query, string? token, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(query.Timeout));
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{query.Url.TrimEnd('/')}/api/v1/query?query={Uri.EscapeDataString(query.Expression)}");
            if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await clients.CreateClient(HttpName).SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token);
            var body = await answer.Content.ReadAsStringAsync(limit.Token);
            return Of(query, body) ?? Trouble(query, $"{(int)answer.StatusCode} {answer.ReasonPhrase}".TrimEnd() + ((int)answer.StatusCode is >= 300 and < 400 ? " (redirects are not followed: enter the address that it leads to)" : ", and no answer of Prometheus's form"));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Trouble(query, string.Create(CultureInfo.InvariantCulture, $"none within {query.Timeout} s"));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException)
        {
            return Trouble(query, Explain(fault));
        }
    }

    /// <returns>Null when the text is no answer.</returns>
    internal static PromFacts? Of(PromQuery query, string body)
    {
        try
        {
            using var read = JsonDocument.Parse(body);
            var root = read.RootElement;
            if (root.GetProperty("status").GetString() != "success") return Trouble(query, root.TryGetProperty("error", out var error) ? error.GetString() ?? "" : "an error without a word");
            var (kind, result) = (root.GetProperty("data").GetProperty("resultType").GetString(), root.GetProperty("data").GetProperty("result"));
            return kind switch
            {
                "vector" => Judged(query, [.. result.EnumerateArray().Select(series => Number(series.GetProperty("value")))]),
                "scalar" => Judged(query, [Number(result)]),
                _ => Trouble(query, $"the query gives a {kind}: ask for a vector or a scalar"),
            };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static PromFacts Judged(PromQuery query, double[] values)
    {
        double? worst = values.Length == 0 || values.Any(double.IsNaN) ? null : query.Passes is PassWhen.Below or PassWhen.AtMost ? values.Max() : values.Min();
        // JSON knows no infinity, and as far out is as far out.
        return new PromFacts(query.Passes, query.Threshold, values.Length, worst is { } some ? Math.Clamp(some, double.MinValue, double.MaxValue) : null, null);
    }

    // [time, "value"]; Go writes NaN, +Inf and -Inf.
    private static double Number(JsonElement sample) => sample[1].GetString() switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var text => double.Parse(text!, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static PromFacts Trouble(PromQuery query, string said)
    {
        var text = string.Concat(said.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim().TrimEnd('.');
        return new PromFacts(query.Passes, query.Threshold, 0, null, $"{(text.Length <= LongestTrouble ? text : text[..LongestTrouble] + "…")}.");
    }

    // Words of the innermost fault: those around it may hold the address.
    private static string Explain(Exception fault)
    {
        while (fault.InnerException is { } inner) fault = inner;
        return fault is SocketException { SocketErrorCode: var code } ? $"it cannot be reached ({code})" : fault.Message;
    }
}
