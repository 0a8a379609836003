using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MigrationPortal.EndToEnd.Tests.Harness;

namespace MigrationPortal.EndToEnd.Tests.Pages;

/// <summary>One operation, watched as it runs. The page is never reloaded: it must tell by itself how things go on.</summary>
internal sealed class OperationPage(IPage page) : PortalPage(page)
{
    private const string Mark = "window.neverReloaded";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan WorldStep = TimeSpan.FromSeconds(20);
    private static readonly Regex Done = new("is done: .* verified");
    private static readonly Regex RolledBack = new("was rolled back");
    private static readonly Regex AtRest = new("is done|was rolled back|stopped at|was aborted");

    /// <summary>Why the operation waits, when it does.</summary>
    private ILocator Waits => Page.Locator("main [role=status]");

    public long Id => long.Parse(new Uri(Page.Url).Segments[^1], System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<OperationPage> ArriveAsync(IPage page)
    {
        await page.WaitForURLAsync(new Regex(@"/operations/\d+"));
        var operation = new OperationPage(page);
        await See(operation.Heading).ToContainTextAsync($"Operation {operation.Id}");
        await page.EvaluateAsync($"() => {{ {Mark} = true; }}");
        return operation;
    }

    /// <summary>Watches until it is done. Where it says that it waits for the world, the world lives on.</summary>
    public Task UntilDoneAsync(SimulatorControl world, CancellationToken cancellation) => UntilAsync(Done, world, cancellation);

    public async Task RollBackAsync(string reason, SimulatorControl world, CancellationToken cancellation)
    {
        await Button($"Roll back operation {Id}").ClickAsync();
        await ConfirmAsync(reason);
        await UntilAsync(RolledBack, world, cancellation);
    }

    private async Task UntilAsync(Regex end, SimulatorControl world, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        while (!end.IsMatch(await Heading.InnerTextAsync()))
        {
            if (await Waits.CountAsync() > 0)
            {
                await world.AdvanceAsync(WorldStep, patience.Token);
            }

            await RestAsync(end, patience.Token);
        }

        (await Page.EvaluateAsync<bool>($"() => {Mark} === true")).ShouldBeTrue("The page was reloaded while the operation ran.");
    }

    // A second for the page to change by itself; then the world may have to go on first.
    private async Task RestAsync(Regex end, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            await See(Heading).ToHaveTextAsync(end, new() { Timeout = 1_000 });
        }
        catch (PlaywrightException)
        {
            var now = await Heading.InnerTextAsync();
            (AtRest.IsMatch(now) && !end.IsMatch(now) && !(end == RolledBack && Done.IsMatch(now)))
                .ShouldBeFalse($"{now}: {await Page.Locator("main").InnerTextAsync()}");
        }
    }
}
