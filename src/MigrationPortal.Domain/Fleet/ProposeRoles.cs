namespace MigrationPortal.Domain.Fleet;

/// <summary>After each fleet sweep: gives runners without a standing the proposed one. What an admin decided is never touched.</summary>
public sealed class ProposeRoles(IFleetStore fleet)
{
    /// <returns>How many standings were written.</returns>
    public async Task<int> RunAsync(FleetSnapshot snapshot, CancellationToken cancel)
    {
        var written = 0;
        foreach (var runner in snapshot.Runners.Where(one => one.Standing is { RoleConfirmed: false, Managed: false, Role: null }))
        {
            var proposed = RoleProposal.For(runner.Observed);
            if (proposed == runner.Standing) continue;
            await fleet.SetStandingAsync(runner.Id, proposed, cancel);
            written++;
        }
        return written;
    }
}
