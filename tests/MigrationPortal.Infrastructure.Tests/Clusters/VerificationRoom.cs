using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Simulator;
using MigrationPortal.Testing;
using MigrationPortal.World;

namespace MigrationPortal.Infrastructure.Tests.Clusters;

/// <summary>A portal with a simulated QA GitLab, one of whose runners makes pods as a configuration promises, or not.</summary>
internal sealed class VerificationRoom : IAsyncDisposable
{
    private static readonly PodAnswers AsPromised = new(Uid: 1000, Gid: 1000, Memory: "536870912", Cpu: "150000:100000", Token: false, MetadataBlocked: true, Cache: true, AllowedImages: ["base:*"]);

    private const string Toml =
        """
        [[runners]]
          name = "k"
          executor = "kubernetes"
          [runners.cache]
            Type = "s3"
          [runners.kubernetes]
            image = "base:1"
            memory_limit = "512Mi"
            cpu_limit = "1500m"
            automount_service_account_token = false
            allowed_images = ["base:*"]
            [runners.kubernetes.pod_security_context]
              run_as_user = 1000
              run_as_group = 1000
        """;

    private readonly int _project;
    private readonly string _tag;

    private VerificationRoom(SimulatedPortal portal, PodAnswers pods)
    {
        Portal = portal;
        (_project, _tag) = Simulator.Qa.Do(world =>
        {
            var runner = world.Fleet.Runners.First(one => one.Managers.Any(manager => manager.Executor == Executor.Kubernetes));
            world.Apply(new DescribePods(runner.Id, pods)).Refusal.ShouldBeNull();
            world.Apply(new UpdateRunner(runner.Id, TagList: ["smoke"], Paused: false)).Refusal.ShouldBeNull();
            return (world.Directory.Projects[0].Id, "smoke");
        });
    }

    public SimulatedPortal Portal { get; }

    public SimulatorHost Simulator => Portal.Simulator;

    public IVerificationStore Store => Portal.Get<IVerificationStore>();

    public IApplicationStore Applications => Portal.Get<IApplicationStore>();

    private RevisionReader Revisions => new(Portal.Get<IConfigStore>());

    public VerificationSteps Steps => new(Store, Portal.Get<IAuditTrail>(), Portal.Get<IPortalEvents>(), Portal.Get<IWorldClock>());

    public static async Task<VerificationRoom> StartAsync(PostgresFixture postgres, PodAnswers? pods = null)
    {
        var portal = await SimulatedPortal.StartAsync(postgres, qa: true);
        var change = new ChangeConfiguration(portal.Get<IConfigStore>(), portal.Get<IAuditTrail>(), portal.Get<IPortalEvents>(), portal.Get<IWorldClock>());
        await change.AddAsync(SimulatedPortal.Production, "small", Content("# 1"), null, [], Actor.Portal, default);
        await change.SaveAsync(1, null, null, Content("# 2"), null, [], Actor.Portal, default);
        await change.SaveAsync(1, null, null, Content("# 3"), null, [], Actor.Portal, default);
        var access = new ClusterAccess.Token("https://cluster.example.org:6443", "token", null);
        foreach (var (name, instance) in new[] { ("qa-1", SimulatedPortal.Qa), ("k8s-a", SimulatedPortal.Production) }) await portal.Get<IClusterStore>().AddAsync(new Cluster(0, name, instance, ConnectionFacts.Of(access), ["ci"], "runners", [], 0), access, default);
        var room = new VerificationRoom(portal, pods ?? AsPromised);
        await room.ApplyAsync(3);
        return room;
    }

    /// <summary>As if the portal had brought it into the QA cluster, and seen it well.</summary>
    public async Task<Application> ApplyAsync(int revision, ApplicationState state = ApplicationState.Healthy, long cluster = 1)
    {
        var now = DateTimeOffset.UnixEpoch;
        return (await Applications.AddAsync(new Application(0, cluster, cluster == 1 ? SimulatedPortal.Qa : SimulatedPortal.Production, 1, "small", revision, ApplyTarget.Manifests, state, [], [], null, null, false, TimeSpan.FromMinutes(1), now, null, null, Actor.Portal, "for the tests", now, now, now, 0), default))!;
    }

    public Project World(GitLabWorld world) => world.Directory.Projects.Single(one => one.Id == _project);

    public async Task<Outcome<Verification>> StartAsync(bool probe = false, string? tag = null, int? revision = 3, long cluster = 1, long? project = null)
    {
        await Portal.Get<WorldClock>().RefreshAsync(SimulatedPortal.Qa, default);
        return await new StartVerification(Revisions, Portal.Get<IClusterStore>(), Portal.Get<InstanceDirectory>(), Applications, Portal.Get<ISmokeDesk>(), Steps).RunAsync(
            new VerificationWish(1, revision, cluster, project ?? _project, new SmokeChoice(tag ?? _tag, null, "redis:7", 6379, null, [new SmokeTarget("db.example.org", 5432, true)]),
                probe ? new ProbeChoice(_project, Simulator.Qa.Do(world => World(world).DefaultBranch), new Dictionary<string, string> { ["TRIED_BY"] = "portal" }) : null, VerificationWish.UsualPatience),
            new Actor(ActorKind.User, "production/1"), default);
    }

    public async Task<int> SweepAsync()
    {
        await Portal.Get<WorldClock>().RefreshAsync(SimulatedPortal.Qa, default);
        var (store, desk, clock) = (Store, Portal.Get<ISmokeDesk>(), Portal.Get<IWorldClock>());
        return await new FollowVerifications(store, desk, Revisions, Applications, new VerificationBranches(desk, Revisions, Steps), new ProbeRun(desk, Steps), Steps, clock).RunAsync(SimulatedPortal.Qa, default);
    }

    public async Task<Verification> EndAsync(Verification begun)
    {
        for (var tries = 0; tries < 40; tries++)
        {
            await SweepAsync();
            if (await Store.FindAsync(begun.Configuration, begun.Id, default) is { IsActive: false } ended) return ended;
            await Simulator.AdvanceAsync(TimeSpan.FromMinutes(3));
        }

        throw new InvalidOperationException("The verification does not end.");
    }

    private static RunnerConfiguration Content(string comment) => new(DeploymentKind.Manifests, $"{comment}\n{Toml}", new Version(18, 11, 0), new DeploymentSettings());

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
