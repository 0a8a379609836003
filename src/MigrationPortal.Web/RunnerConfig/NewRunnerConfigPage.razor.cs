using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Imports;
using MigrationPortal.Domain.RunnerConfig.Profiles;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>A configuration that begins from a profile, from what somebody has, or from nothing.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class NewRunnerConfigPage
{
    internal const string Field = "new-config";

    /// <summary>Characters.</summary>
    private const int Longest = 2_000_000;

    private string name = "";
    private string? profile = StartingProfiles.All[0].Key;
    private DeploymentKind kind;
    private IReadOnlyList<string> problems = [];
    private bool busy;

    [Inject]
    private ChangeConfiguration Change { get; set; } = null!;

    [Inject]
    private Browser Browser { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [];

    private bool IsImport => Url["from"] == "import";

    private IReadOnlyList<TabLink> Tabs => [new("Start from a profile", Url.With("from", null), !IsImport), new("Import", Url.With("from", "import"), IsImport)];

    protected override Task ReadAsync(CancellationToken cancel) => Task.CompletedTask;

    private async Task StoreAsync()
    {
        if (busy) return;
        (busy, problems) = (true, []);
        try
        {
            var begun = NewRunnerConfig.Default(Instances, Instance);
            var imported = IsImport ? ImportConfiguration.Read(await Browser.TextOfAsync(Field, Longest + 1), begun) : new Imported("", NewRunnerConfig.Of(StartingProfiles.Find(profile), begun with { Kind = kind }), []);
            if (!imported.TryGet(out var content, out var unread)) problems = unread.Reasons;
            else if ((await Change.AddAsync(Instance, name, content.Content, content.Form.Length > 0 ? $"Imported from {content.Form}" : null, content.Remarks, (await SignedIn).User.Actor(), Leaving)).TryGet(out var stored, out var no))
                Navigation.NavigateTo(Url.OfInstance($"runner-configs/{stored.Configuration.Id}"));
            else problems = no.Reasons;
        }
        finally
        {
            busy = false;
        }
    }
}
