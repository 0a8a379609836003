using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>A configuration that begins from a text.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class NewRunnerConfigPage
{
    internal const string Field = "new-config";

    private const int Longest = 2_000_000;

    private string name = "";
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

    protected override Task ReadAsync(CancellationToken cancel) => Task.CompletedTask;

    private async Task StoreAsync()
    {
        if (busy) return;
        busy = true;
        try
        {
            var content = RunnerConfigEndpoints.New(Instances, Instance) with { Kind = kind, Toml = await Browser.TextOfAsync(Field, Longest + 1) };
            var outcome = await Change.AddAsync(Instance, name, content, null, [], (await SignedIn).User.Actor(), Leaving);
            if (outcome.TryGet(out var stored, out var no)) Navigation.NavigateTo(Url.OfInstance($"runner-configs/{stored.Configuration.Id}"));
            else problems = no.Reasons;
        }
        finally
        {
            busy = false;
        }
    }
}
