using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Insights;

public sealed class RegressionsPageTests : IAsyncDisposable
{
    private readonly KitContext kit = new();

    public RegressionsPageTests()
    {
        kit.AddLivePages();
        kit.Services.AddSingleton<IMoveReader>(new NoMoves());
    }

    [Fact]
    public void Confidence_OtherChosen_TakesThePlaceOfTheFirst()
    {
        var (first, second) = (RegressionEndpoint.Confidences[0], RegressionEndpoint.Confidences[^1]);
        var navigation = kit.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"/regressions?confidence={first.Word}");
        var popovers = kit.Render<MudBlazor.MudPopoverProvider>();
        var page = Read();

        page.Find("button[aria-haspopup=menu]").Click();
        popovers.WaitForElements(".mud-menu-item")[^1].Click();

        new Uri(navigation.Uri).Query.ShouldBe($"?confidence={second.Word}");
    }

    [Fact]
    public void OtherInstance_IsThatOfTheCsvToo()
    {
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/regressions?instance=qa");

        Read().Find("a[href^='api/']").GetAttribute("href")!.ShouldEndWith("&instance=qa");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<RegressionsPage> Read()
    {
        var page = kit.Render<RegressionsPage>();
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Comparing before and after"));
        return page;
    }

    private sealed class NoMoves : IMoveReader
    {
        public Task<MovesRead> ReadAsync(MoveFilter filter, CancellationToken cancel) => Task.FromResult(new MovesRead(0, [], KitContext.Now));

        public Task<IReadOnlyList<(double Kubernetes, double Docker)>> PairedMediansAsync(InstanceId instance, long leastJobs, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<(double Kubernetes, double Docker)>>([]);
    }
}
