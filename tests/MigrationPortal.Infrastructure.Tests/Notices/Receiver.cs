using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MigrationPortal.Infrastructure.Tests.Notices;

internal sealed record Received(IReadOnlyDictionary<string, string> Headers, string Path, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>A receiver of webhooks on this machine, which answers as a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public ConcurrentQueue<Received> All { get; } = [];

    /// <summary>What the next ones are answered with; then 200.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Answers { get; } = [];

    public Uri Url => new(new Uri(_app.Urls.First()), "/hook/secret-path?key=secret-query");

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.AnswerAsync);
        await app.StartAsync();
        return receiver;
    }

    public void Next(int status, string text = "", params (string Name, string Value)[] headers) => Answers.Enqueue(http =>
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in headers) http.Response.Headers[name] = value;
        return http.Response.WriteAsync(text);
    });

    /// <summary>Takes the request and never answers.</summary>
    public void NextIsSilent() => Answers.Enqueue(http => Task.Delay(Timeout.Infinite, http.RequestAborted));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        All.Enqueue(new Received(http.Request.Headers.ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.OrdinalIgnoreCase), http.Request.Path + http.Request.QueryString, body.ToArray()));
        if (Answers.TryDequeue(out var answer)) await answer(http);
    }
}
