namespace MigrationPortal.Simulator;

internal static class HttpContextExtensions
{
    public static Instance Instance(this HttpContext http) =>
        http.Features.Get<Instance>() ?? throw new InvalidOperationException("No instance was chosen for this request.");

    /// <summary>The instance's own address as clients know it, without a trailing slash.</summary>
    public static string InstanceUrl(this HttpContext http)
    {
        var settings = http.RequestServices.GetRequiredService<SimulatorSettings>();
        var root = settings.ExternalUrl?.TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}";
        return root + http.Instance().PathBase;
    }
}

/// <summary>Chooses the GitLab by its path base, and names each request.</summary>
internal sealed class InstanceMiddleware(RequestDelegate next, IReadOnlyList<Instance> instances)
{
    public Task InvokeAsync(HttpContext http)
    {
        var chosen = instances[0];
        foreach (var instance in instances)
        {
            if (instance.PathBase.Length > 0 && http.Request.Path.StartsWithSegments(instance.PathBase, out var rest))
            {
                chosen = instance;
                http.Request.PathBase += instance.PathBase;
                http.Request.Path = rest;
            }
        }

        http.Features.Set(chosen);
        http.Response.Headers["X-Request-Id"] = Guid.CreateVersion7().ToString("N");
        return next(http);
    }
}
