using CsCheck;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Notices;

public class RetryPauseTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(10, 2560)]
    [InlineData(11, 3600)]
    [InlineData(1000, 3600)]
    public void Pause_DoublesToAnHour(int tries, double seconds) =>
        RetryPause.Next(tries, Make.Now, Make.Now, null).ShouldBe(Make.Now.AddSeconds(seconds));

    [Theory]
    [InlineData(1, 60, 60)]
    [InlineData(1, 2, 5)]
    [InlineData(11, 7200, 7200)]
    public void ReceiverAsks_IsHeardWhereItAsksForMore(int tries, double asked, double seconds) =>
        RetryPause.Next(tries, Make.Now, Make.Now, TimeSpan.FromSeconds(asked)).ShouldBe(Make.Now.AddSeconds(seconds));

    [Fact]
    public void Life_OfADeliveryThatNeverArrives_EndsAfterADay_WithALastTryAtItsEnd()
    {
        var (now, tries) = (Make.Now, 0);
        while (RetryPause.Next(++tries, Make.Now, now, null) is { } next)
        {
            next.ShouldBeGreaterThan(now);
            now = next;
        }

        now.ShouldBe(Make.Now + RetryPause.GiveUpAfter);
        tries.ShouldBe(34);
    }

    [Fact]
    public void WhateverIsAsked_ItEndsAfterADay_AndNeverGoesBack() => Gen.Select(Gen.Int[1, 100], Gen.Double[0, 1e6], Gen.Double[0, 200_000]).Sample((tries, asked, passed) =>
    {
        var now = Make.Now.AddSeconds(passed);
        var next = RetryPause.Next(tries, Make.Now, now, TimeSpan.FromSeconds(asked));
        (next is null).ShouldBe(passed >= RetryPause.GiveUpAfter.TotalSeconds);
        if (next is { } at) (at > now && at <= Make.Now + RetryPause.GiveUpAfter).ShouldBeTrue();
    }, seed: "0N0XIzNsQ0O2");
}
