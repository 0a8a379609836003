using System.Text;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

/// <summary>A portal that registers runners in a cluster, with a GitLab that makes them.</summary>
internal sealed class RegistrationKit : IAsyncDisposable
{
    private RegistrationKit(ApplyKit apply)
    {
        Apply = apply;
        GitLab = new FakeGitLab(apply.Time);
        Registrar = GitLab;
    }

    public ApplyKit Apply { get; }

    public FakeGitLab GitLab { get; }

    /// <summary>As the use-cases see GitLab: tests put what fails before it.</summary>
    public IRunnerRegistrar Registrar { get; set; }

    /// <summary>Of the process that runs now.</summary>
    private HeldTokens Held { get; set; } = new();

    public IRegistrationStore Registrations { get => field ?? Apply.Store.Get<IRegistrationStore>(); set; }

    public static async Task<RegistrationKit> StartAsync(PostgresFixture postgres, DeploymentKind kind = DeploymentKind.Manifests) => new(await ApplyKit.StartAsync(postgres, kind));

    private IAuditTrail Audit => Apply.Store.Get<IAuditTrail>();

    private FreshFleet Fleet => new(GitLab, Apply.Store.Get<IFleetStore>());

    private RegistrationSteps Steps => new(Registrations, Audit, Apply.Store.Get<IPortalEvents>(), Apply, Apply.Time);

    public RegisterInCluster Register => new(Apply.Store.Get<IClusterStore>(), Apply.Rendering, Apply.Preview, Apply.Objects, Apply.Applications, Apply.Store.Get<IInstanceStore>(), Apply.Guard, Steps, Apply.Time);

    public UndoRegistration Undo => new(Registrations, Steps, new WithdrawRunner(GitLab, Audit, Apply));

    public RegistrationWish Wish => new(Apply.Cluster, Apply.Configuration, null, ApplyExtras.None, "k8s runner", TagSet.Of(["k8s-default"]), false, true, TimeSpan.FromMinutes(10), "a new runner") { OverrideUnverified = "no QA in these tests" };

    public async Task<ClusterRegistration> BegunAsync(RegistrationWish? wish = null) => ApplyKit.Done(await Register.RunAsync(wish ?? Wish, ApplyKit.Admin, default));

    public async Task TurnAsync()
    {
        var marked = new MarkedRunner(Fleet);
        var register = new RegisterRunner(Registrar, Fleet, Apply.Store.Get<IFleetStore>(), Apply.Store.Get<IInstanceStore>(), Audit, Apply);
        var forward = new RegistrationForward(
            Steps, register, new RenewToken(Registrar, Audit, Apply), Held, marked, Apply.Secrets, new TokenNamespace(Apply.Rendering, new ReadNamespaces(Apply.Objects), Apply.Objects),
            new RegistrationApply(Steps, Apply.Preview, Apply.Apply, Apply.Applications), Apply, Apply.Time);
        var back = new RegistrationBack(Steps, Apply.Applications, Apply.Returns, Apply.Secrets, marked, new WithdrawRunner(GitLab, Audit, Apply), Apply.Time);
        await new RunRegistrations(Registrations, Steps, forward, back, Held, Apply.Time).RunAsync(StoreFixture.Production, default);
        await Apply.TurnAsync();
    }

    public async Task<ClusterRegistration> NowAsync(long id) => (await Apply.Store.Get<IRegistrationStore>().FindAsync(Apply.Cluster, id, default))!;

    /// <summary>The cluster's controllers and GitLab's part, until it has ended.</summary>
    /// <param name="until">Also ends when this holds.</param>
    public async Task<ClusterRegistration> EndedAsync(long id, Func<ClusterRegistration, bool>? until = null, bool comesUp = true)
    {
        for (var turn = 0; turn < 300; turn++)
        {
            var now = await NowAsync(id);
            if (!now.IsActive || until?.Invoke(now) == true) return now;
            try
            {
                await TurnAsync();
            }
            catch (ProcessDiedException)
            {
                Held = new HeldTokens();
            }

            Apply.Time.Advance(TimeSpan.FromSeconds(10));
            if (!comesUp) continue;
            Apply.RollOut();
            Apply.Hear();
        }

        return await NowAsync(id);
    }

    /// <summary>The values of the Secret, by key; null: it is not there.</summary>
    public IReadOnlyDictionary<string, string>? Secret() =>
        Apply.Server.Objects.Get("secrets", ApplyKit.Managers, "gitlab-runner-token")?["data"]?.AsObject().ToDictionary(one => one.Key, one => Encoding.UTF8.GetString(Convert.FromBase64String(one.Value?.ToString() ?? "")));

    /// <summary>Nothing that was made is left, in the cluster or in GitLab.</summary>
    public void ShouldBeAsBefore(string because)
    {
        Secret().ShouldBeNull(because);
        GitLab.Runners.ShouldBeEmpty(because);
        foreach (var resource in (string[])["deployments.apps", "networkpolicies.networking.k8s.io", "poddisruptionbudgets.policy"]) Apply.Server.Objects.Count(resource).ShouldBe(0, $"{because}: {resource}");
    }

    public ValueTask DisposeAsync() => Apply.DisposeAsync();
}
