using System.Security.Claims;
using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Readiness;

/// <summary>The pages of readiness over stores in memory, for an administrator unless said otherwise.</summary>
internal sealed class ReadinessKit : IAsyncDisposable
{
    private readonly KitContext kit = new();

    public ReadinessKit()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton<IScanStore>(Scans);
        kit.Services.AddSingleton<ICiFiles>(Scans);
        kit.Services.AddSingleton<ITriedFindings>(Tried);
        kit.Services.AddSingleton<IAuditTrail>(Audit);
        kit.Services.AddSingleton<IProjectStore>(new OneProject());
        kit.Services.AddSingleton<IPredictedFailures>(Predictions);
        kit.Services.AddSingleton<IOfferStore>(new MemoryOffers());
        kit.Services.AddSingleton<INotices>(new MemoryNotices());
        var mails = new MemoryPersonMails();
        kit.Services.AddSingleton<IPersonMails>(mails);
        kit.Services.AddSingleton<IPersonMailSender>(mails);
        kit.Services.AddSingleton<IWordings>(new MemoryWordings());
        kit.Services.AddSingleton<IProjectMembers>(new OneMaintainer());
        kit.Services.AddSingleton<ReadUnanswered>();
        kit.Services.AddSingleton<SendOffers>();
        kit.Services.AddSingleton<ScanProjects>();
        kit.Services.AddSingleton<AcknowledgeFinding>();
        kit.Services.AddSingleton<ChangeReadiness>();
        kit.Services.AddSingleton(new PeopleNames(new MemoryUsers([new PortalUser(new UserId(PageServices.Production, 1), "mara", "Mara Lindqvist", true, KitContext.Now)]), null!));
    }

    public static ProjectId Ledger { get; } = new(PageServices.Production, 7);

    public MemoryScans Scans { get; } = new();

    public MemoryTriedFindings Tried { get; } = new();

    public MemoryAudit Audit { get; } = new();

    public MemoryPredictions Predictions { get; } = new();

    public bool IsAdmin { get; init; } = true;

    public Uri Address => new(Navigation.Uri);

    public IRenderedComponent<MudBlazor.MudDialogProvider> Dialogs { get => field ??= kit.Render<MudBlazor.MudDialogProvider>(); }

    private NavigationManager Navigation => kit.Services.GetRequiredService<NavigationManager>();

    public void Go(string address) => Navigation.NavigateTo(address);

    public IRenderedComponent<T> Open<T>(string address, Action<ComponentParameterCollectionBuilder<T>>? set = null)
        where T : IComponent
    {
        Go(address);
        var person = new ClaimsPrincipal(new ClaimsIdentity(
            [new(PortalClaims.Instance, "production"), new(ClaimTypes.NameIdentifier, "1"), .. IsAdmin ? [new Claim(ClaimTypes.Role, PortalClaims.AdminRole)] : Array.Empty<Claim>()], "test"));
        return kit.Render<T>(of =>
        {
            of.AddCascadingValue(Task.FromResult(new AuthenticationState(person)));
            set?.Invoke(of);
        });
    }

    /// <summary>What stands in a text area of the browser.</summary>
    public void Type(string text)
    {
        var module = kit.JSInterop.SetupModule("./portal.js");
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<int>("lengthOf", _ => true).SetResult(text.Length);
        var typed = module.Setup<IJSStreamReference>("textOf", _ => true);
        if (text.Length == 0) typed.SetException(new JSException("A browser makes no stream of nothing."));
        else typed.SetResult(new Typed(Encoding.UTF8.GetBytes(text)));
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private sealed class Typed(byte[] bytes) : IJSStreamReference
    {
        public long Length => bytes.Length;

        public ValueTask<Stream> OpenReadStreamAsync(long maxAllowedSize = 512000, CancellationToken cancellationToken = default)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, maxAllowedSize);
            return ValueTask.FromResult<Stream>(new MemoryStream(bytes));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class OneMaintainer : IProjectMembers
    {
        public Task<IReadOnlyDictionary<ProjectId, IReadOnlyList<UserId>>> MaintainersAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyDictionary<ProjectId, IReadOnlyList<UserId>>>(projects.ToDictionary(one => one, _ => (IReadOnlyList<UserId>)[new UserId(PageServices.Production, 1)]));
    }

    private sealed class OneProject : IProjectStore
    {
        public Task<ObservedProject?> FindAsync(ProjectId id, CancellationToken cancel) => Task.FromResult(
            id == Ledger ? new ObservedProject(new ProjectAccess(Ledger, "billing/ledger-api", true, true, new HashSet<long>()), "main", false, KitContext.Now, null, null, KitContext.Now) : null);

        public Task SaveAsync(IReadOnlyCollection<ObservedProject> projects, CancellationToken cancel) => throw new NotSupportedException();

        public async Task<IReadOnlyDictionary<ProjectId, ObservedProject>> FindAsync(IReadOnlyCollection<ProjectId> ids, CancellationToken cancel) =>
            await FindAsync(Ledger, cancel) is { } one && ids.Contains(Ledger) ? new Dictionary<ProjectId, ObservedProject> { [Ledger] = one } : [];

        public Task<IReadOnlyList<ObservedProject>> ListAsync(InstanceId instance, string? search, int limit, string? after, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<ProjectId>> UnreadAsync(InstanceId instance, DateTimeOffset notSince, int limit, CancellationToken cancel) => throw new NotSupportedException();
    }
}
