using System.Net;
using System.Net.Security;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Infrastructure.Instances;
using Polly;
using Polly.Timeout;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>One HttpClient per instance and channel: fault translation, retries, then budget and token on each attempt.</summary>
internal static class GitLabHttp
{
    /// <summary>Monitoring comes again by itself: it waits out only what is short.</summary>
    private static readonly TimeSpan MonitoringWaits = TimeSpan.FromSeconds(5);

    /// <summary>Longer pauses end the try: an operation shows that it waits, and a person is told when to come again.</summary>
    private static readonly TimeSpan OperationsWait = TimeSpan.FromSeconds(20);

    /// <summary>Marks a request that must not be sent twice.</summary>
    public static readonly HttpRequestOptionsKey<bool> OneTry = new("gitlab.one-try");

    public static string UserAgent { get; } =
        $"MigrationPortal/{typeof(GitLabHttp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0"}";

    public static void AddChannel(this IServiceCollection services, GitLabInstanceOptions instance, string channel, RequestLane lane, string? token)
    {
        var client = services.AddHttpClient(GitLabClients.HttpName(instance.Id, channel), http =>
        {
            http.BaseAddress = new Uri(instance.Url!.ToString().TrimEnd('/'));
            http.Timeout = Timeout.InfiniteTimeSpan;
            http.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
        });
        // The factory's own loggers can write headers, and one of ours is the token.
        client.RemoveAllLoggers();
        client.ConfigurePrimaryHttpMessageHandler(() => Primary(instance, lane));
        client.AddHttpMessageHandler(provider => new GitLabFaultHandler(instance.Id, instance.Url!, provider.GetRequiredService<TimeProvider>()));
        client.AddResilienceHandler("retry", (pipeline, context) =>
        {
            var time = context.ServiceProvider.GetRequiredService<TimeProvider>();
            pipeline.TimeProvider = time;
            pipeline.AddRetry(Retry(lane, time));
        });
        client.AddHttpMessageHandler(provider => new GitLabWireHandler(
            instance.Id, lane, token,
            provider.GetRequiredService<RequestBudget>(),
            provider.GetRequiredService<GitLabMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("MigrationPortal.GitLab")));
    }

    private static HttpRetryStrategyOptions Retry(RequestLane lane, TimeProvider time) => new()
    {
        MaxRetryAttempts = lane == RequestLane.Operations ? 5 : 2,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = TimeSpan.FromMilliseconds(400),
        MaxDelay = TimeSpan.FromSeconds(15),
        ShouldHandle = arguments => ValueTask.FromResult(!IsOneTry(arguments.Context) && arguments.Outcome switch
        {
            { Exception: HttpRequestException or TimeoutRejectedException } => true,
            { Result: { StatusCode: HttpStatusCode.TooManyRequests } answer } => RetryAdvice.Of(answer, time) is not { } pause || pause <= (lane == RequestLane.Operations ? OperationsWait : MonitoringWaits),
            { Result.StatusCode: HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout } => true,
            _ => false,
        }),
        DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result is { } answer ? RetryAdvice.Of(answer, time) : null),
    };

    private static bool IsOneTry(ResilienceContext context) =>
        context.GetRequestMessage() is { } request && request.Options.TryGetValue(OneTry, out var one) && one;

    internal static SocketsHttpHandler Primary(GitLabInstanceOptions instance, RequestLane lane)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect would carry the token to whoever it names.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            MaxConnectionsPerServer = lane == RequestLane.Operations ? instance.OperationsConcurrency : 4,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        };
        if (instance.Proxy is { } proxy) handler.Proxy = new WebProxy(proxy);
        if (instance.CaFile is { } path) handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = PrivateAuthorities.Policy(path) };
        return handler;
    }
}
