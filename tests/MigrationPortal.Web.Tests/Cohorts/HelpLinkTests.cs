using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Cohorts;

namespace MigrationPortal.Web.Tests.Cohorts;

public sealed class HelpLinkTests
{
    private static readonly ProjectId Id = new(new InstanceId("production"), 7);

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Link_LeftOut_IsThePortalsOwn(string? text)
    {
        var link = HelpLink.Read(text, []);

        link.IsOwn.ShouldBeTrue();
        link.Of(Id, "billing/ledger").ShouldBe("help/new?project=7&instance=production");
        link.Of(Id, "billing/ledger", 12).ShouldBe("help/new?project=7&instance=production&job=12");
    }

    [Fact]
    public void Link_OfATracker_IsFilledIn()
    {
        var link = HelpLink.Read("https://tracker.example.org/new?title={project}&job={job}", []);

        link.IsOwn.ShouldBeFalse();
        link.Of(Id, "a&b/ledger", 12).ShouldBe("https://tracker.example.org/new?title=a%26b%2Fledger&job=12");
        link.Of(Id, "billing/ledger").ShouldBe("https://tracker.example.org/new?title=billing%2Fledger&job=");
    }

    [Theory]
    [InlineData("http://tracker.example.org/{project}")]
    [InlineData("javascript:alert(1)")]
    [InlineData("tracker.example.org")]
    [InlineData("https://{project}.example.org/")]
    [InlineData("https://user:word@tracker.example.org/{project}")]
    public void Link_OtherThanHttpsToOneHost_IsAProblemThatNamesItsKey(string text)
    {
        var problems = new List<string>();

        HelpLink.Read(text, problems).IsOwn.ShouldBeTrue();
        problems.ShouldHaveSingleItem().ShouldStartWith("Portal:Help:Link");
    }
}
