using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Clusters;
using MigrationPortal.Infrastructure.Clusters.Apply;
using MigrationPortal.Infrastructure.Tests.Clusters.Apply;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Surges;

/// <summary>A portal that lends QA's runners, with a cluster of QA and a GitLab that is both.</summary>
internal sealed class SurgeKit : IAsyncDisposable, IWorldClock, IClusterGateway
{
    public static readonly InstanceId Qa = new("qa");
    public static readonly RunnerId QaRunner = new(Qa, 7);
    public static readonly Actor Admin = new(ActorKind.User, "production/1");

    private SurgeKit(StoreFixture store, SeededCluster cluster)
    {
        (Store, Server) = (store, cluster);
        GitLab = new SurgeGitLab(Time);
        Registrar = GitLab;
        Gateway = GitLab;
        Doors = new ObjectDoors(new KubernetesDoors(ClusterRules.None, TimeProvider.System), store.Get<IClusterStore>(), TimeProvider.System);
        Objects = new KubernetesObjects(new ObjectWire(Doors, TimeProvider.System));
        Secrets = new KubernetesSecrets(new ObjectWire(Doors, TimeProvider.System));
    }

    public StoreFixture Store { get; }

    public SeededCluster Server { get; }

    public FakeTimeProvider Time { get; } = new(StoreFixture.Noon);

    public SurgeGitLab GitLab { get; }

    public ObjectDoors Doors { get; }

    /// <summary>As the use-cases see the world: tests put what fails before it.</summary>
    public IRunnerRegistrar Registrar { get; set; }

    public IRunnerGateway Gateway { get; set; }

    public IClusterObjects Objects { get; set; }

    public IClusterSecrets Secrets { get; set; }

    public ISurgeStore Surges { get => field ?? Store.Get<ISurgeStore>(); set; }

    /// <summary>A verb that the cluster does not grant.</summary>
    public string? Denied { get; set; }

    public bool CanWrite { get; set; } = true;

    public long Cluster { get; private set; }

    public long Configuration { get; private set; }

    public static async Task<SurgeKit> StartAsync(PostgresFixture postgres)
    {
        var kit = new SurgeKit(await StoreFixture.OpenAsync(postgres), await SeededCluster.StartAsync());
        kit.Cluster = (await kit.Store.Get<IClusterStore>().AddAsync(new Cluster(0, "qa-a", Qa, ConnectionFacts.Of(kit.Server.Access), [SeededCluster.Jobs], SeededCluster.Managers, [], 0), kit.Server.Access, default))!.Id;
        const string toml = """
            concurrent = 20
            [[runners]]
              name = "qa"
              url = "https://qa.example.org/"
              executor = "kubernetes"
              [runners.cache]
                Type = "s3"
              [runners.kubernetes]
                namespace = "ci-jobs"
                image = "alpine:3.21"
                image_pull_secrets = ["qa-registry"]
            """;
        var revision = new ConfigRevision(1, new RunnerConfiguration(DeploymentKind.Helm, toml, new Version(19, 3), new DeploymentSettings()), Admin, kit.Time.GetUtcNow(), "for the tests", []);
        kit.Configuration = (await kit.Store.Get<IConfigStore>().AddAsync(Qa, "qa", revision, default))!.Id;
        kit.GitLab.Runners[QaRunner] = ("glrt-qa", null, new RunnerAttributes(TagSet.Of("qa"), true, false, RunnerAccessLevel.NotProtected));
        foreach (var instance in (InstanceId[])[StoreFixture.Production, Qa]) await kit.Fleet.ReadAsync(instance, default);
        return kit;
    }

    public DateTimeOffset Now(InstanceId instance) => Time.GetUtcNow();

    public Task<ClusterProbe> ProbeAsync(ClusterAccess access, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool?> HasOperatorAsync(ClusterAccess access, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<PermissionAnswer>> ReviewAsync(ClusterAccess access, IReadOnlyList<Permission> permissions, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PermissionAnswer>>([.. permissions.Select(one => new PermissionAnswer(one, $"{one.Verb} {one.Resource}" != Denied))]);

    public double Speed(InstanceId instance) => 1;

    public SurgeWish Wish(string? fingerprint, bool confirm = true, double hours = 2) =>
        new(RunnerRole.Kubernetes, null, [new LendWish(QaRunner.Number, Cluster, Configuration, null)], Time.GetUtcNow().AddHours(hours), TimeSpan.FromMinutes(30), fingerprint, confirm, "the queue is long") { OverrideUnverified = "for the tests" };

    public async Task<SurgePreview> PreviewedAsync() => ApplyKit.Done(await Preview.RunAsync(Wish(null), default));

    public async Task<Surge> BegunAsync() => ApplyKit.Done(await Start.RunAsync(Wish((await PreviewedAsync()).Fingerprint), Admin, default));

    public PreviewSurge Preview => new(
        Instances, Store.Get<IInstanceStore>(), Store.Get<IClusterStore>(), Store.Get<IConfigStore>(), Store.Get<IFleetStore>(), Surges, Migration, new SurgeReach(GitLab), GitLab, Objects,
        Store.Get<IApplicationStore>(), Store.Get<IVerificationStore>(), new SurgeRights(Store.Get<IClusterStore>(), this));

    public StartSurge Start => new(Preview, Instances, Steps, this, Time);

    public EndSurge End => new(Surges, Steps);

    public async Task<Surge> NowAsync(long id) => (await Store.Get<ISurgeStore>().FindAsync(id, default))!;

    /// <summary>One that lends, and production's runner.</summary>
    public async Task<(long Id, RunnerId Runner)> LentAsync()
    {
        var lending = await UntilAsync((await BegunAsync()).Id, now => now is { State: SurgeState.Lending, Lent: [{ State: LentState.Loose }] });
        return (lending.Id, new RunnerId(StoreFixture.Production, lending.Lent[0].Runner!.Value));
    }

    public async Task TurnAsync()
    {
        var (audit, marked, tend) = (Store.Get<IAuditTrail>(), new MarkedRunner(Fleet), new TendRunner(Gateway, Store.Get<IAuditTrail>(), this));
        var manager = new SurgeManager(Objects, Secrets, GitLab);
        var register = new RegisterRunner(Registrar, Fleet, Store.Get<IFleetStore>(), Store.Get<IInstanceStore>(), audit, this);
        var forward = new SurgeForward(Steps, tend, register, new RenewToken(Registrar, audit, this), marked, Store.Get<IFleetStore>(), Secrets, manager, this, Time);
        var lending = new SurgeLending(Steps, Surges, GitLab, Migration, tend, manager, this);
        await new RunSurges(Surges, Steps, forward, lending, new SurgeBack(Steps, tend, marked, Store.Get<IFleetStore>(), manager, GitLab, this, Time), this, Time).RunAsync(StoreFixture.Production, default);
    }

    /// <summary>Turns, with the cluster's controllers, until this holds.</summary>
    public async Task<Surge> UntilAsync(long id, Func<Surge, bool> holds, int turns = 100, bool comesUp = true)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            try
            {
                await TurnAsync();
            }
            catch (ProcessDiedException)
            {
                // The next turn is another process.
            }

            if (await NowAsync(id) is var now && holds(now)) return now;
            Time.Advance(TimeSpan.FromSeconds(20));
            if (comesUp) RollOut();
        }

        return await NowAsync(id);
    }

    /// <summary>By key; null: there is none.</summary>
    public string? Token(LentRunner lent) =>
        Server.Server.Objects.Get("secrets", lent.Place.Namespace, lent.Place.Name)?["data"]?["runner-token"]?.ToString() is { } coded ? Encoding.UTF8.GetString(Convert.FromBase64String(coded)) : null;

    /// <summary>Nothing that was lent is left, and QA's runner is what it was.</summary>
    public void ShouldBeAsBefore(string because)
    {
        GitLab.Runners.Keys.ToArray().ShouldBe([QaRunner], because);
        GitLab.Runners[QaRunner].Attributes.ShouldBe(new RunnerAttributes(TagSet.Of("qa"), true, false, RunnerAccessLevel.NotProtected), because);
        foreach (var resource in (string[])["secrets", "configmaps", "serviceaccounts", "deployments.apps", "roles.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io", "networkpolicies.networking.k8s.io"])
            Server.Server.Objects.List(resource).ShouldNotContain(one => one["metadata"]!["name"]!.ToString().StartsWith("surge-"), $"{because}: {resource}");
    }

    public async ValueTask DisposeAsync()
    {
        Doors.Dispose();
        await Server.DisposeAsync();
        await Store.DisposeAsync();
    }

    private InstanceDirectory Instances => new([
        new GitLabInstance(StoreFixture.Production, InstanceKind.Production, "https://gitlab.example.org", CanWrite, false),
        new GitLabInstance(Qa, InstanceKind.Qa, "https://qa.example.org", CanWrite, false)]);

    public FreshFleet Fleet => new(GitLab, Store.Get<IFleetStore>());

    private SurgeSteps Steps => new(Surges, Store.Get<IAuditTrail>(), Store.Get<IPortalEvents>(), this);

    private ReadMigration Migration => new(Store.Get<IFleetStore>(), Store.Get<IJobStore>(), Store.Get<IMigrationStore>(), Store.Get<IOperationStore>(), this);

    private void RollOut()
    {
        foreach (var one in Server.Server.Objects.List("deployments.apps"))
        {
            one["status"] = JsonNode.Parse($$"""{"observedGeneration":{{one["metadata"]!["generation"]}},"replicas":1,"updatedReplicas":1,"readyReplicas":1,"availableReplicas":1}""");
            Server.Server.Objects.Put(one, "kube-controller-manager");
        }
    }
}
