using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Jobs;

[Collection(PortalCollection.Name)]
public sealed class JobHookApiTests(PortalFixture portal)
{
    [Fact]
    public async Task WithoutPublicUrl_IsSaidAndRefused()
    {
        var view = (await portal.Api.GetAsync("webhooks")).ShouldBe(200).Json;
        view["missing"]!.AsArray().Single()!.GetValue<string>().ShouldStartWith("Portal:PublicUrl");
        view["wish"].ShouldBeNull();

        var refused = (await portal.Api.PutAsync("webhooks", new { activeDays = 30 })).ShouldRefuse(409, "hooks-not-set-up");
        refused.Json["reasons"]!.AsArray().Single()!.GetValue<string>().ShouldStartWith("Portal:PublicUrl");
        (await portal.Api.PostAsync("webhooks/stop")).ShouldBe(200).Json["wish"].ShouldBeNull();
        (await portal.Api.GetAsync("webhooks/projects?troubled=true")).ShouldBe(200).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task ActiveDays_OutOfRange_IsNamed() =>
        (await portal.Api.PutAsync("webhooks", new { activeDays = 0 })).ShouldBe(400).Errors.Keys.ShouldBe(["activeDays"]);

    [Fact]
    public async Task AnotherScope_MayNotLook() =>
        (await (await portal.WithScopesAsync("read", "operate")).GetAsync("webhooks")).ShouldBe(403);
}
