using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Infrastructure.Gates;

namespace MigrationPortal.Infrastructure.Notices;

public static class ServiceRegistration
{
    /// <summary>The ways out for notices: SMTP and webhooks; and for the queries of external gates. The outbox itself belongs to the store.</summary>
    /// <exception cref="ArgumentException">The configuration has problems; ask <see cref="NoticeOptionsCheck"/> first to list them.</exception>
    public static IServiceCollection AddPortalNotices(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        var (options, problems) = NoticeOptionsCheck.Read(configuration);
        if (problems.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(configuration));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<HookSender>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<INoticeSender, NoticeSender>();
        services.AddSingleton<IPersonMailSender, PersonMailSender>();
        // The factory's own loggers write addresses, and those are secrets.
        services.AddHttpClient(HookConnections.HttpName, http =>
        {
            http.Timeout = TimeSpan.FromSeconds(10);
            http.DefaultRequestHeaders.UserAgent.ParseAdd(GitLab.GitLabHttp.UserAgent);
        }).RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(() => HookConnections.Handler(options.Webhooks));
        services.AddSingleton<IPrometheus, Prometheus>();
        services.AddHttpClient(Prometheus.HttpName, http =>
        {
            // Each gate has its own limit, below this one.
            http.Timeout = TimeSpan.FromSeconds(PromQuery.LongestTimeout + 5);
            http.MaxResponseContentBufferSize = Prometheus.LongestAnswer;
            http.DefaultRequestHeaders.UserAgent.ParseAdd(GitLab.GitLabHttp.UserAgent);
        }).RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(() => HookConnections.Handler(options.Webhooks));
        return services;
    }
}
