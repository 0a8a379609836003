using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Clusters;
using MigrationPortal.Infrastructure.Clusters.Apply;
using MigrationPortal.Infrastructure.GitLab;
using MigrationPortal.Infrastructure.Notices;
using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Simulator;
using MigrationPortal.Testing;
using Npgsql;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

/// <summary>The portal's adapters and sweeps on a real database, against the simulator over HTTP with a stepped clock.</summary>
internal sealed class SimulatedPortal : IAsyncDisposable
{
    public static readonly InstanceId Production = new("production");
    public static readonly InstanceId Qa = new("qa");

    private readonly ServiceProvider _services;

    private readonly Func<ServiceProvider> _build;

    private SimulatedPortal(SimulatorHost simulator, string connectionString, FaultyWire wire, ScaledTime time, Dictionary<string, string?> settings, bool hosted)
    {
        (Simulator, Wire, Time) = (simulator, wire, time);
        wire.Time = time;
        _build = () => Build(connectionString, wire, time, settings, hosted);
        _services = _build();
    }

    private static ServiceProvider Build(string connectionString, FaultyWire wire, ScaledTime time, Dictionary<string, string?> settings, bool hosted)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddMetrics();
        services.AddSingleton<TimeProvider>(time);
        services.AddPortalStore(connectionString);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        services.AddPortalGitLab(configuration);
        services.AddPortalNotices(configuration);
        services.AddPortalClusters(configuration);
        services.AddPortalApply();
        if (hosted) services.AddPortalSweeps();
        else services.AddSweepsWithoutTimer();
        foreach (var useCase in typeof(ProposeRoles).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsPublic: true } && type.GetMethod("RunAsync") is not null))
            services.AddSingleton(useCase);
        services.AddSingleton<Domain.Cohorts.Moves.IMoveTags, Domain.Phases.ReadMoveTags>().AddSingleton<Domain.Cohorts.Moves.ProjectFiles>().AddSingleton<Domain.Cohorts.Moves.EnrollmentSteps>().AddSingleton<Domain.Cohorts.Moves.IMoveWay, Domain.Cohorts.Moves.MoveByMergeRequest>().AddSingleton<Domain.Cohorts.Moves.IMoveWay, Domain.Cohorts.Moves.MoveByVariable>();
        services.AddSingleton<Domain.Cohorts.IRunnerPair, Domain.Phases.ReadRunnerPair>().AddSingleton<Domain.Cohorts.Moves.PairAssigning>().AddSingleton<Domain.Cohorts.Moves.IMoveWay, Domain.Cohorts.Moves.MoveByRunnerPair>();
        services.AddSingleton<Domain.Plans.IOperationEnded, Domain.Phases.RecordPhase>().AddSingleton<Domain.Plans.FreshFleet>().AddSingleton<Domain.Plans.EndOperation>().AddSingleton<Domain.Notices.ChangeChannel>().AddSingleton<Domain.Phases.ReadMigration>().AddSingleton<Domain.Phases.LastStep>().AddSingleton<Domain.Phases.DriftMemory>().AddSingleton<Domain.Phases.DriftFreeze>().AddSingleton<Domain.Gates.ReadFreezes>().AddSingleton<Domain.Notices.IProjectNews, Domain.Phases.ReadProjectNews>().AddSingleton<Domain.Cohorts.ICohortFacts, Domain.Phases.ReadCohortFacts>();
        services.AddSingleton<Domain.Cohorts.TwinRuns.TwinSteps>().AddSingleton<Domain.Cohorts.TwinRuns.TwinBranches>().AddSingleton<Domain.Clusters.Smoke.RevisionReader>().AddSingleton<Domain.Clusters.Smoke.VerificationSteps>().AddSingleton<Domain.Clusters.Smoke.VerificationBranches>().AddSingleton<Domain.Clusters.Smoke.ProbeRun>();
        services.AddSingleton<Domain.Clusters.Smoke.ProductionGuard>().AddSingleton<Domain.Clusters.Promotion.ManagerHealth>().AddSingleton<Domain.Clusters.Promotion.IRollouts, Domain.Clusters.Promotion.ClusterRollouts>().AddSingleton<Domain.Clusters.Promotion.PromotionSteps>();
        services.AddSingleton<Domain.Clusters.Apply.ReadNamespaces>().AddSingleton<Domain.Clusters.Apply.ApplicationSteps>().AddSingleton<Domain.Clusters.Apply.NoteBefore>().AddSingleton<Domain.Clusters.Export.ExportRequests>().AddSingleton<Domain.Clusters.Export.FollowExport>().AddSingleton<Domain.Clusters.Apply.DoStep>().AddSingleton<Domain.Clusters.Apply.ReturnSteps>();
        services.AddSingleton<Domain.Clusters.Registration.RegistrationSteps>().AddSingleton<Domain.Clusters.Registration.MarkedRunner>().AddSingleton<Domain.Clusters.Registration.TokenNamespace>().AddSingleton<Domain.Clusters.Registration.RegistrationApply>().AddSingleton<Domain.Clusters.Registration.HeldTokens>().AddSingleton<Domain.Clusters.Registration.RegistrationForward>().AddSingleton<Domain.Clusters.Registration.RegistrationBack>();
        services.AddSingleton<Domain.Plans.TendRunner>().AddSingleton<Domain.Clusters.Surges.SurgeSteps>().AddSingleton<Domain.Clusters.Surges.SurgeReach>().AddSingleton<Domain.Clusters.Surges.SurgeManager>().AddSingleton<Domain.Clusters.Surges.SurgeForward>().AddSingleton<Domain.Clusters.Surges.SurgeLending>().AddSingleton<Domain.Clusters.Surges.SurgeBack>();
        services.AddSingleton<Domain.Cohorts.Groups.GroupMoveSteps>().AddSingleton<Domain.Cohorts.Groups.GroupVariableWrite>().AddSingleton<Domain.Cohorts.Carrying>().AddSingleton<Domain.Cohorts.Templates.TemplateRequests>().AddSingleton<Domain.Cohorts.Templates.TemplateMoveSteps>().AddSingleton<Domain.Cohorts.Stragglers.StragglerSteps>();
        foreach (var (instance, channel) in new[] { Production, Qa }.SelectMany(instance => new[] { "Monitoring", "Looking", "Changing", "Person" }.Select(channel => (instance, channel))))
            services.AddHttpClient(GitLabClients.HttpName(instance, channel)).ConfigurePrimaryHttpMessageHandler(() => wire).SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services.BuildServiceProvider();
    }

    public SimulatorHost Simulator { get; }

    public FaultyWire Wire { get; }

    public ScaledTime Time { get; }

    public static async Task<SimulatedPortal> StartAsync(PostgresFixture postgres, double requestsPerSecond = 1000, Action<Dictionary<string, string?>>? change = null, string? database = null, bool hosted = false, double timeScale = 20, World.WorldOptions? world = null, bool qa = false)
    {
        var chosen = SimulatorHost.ForTests();
        chosen.World = world;
        var simulator = await SimulatorHost.StartAsync(chosen);
        var settings = new Dictionary<string, string?>
        {
            ["Portal:GitLab:Instances:0:Name"] = Production.Name,
            ["Portal:GitLab:Instances:0:Url"] = simulator.Address.ToString(),
            ["Portal:GitLab:Instances:0:ReadToken"] = simulator.ReadToken,
            ["Portal:GitLab:Instances:0:WriteToken"] = simulator.AdminToken,
            ["Portal:GitLab:Instances:0:ClockUrl"] = new Uri(simulator.Address, "_sim/clock").ToString(),
            ["Portal:GitLab:Instances:0:RequestsPerSecond"] = $"{requestsPerSecond}",
            ["Portal:GitLab:Instances:0:OperationsRequestsPerSecond"] = "1000",
        };
        if (qa)
        {
            settings["Portal:GitLab:Instances:1:Name"] = Qa.Name;
            settings["Portal:GitLab:Instances:1:Kind"] = nameof(Domain.Instances.InstanceKind.Qa);
            settings["Portal:GitLab:Instances:1:Url"] = simulator.QaAddress.ToString();
            settings["Portal:GitLab:Instances:1:ReadToken"] = simulator.QaReadToken;
            settings["Portal:GitLab:Instances:1:WriteToken"] = simulator.QaAdminToken;
            settings["Portal:GitLab:Instances:1:ClockUrl"] = new Uri(simulator.Address, "qa/_sim/clock").ToString();
            settings["Portal:GitLab:Instances:1:RequestsPerSecond"] = $"{requestsPerSecond}";
            settings["Portal:GitLab:Instances:1:OperationsRequestsPerSecond"] = "1000";
        }

        change?.Invoke(settings);
        database ??= await postgres.CreateDatabaseAsync("portal", StoreFixture.MigrateAsync);
        return new SimulatedPortal(simulator, database, new FaultyWire(7), new ScaledTime(timeScale), settings, hosted);
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A second portal process on the same database.</summary>
    public ServiceProvider Replica() => _build();

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One instance of each sweep for the test's life, as in the portal.</summary>
    public T Sweep<T>() where T : ISweep
    {
        if (!_sweeps.TryGetValue(typeof(T), out var sweep)) _sweeps[typeof(T)] = sweep = ActivatorUtilities.CreateInstance<T>(_services);
        return (T)sweep;
    }

    /// <summary>Every CI file, however many turns a busy machine needs for them.</summary>
    public async Task ScanAllAsync()
    {
        const int most = 100;
        for (var turn = 0; (await RunAsync<ReadinessSweep>()).Said != "Every CI file is looked at."; turn++)
            if (turn == most) throw new InvalidOperationException("CI files are looked at without end.");
    }

    /// <summary>Runs a sweep as the timer would, now, and answers how it went.</summary>
    public async Task<Domain.Instances.SweepState> RunAsync<T>() where T : ISweep
    {
        var sweep = Sweep<T>();
        await Get<SweepRunner>().RunDueAsync(sweep, Production, force: true, default);
        return (await Get<SweepBook>().LastAsync(Production, sweep.Name, default))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    private readonly Dictionary<Type, ISweep> _sweeps = [];
}
