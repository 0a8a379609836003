using System.Net;
using System.Text;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

/// <summary>Between portal and simulator: everything that goes wrong with a GitLab behind proxies, drawn with a seed.</summary>
internal sealed class FaultyWire(int seed) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private static readonly string[] Kinds = ["500", "dropped after", "502 html", "429 throttle", "html", "dropped", "429 limiter"];

    private int _turn;
    private readonly Random _draw = new(seed);
    private readonly Lock _gate = new();

    /// <summary>Share of requests that go wrong, 0 to 1.</summary>
    public double Rate { get; set; }

    /// <summary>Every request fails like this while it is set.</summary>
    public Func<HttpResponseMessage>? Always { get; set; }

    /// <summary>Answers single paths in the simulator's place; null lets the request through.</summary>
    public Func<string, HttpResponseMessage?>? Instead { get; set; }

    /// <summary>Paths that GitLab gets, and whose answer nobody hears.</summary>
    public Func<string, bool>? Lost { get; set; }

    public Dictionary<string, int> Injected { get; } = [];

    public int Requests { get; set; }

    public List<(string Path, DateTimeOffset At)> Log { get; } = [];

    public TimeProvider? Time { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Requests++;
            Log.Add((request.RequestUri!.PathAndQuery, (Time ?? TimeProvider.System).GetUtcNow()));
        }
        if (Always is { } always) return With(request, always());
        if (Instead?.Invoke(request.RequestUri.AbsolutePath) is { } other) return With(request, other);
        if (Lost?.Invoke(request.RequestUri.AbsolutePath) == true) return await DropAfterAsync(request, cancellationToken);
        return Draw() switch
        {
            "500" => With(request, Answer(500, """{"message":"500 Internal Server Error"}""")),
            "502 html" => With(request, Answer(502, "<html>Bad Gateway</html>", "text/html")),
            "429 throttle" => With(request, Answer(429, "Retry later", "text/plain", ("Retry-After", "2"))),
            "429 limiter" => With(request, Answer(429, """{"message":{"error":"This endpoint has been requested too many times. Try again later."}}""")),
            "html" => With(request, Answer(200, "<html>Sign in</html>", "text/html")),
            "dropped" => throw new HttpRequestException(HttpRequestError.ResponseEnded, "dropped"),
            "dropped after" => await DropAfterAsync(request, cancellationToken),
            _ => await base.SendAsync(request, cancellationToken),
        };
    }

    public static HttpResponseMessage Answer(int status, string body, string kind = "application/json", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, kind) };
        foreach (var (name, value) in headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private static HttpResponseMessage With(HttpRequestMessage request, HttpResponseMessage response)
    {
        response.RequestMessage = request;
        return response;
    }

    // GitLab did it, and nobody heard.
    private async Task<HttpResponseMessage> DropAfterAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var _ = await base.SendAsync(request, cancel);
        throw new HttpRequestException(HttpRequestError.ResponseEnded, "dropped");
    }

    private string? Draw()
    {
        lock (_gate)
        {
            if (_draw.NextDouble() >= Rate) return null;
            // When is drawn, what takes turns: a short run meets every kind.
            var kind = Kinds[_turn++ % Kinds.Length];
            Injected[kind] = Injected.GetValueOrDefault(kind) + 1;
            return kind;
        }
    }
}
