using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Registration;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Clusters;

/// <summary>A runner that is made for a cluster.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class NewClusterRunnerPage
{
    private Cluster? cluster;
    private IReadOnlyList<StoredConfiguration> configurations = [];
    private IReadOnlyList<string> problems = [];
    private Refusal? unverified;
    private string vouch = "";
    private bool vouches;
    private string description = "";
    private string? tags;
    private string reason = "";
    private long configuration;
    private bool untagged;
    private bool paused = true;
    private bool busy;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private IClusterStore Clusters { get; set; } = null!;

    [Inject]
    private IConfigStore Configurations { get; set; } = null!;

    [Inject]
    private IMigrationStore Migration { get; set; } = null!;

    [Inject]
    private ProductionGuard Guard { get; set; } = null!;

    [Inject]
    private RegisterInCluster Register { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [];

    protected override InstanceId Instance => cluster?.Instance ?? base.Instance;

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        cluster = await Clusters.FindAsync(Id, cancel);
        if (cluster is null) return;
        ShowInstance(cluster.Instance);
        var all = new List<StoredConfiguration>();
        // Of every instance, its own first: QA tries what is meant for production.
        foreach (var instance in Instances.All.OrderBy(one => one.Id != cluster.Instance)) all.AddRange(await Configurations.ListAsync(instance.Id, cancel));
        configurations = [.. all.Where(one => one.Current.Content.Kind != DeploymentKind.Exported)];
        if (configuration == 0 && configurations.Count > 0) configuration = configurations[0].Id;
        await LookAsync();
        tags ??= (await Migration.SettingsAsync(cluster.Instance, cancel)).OptInTag;
    }

    private Task ChooseAsync(ChangeEventArgs chosen)
    {
        configuration = long.Parse(chosen.Value!.ToString()!, CultureInfo.InvariantCulture);
        return LookAsync();
    }

    private async Task LookAsync() =>
        unverified = configurations.FirstOrDefault(one => one.Id == configuration) is { } one ? await Guard.WhyNotAsync(cluster!, one.Id, one.Current.Number, Leaving) : null;

    private async Task BeginAsync()
    {
        if (busy) return;
        busy = true;
        try
        {
            var wanted = TagSet.Of((tags ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            var wish = new RegistrationWish(Id, configuration, null, ApplyWords.Usual, description.Trim(), wanted, untagged, paused, ApplyWish.UsualPatience, reason) { OverrideUnverified = vouches ? vouch : null };
            if ((await Register.RunAsync(wish, (await SignedIn).User.Actor(), CancellationToken.None)).TryGet(out _, out var no)) Navigation.NavigateTo($"clusters/{Id}?tab=applications");
            else problems = no.Reasons;
        }
        finally
        {
            busy = false;
        }
    }
}
