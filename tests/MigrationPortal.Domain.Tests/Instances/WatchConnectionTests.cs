using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Tests.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Instances;

public class WatchConnectionTests
{
    private readonly Portal portal = new(ApplyPlanTests.Context());

    [Theory]
    // One letter a check, 20 seconds apart: . well, x no answer, t token refused.
    [InlineData("..x..", "")]
    [InlineData("xxx.", "")]
    [InlineData("xxxx", "lost")]
    [InlineData("xxxxxxxx", "lost")]
    [InlineData("xxxx.", "lost back")]
    [InlineData("xxxx.xxxx.", "lost back lost back")]
    [InlineData("xxxx.xxx.", "lost back")]
    [InlineData("tttt.", "lost back")]
    [InlineData("xxxxtttt.", "lost lost back")]
    [InlineData("xxxxtt.", "lost back")]
    [InlineData("xxttx.", "")]
    public async Task Checks_TellOfWhatLasts_AndOfItsEnd(string checks, string told)
    {
        for (var at = 0; at < checks.Length; at++) await CheckAsync(checks[at], at);

        portal.Notices.Told.Select(one => one.Kind == NoticeKind.GitLabLost ? "lost" : "back").ShouldBe(told.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Lost_SaysSinceWhenAndWhy()
    {
        for (var at = 0; at < 4; at++) await CheckAsync('x', at);

        var lost = portal.Notices.Told.ShouldHaveSingleItem();
        (lost.Severity, lost.Link).ShouldBe((NoticeSeverity.Critical, "health"));
        lost.Sentence.ShouldContain("connection refused");
        lost.Numbers.ShouldHaveSingleItem().Value.ShouldBe($"{Make.Now.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
    }

    private Task CheckAsync(char how, int at) => portal.Connection.RunAsync(
        new ConnectionHealth(Make.Production, Make.Now.AddSeconds(20 * at), how != 'x', "19.0.0", how == '.', false, null, null, how == 'x' ? ["connection refused"] : [], []), default);
}
