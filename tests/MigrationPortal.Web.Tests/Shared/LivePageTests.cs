using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Tests.Shared;

public sealed class LivePageTests : IAsyncDisposable
{
    private readonly KitContext kit = new();

    public LivePageTests() => kit.AddLivePages();

    [Fact]
    public void Navigating_WhileThePageReads_ReadsTheNewAddressAfterwards()
    {
        var page = kit.Render<AddressPage>();
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/?tab=two");

        page.Instance.Release();

        page.WaitForAssertion(() => page.Markup.ShouldBe("http://localhost/?tab=two"));
    }

    [Fact]
    public void Navigating_OnlyInTheQuery_ReadsTheNewAddress()
    {
        var page = kit.Render<AddressPage>();
        page.Instance.Release();
        page.WaitForAssertion(() => page.Markup.ShouldBe("http://localhost/"));

        // The router renders a page without parameters only once: nobody tells it but the address itself.
        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/?tab=two");

        page.WaitForAssertion(() => page.Markup.ShouldBe("http://localhost/?tab=two"));
    }

    [Fact]
    public void Navigating_ToAnotherPage_DoesNotReadForThisOne()
    {
        var page = kit.Render<AddressPage>();
        page.Instance.Release();
        page.WaitForAssertion(() => page.Markup.ShouldBe("http://localhost/"));

        kit.Services.GetRequiredService<NavigationManager>().NavigateTo("/runners?tab=two");

        page.Markup.ShouldBe("http://localhost/");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private sealed class AddressPage : LivePage
    {
        private readonly TaskCompletionSource _firstReading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private string _address = "";

        protected override IReadOnlyList<PortalTopic> Topics { get; } = [];

        public void Release() => _firstReading.SetResult();

        protected override async Task ReadAsync(CancellationToken cancel)
        {
            var asked = Navigation.Uri;
            await _firstReading.Task;
            _address = asked;
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            ArgumentNullException.ThrowIfNull(builder);
            builder.AddContent(0, _address);
        }
    }
}
