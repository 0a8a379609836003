using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <summary>What a drain leaves to be switched off.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class HandOverPage
{
    private IReadOnlyList<HandOverHost> hosts = [];

    [Inject]
    private IDrainedRunners Drained { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Fleet];

    private string Headline => hosts.Count == 0 ? "Hand-over" : $"{Words.Count(hosts.Count(one => one.State == HandOverState.Free))} of {Words.Count(hosts.Count, "host")} may be switched off";

    protected override async Task ReadAsync(CancellationToken cancel) => hosts = HandOver.Of(await Drained.ReadAsync(Instance, cancel), Now);

    private static (VerdictKind Kind, string Word) Look(HandOverHost one) => one switch
    {
        { State: HandOverState.Draining } => (VerdictKind.Wait, "jobs still run"),
        { State: HandOverState.NotKnown } => (VerdictKind.Unknown, "not known yet"),
        { GoneAt: not null } => (VerdictKind.Pass, "yes, deleted"),
        { IsUp: true } => (VerdictKind.Pass, "yes, still up"),
        _ => (VerdictKind.Pass, "yes"),
    };
}
