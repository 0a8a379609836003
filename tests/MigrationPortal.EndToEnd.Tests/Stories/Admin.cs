using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;
using MigrationPortal.EndToEnd.Tests.Pages;

namespace MigrationPortal.EndToEnd.Tests.Stories;

/// <summary>
/// An administrator of GitLab in front of a browser: signs in, clicks and reads, and has no other way to change anything.
/// </summary>
internal sealed class Admin(IPage page, World world, CancellationToken cancellation)
{
    private static readonly TimeSpan SomeTime = TimeSpan.FromMinutes(15);

    public async Task<int> ConfirmRolesAsync() => await (await RunnersPage.OpenAsync(page)).ConfirmRolesAsync();

    public async Task TakeInAsync(string runner, string role) => await (await RunnersPage.OpenAsync(page)).ManageAsync(runner, role);

    public async Task DecideAsync(params (string Tag, string Decision)[] decisions)
    {
        var tags = await TagsPage.OpenAsync(page);
        foreach (var (tag, decision) in decisions)
        {
            await tags.DecideAsync(tag, decision);
        }
    }

    public async Task SetFallbackTagAsync(string tag) => await (await PhasesPage.OpenAsync(page)).SetFallbackTagAsync(tag);

    public async Task<PlanPage> PlanAsync(string phase, string step) => await (await PhasesPage.OpenAsync(page)).PlanAsync(phase, step);

    /// <summary>Plans the next step of the rail, applies it and watches until it is done; the promise is kept all the while.</summary>
    /// <returns>The plan's title; null at the end of the rail.</returns>
    public async Task<string?> StepAsync()
    {
        if (await (await PhasesPage.OpenAsync(page)).PlanNextAsync() is not { } plan)
        {
            return null;
        }

        var title = await plan.Heading.InnerTextAsync();
        await CarryOutAsync(title, () => plan.ApplyAsync("the migration goes on"));
        return title;
    }

    /// <summary>Takes steps up to and including the one whose title begins so.</summary>
    public async Task StepThroughAsync(string last)
    {
        while (await StepAsync() is { } done)
        {
            if (done.StartsWith(last, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The rail ended before '{last}'.");
    }

    public Task EvacuateAsync() =>
        CarryOutAsync("evacuation", async () => await (await EvacuatePage.OpenAsync(page)).EvacuateAsync("Kubernetes failures"));

    /// <summary>Rolls back the operation that is on screen.</summary>
    public async Task RollBackAsync()
    {
        var watch = await ServiceWatch.BeginAsync(world.Control);
        await new OperationPage(page).RollBackAsync("not yet", world.Control, cancellation);
        await watch.EndAsync("roll back");
    }

    private async Task CarryOutAsync(string what, Func<Task<OperationPage>> begin)
    {
        var watch = await ServiceWatch.BeginAsync(world.Control);
        var operation = await begin();
        await operation.UntilDoneAsync(world.Control, cancellation);
        await world.Control.AdvanceAsync(SomeTime, cancellation);
        await watch.EndAsync(what);
    }
}
