using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>The stored configurations of an instance, each with what is to be said of it.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class RunnerConfigsPage
{
    private IReadOnlyList<(StoredConfiguration Config, IReadOnlyList<ConfigFinding> Findings)> configs = [];
    private ActorNames names = ActorNames.None;

    [Inject]
    private IConfigStore Store { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Configurations];

    private string Headline => configs.Count(one => one.Findings.Any(found => found.Severity == CheckSeverity.Error)) is > 0 and var wrong
        ? $"{wrong} of {Words.Count(configs.Count, "configuration")} {(wrong == 1 ? "has" : "have")} errors"
        : "Runner configurations";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var read = await Store.ListAsync(Instance, cancel);
        names = await People.OfAsync(read.Select(one => one.Current.Author), cancel);
        configs = [.. read.Select(one => (one, RunnerConfigLook.Findings(one.Current.Content)))];
    }
}
