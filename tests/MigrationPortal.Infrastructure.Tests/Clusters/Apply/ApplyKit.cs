using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Export;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Clusters;
using MigrationPortal.Infrastructure.Clusters.Apply;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Kubernetes;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

/// <summary>The portal's store, an API server over TLS with an account of the portal, and a GitLab that hears from managers when told to.</summary>
internal sealed class ApplyKit : IAsyncDisposable, IManagerContacts, IWorldClock
{
    public const string Jobs = "ci-jobs";
    public const string Managers = "gitlab-runner";
    public const long Runner = 77;

    /// <summary>Of production there is one cluster in these tests.</summary>
    public static readonly InstanceDirectory Instances = new([new GitLabInstance(StoreFixture.Production, InstanceKind.Production, "https://gitlab.example.com", true, false)]);

    public static readonly Actor Admin = new(ActorKind.User, "production/1");

    private const string Token = "token-of-the-portal";

    private ApplyKit(StoreFixture store, KubernetesCluster server)
    {
        (Store, Server) = (store, server);
        Doors = new ObjectDoors(new KubernetesDoors(ClusterRules.None, TimeProvider.System), store.Get<IClusterStore>(), TimeProvider.System);
        Objects = new KubernetesObjects(new ObjectWire(Doors, TimeProvider.System));
        Secrets = new KubernetesSecrets(new ObjectWire(Doors, TimeProvider.System));
    }

    public StoreFixture Store { get; }

    public KubernetesCluster Server { get; }

    public FakeTimeProvider Time { get; } = new(StoreFixture.Noon);

    public ObjectDoors Doors { get; }

    /// <summary>As the use-cases see the cluster: tests put what fails before it.</summary>
    public IClusterObjects Objects { get; set; }

    public IClusterSecrets Secrets { get; set; }

    public IApplicationStore Applications { get => field ?? Store.Get<IApplicationStore>(); set; }

    public long Cluster { get; private set; }

    public long Configuration { get; private set; }

    /// <summary>What GitLab says of the runner's managers; null: it does not answer.</summary>
    public IReadOnlyList<RunnerManager>? Heard { get; set; } = [];

    public static async Task<ApplyKit> StartAsync(PostgresFixture postgres, DeploymentKind kind = DeploymentKind.Manifests)
    {
        var server = await KubernetesCluster.StartAsync(new KubernetesOptions { Https = true }, TestContext.Current.CancellationToken);
        server.AddToken(Token, "portal");
        server.AllowAll("portal");
        var kit = new ApplyKit(await StoreFixture.OpenAsync(postgres), server);
        var access = new ClusterAccess.Token(server.Url.ToString(), Token, server.CaPem);
        kit.Cluster = (await kit.Store.Get<IClusterStore>().AddAsync(new Cluster(0, "prod-a", StoreFixture.Production, ConnectionFacts.Of(access), [Jobs], Managers, [], 0), access, default))!.Id;
        var first = kit.Revision(1, kind, Toml(10), new DeploymentSettings());
        kit.Configuration = (await kit.Store.Get<IConfigStore>().AddAsync(StoreFixture.Production, "hardened", first, default))!.Id;
        return kit;
    }

    public static string Toml(int concurrent) => $"""
        concurrent = {concurrent}
        [[runners]]
          name = "k8s"
          executor = "kubernetes"
          [runners.kubernetes]
            namespace = "{Jobs}"
            image = "alpine:3.21"
            pull_policy = ["always"]
        """;

    /// <summary>Another configuration with the same release name.</summary>
    public async Task<long> SecondAsync(string name = "other") => (await Store.Get<IConfigStore>().AddAsync(StoreFixture.Production, name, Revision(1, DeploymentKind.Manifests, Toml(5), new DeploymentSettings()), default))!.Id;

    public async Task ReviseAsync(int concurrent, DeploymentSettings? deployment = null)
    {
        var store = Store.Get<IConfigStore>();
        var now = (await store.FindAsync(Configuration, default))!;
        var next = Revision(now.Current.Number + 1, now.Current.Content.Kind, Toml(concurrent), deployment ?? now.Current.Content.Deployment);
        (await store.AppendAsync(Configuration, now.Name, next, default)).ShouldBeTrue();
    }

    public PreviewApply Preview => new(Rendering, Objects, Applications, new ReadNamespaces(Objects));

    public ReadRendering Rendering => new(Store.Get<IConfigStore>(), Store.Get<IClusterStore>(), Instances);

    public CompareWithCluster Compare => new(Rendering, Objects);

    public ApplicationSteps Steps => new(Applications, Store.Get<IAuditTrail>(), Store.Get<IPortalEvents>(), this, Time);

    public ApplyRevision Apply => new(Preview, Store.Get<IClusterStore>(), Applications, Guard, Steps, Time);

    public ProductionGuard Guard => new(Instances, Store.Get<IVerificationStore>(), Applications);

    public ReturnSteps Returns => new(Applications, Steps);

    public RollBackApplication RollBack => new(Applications, Returns);

    /// <summary>For exports without a merge request, and with one that a test plays.</summary>
    public FakeProject Project { get; } = new();

    public IExportDesk ExportDesk => new GitLabExportDesk(Project, Project, Project, Project);

    public ExportRequests ExportRequests => new(ExportDesk, Rendering);

    public ExportRevision ExportRevision => new(Store.Get<IClusterStore>(), Rendering, Applications, ExportDesk, Steps, Time);

    public WatchClusterDrift Watch => new(Applications, Store.Get<IDriftStore>(), Compare, Store.Get<IPortalEvents>(), Time);

    public async Task<ApplyPreview> PreviewedAsync(int? revision = null, ApplyExtras extras = ApplyExtras.All) =>
        Done(await Preview.RunAsync(Cluster, Configuration, revision, extras, default));

    public ApplyWish Wish(string fingerprint) => new(Cluster, Configuration, null, ApplyExtras.All, fingerprint, new HashSet<string>(), new HashSet<string>(), true, Runner, false, ApplyWish.UsualPatience, "for the tests") { OverrideUnverified = "no QA in these tests" };

    public async Task<Outcome<Application>> AskAsync(Func<ApplyWish, ApplyWish>? change = null)
    {
        var wish = Wish((await PreviewedAsync()).Fingerprint);
        return await Apply.RunAsync(change?.Invoke(wish) ?? wish, Admin, default);
    }

    public async Task<Application> BegunAsync(Func<ApplyWish, ApplyWish>? change = null) => Done(await AskAsync(change));

    public static T Done<T>(Outcome<T> outcome) => outcome.Match(done => done, no => throw new ShouldAssertException($"{no.Code}: {string.Join(" ", no.Reasons)}"));

    public Task<(int Open, TimeSpan? Again)> TurnAsync() =>
        new RunApplications(Applications, Steps, new NoteBefore(Objects, this), new DoStep(Objects, this), Returns, new FollowExport(Steps, Compare, ExportRequests, Time), this, Time).RunAsync(StoreFixture.Production, default);

    public async Task<Application> NowAsync(long id) => (await Store.Get<IApplicationStore>().FindAsync(Cluster, id, default))!;

    /// <summary>The cluster's controllers and GitLab's part, until the application has ended.</summary>
    public async Task<Application> EndedAsync(long id)
    {
        for (var turn = 0; turn < 40; turn++)
        {
            await TurnAsync();
            var now = await NowAsync(id);
            if (!now.IsActive) return now;
            Time.Advance(TimeSpan.FromSeconds(5));
            RollOut();
            Hear();
        }

        return await NowAsync(id);
    }

    /// <summary>What is in Deployments is up.</summary>
    public void RollOut() => RollOut(Server);

    /// <inheritdoc cref="RollOut()"/>
    public static void RollOut(KubernetesCluster server)
    {
        foreach (var one in server.Objects.List("deployments.apps"))
        {
            var replicas = one["spec"]!["replicas"]?.GetValue<int>() ?? 1;
            one["status"] = JsonNode.Parse($$"""{"observedGeneration":{{one["metadata"]!["generation"]}},"replicas":{{replicas}},"updatedReplicas":{{replicas}},"readyReplicas":{{replicas}},"availableReplicas":{{replicas}}}""");
            server.Objects.Put(one, "kube-controller-manager");
        }
    }

    /// <summary>GitLab hears from the manager of the pods that run now.</summary>
    public void Hear() => Hear($"r_{Server.Objects.List("deployments.apps").Select(one => StepNotes.Of(new LiveObject(one))).FirstOrDefault() ?? "abc"}");

    public void Hear(string systemId) => Heard = [new RunnerManager(systemId, new Executor("kubernetes"), "19.3.0", RunnerStatus.Online, Time.GetUtcNow())];

    public async Task<Application> HealthyAsync()
    {
        var ended = await EndedAsync((await BegunAsync()).Id);
        ended.State.ShouldBe(ApplicationState.Healthy, ended.Said);
        return ended;
    }

    public Task<IReadOnlyList<RunnerManager>?> ReadAsync(RunnerId runner, CancellationToken cancel) =>
        Heard is null ? throw new GitLabUnavailableException(runner.Instance, "does not answer") : Task.FromResult<IReadOnlyList<RunnerManager>?>(Heard);

    public DateTimeOffset Now(InstanceId instance) => Time.GetUtcNow();

    public double Speed(InstanceId instance) => 1;

    public async ValueTask DisposeAsync()
    {
        Doors.Dispose();
        await Server.DisposeAsync();
        await Store.DisposeAsync();
    }

    private ConfigRevision Revision(int number, DeploymentKind kind, string toml, DeploymentSettings deployment) =>
        new(number, new RunnerConfiguration(kind, toml, new Version(19, 3), deployment), Admin, Time.GetUtcNow(), "for the tests", []);
}
