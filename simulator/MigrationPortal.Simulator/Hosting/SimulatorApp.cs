using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationPortal.Kubernetes;
using MigrationPortal.World;
using Npgsql;

namespace MigrationPortal.Simulator;

/// <summary>Puts the parts together.</summary>
internal static partial class SimulatorApp
{
    public static async Task<WebApplication> BuildAsync(
        WebApplicationBuilder builder, SimulatorSettings settings, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var time = TimeProvider.System;
        var database = string.IsNullOrEmpty(settings.ConnectionString)
            ? null
            : await WorldStore.OpenAsync(settings.ConnectionString, settings.Fresh, cancellation);
        var journal = new Journal(database);
        var instances = await LoadInstancesAsync(settings, database, journal, time, cancellation);
        var tokens = new TokenStore(settings, journal, time);
        await tokens.LoadAsync(instances, time.GetUtcNow(), cancellation);
        var key = await SigningKey.LoadAsync(journal, cancellation);

        AddServices(builder.Services, settings, journal, instances, tokens, key, time);
        var app = builder.Build();
        var clock = app.Services.GetRequiredService<SimClock>();
        clock.Speed = settings.Speed;
        var hooks = app.Services.GetRequiredService<HookPump>();
        foreach (var instance in instances)
        {
            hooks.Begin(instance);
        }

        var clusters = app.Services.GetRequiredService<ClusterSet>();
        await clusters.LoadAsync(cancellation);
        (clock.Moved, clock.Stepped, clock.Due) = (hooks.Collect, clusters.MovedAsync, () => clusters.Due);
        app.Lifetime.ApplicationStopped.Register(() => journal.StopAsync(clock.Now).GetAwaiter().GetResult());
        Map(app);
        app.Lifetime.ApplicationStarted.Register(() => NameInstances(app, settings, instances));
        LogReady(app.Logger, clock.Now, settings.Speed, journal.InMemory ? "in memory" : "in PostgreSQL",
            (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return app;
    }

    private static async Task<IReadOnlyList<Instance>> LoadInstancesAsync(
        SimulatorSettings settings, NpgsqlDataSource? database, Journal journal, TimeProvider time, CancellationToken cancellation)
    {
        var options = settings.ProductionOptions(time.GetUtcNow());
        var production = Task.Run(() => WorldStore.LoadAsync(database, "production", options, cancellation), cancellation);
        var world = await production;
        var qa = await WorldStore.LoadAsync(database, "qa", WorldOptions.Qa(world.Options), cancellation);
        qa.AdvanceTo(world.Now);
        Instance[] instances = [new("production", "", world), new("qa", "/qa", qa)];
        Array.ForEach(instances, journal.Watch);
        return instances;
    }

    // Job links and runner configurations name the address under which GitLab was reached first of all.
    private static void NameInstances(WebApplication app, SimulatorSettings settings, IReadOnlyList<Instance> instances)
    {
        var root = settings.ExternalUrl ?? app.Urls.FirstOrDefault() ?? "http://localhost";
        foreach (var instance in instances)
        {
            instance.Address = root.TrimEnd('/').Replace("[::]", "localhost", StringComparison.Ordinal) + instance.PathBase;
        }
    }

    private static void AddServices(
        IServiceCollection services,
        SimulatorSettings settings,
        Journal journal,
        IReadOnlyList<Instance> instances,
        TokenStore tokens,
        SigningKey key,
        TimeProvider time)
    {
        services.AddSingleton(settings);
        services.AddSingleton(journal);
        services.AddSingleton(instances);
        services.AddSingleton(tokens);
        services.AddSingleton(time);
        services.AddSingleton<SimClock>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<AppLimiter>();
        services.AddSingleton<ApiPipeline>();
        services.AddSingleton<GraphQLEndpoint>();
        services.AddSingleton(settings.OAuth);
        services.AddSingleton(key);
        services.AddSingleton<CodeBook>();
        services.AddSingleton<AuthorizeEndpoints>();
        services.AddSingleton<TokenEndpoints>();
        services.AddSingleton<FaultRules>();
        services.AddSingleton<HookPump>();
        services.AddHostedService(p => p.GetRequiredService<HookPump>());
        services.AddSingleton<ClusterSet>();
        services.AddSingleton<ClusterPort>();
        services.AddHostedService<ClusterService>();
        services.AddHostedService<WorldTicker>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower)));
    }

    private static void Map(WebApplication app)
    {
        app.MapKubernetesClusters("/_kube", app.Services.GetRequiredService<ClusterSet>().Ask);
        app.UseMiddleware<InstanceMiddleware>();
        app.UseMiddleware<FaultMiddleware>();
        app.UseRouting();
        var api = new ApiRoutes(app, app.Services.GetRequiredService<ApiPipeline>());
        InstanceEndpoints.Map(api);
        RunnerEndpoints.Map(api);
        RunnerWrites.Map(api);
        UserEndpoints.Map(api);
        HookEndpoints.Map(api);
        FileEndpoints.Map(api);
        CommitEndpoints.Map(api);
        MergeRequestEndpoints.Map(api);
        LintEndpoints.Map(api);
        VariableEndpoints.Map(api);
        BroadcastEndpoints.Map(api);
        JobEndpoints.Map(api);
        PipelineEndpoints.Map(api);
        ProjectEndpoints.Map(api);
        GroupEndpoints.Map(api);
        app.Services.GetRequiredService<GraphQLEndpoint>().Map(app);
        app.Services.GetRequiredService<AuthorizeEndpoints>().Map(app);
        app.Services.GetRequiredService<TokenEndpoints>().Map(app);
        MapSim(app.MapGroup("/_sim"));
        app.MapGet("/health/live", () => Results.Text("ok"));
        app.MapGet("/health/ready", () => Results.Text("ok"));
        app.MapFallback("/api/{**rest}", (RequestDelegate)(http =>
            AnswerWriter.WriteAsync(http, ApiAnswer.Error(404, "404 Not Found"))));
    }

    private static void MapSim(IEndpointRouteBuilder sim)
    {
        ClockEndpoints.Map(sim);
        FaultEndpoints.Map(sim);
        DeliveryEndpoints.Map(sim);
        WorldEndpoints.Map(sim);
        TokenControl.Map(sim);
        TruthEndpoints.Map(sim);
        ClusterEndpoints.Map(sim);
        sim.MapGet("/", () => Results.Text(PageFile.Read("Sim.sim.html"), "text/html; charset=utf-8"));
    }

    [LoggerMessage(2, LogLevel.Information, "World ready at {Now:u}, speed {Speed}, kept {Where}, after {Milliseconds} ms")]
    private static partial void LogReady(ILogger log, DateTimeOffset now, double speed, string where, long milliseconds);
}
