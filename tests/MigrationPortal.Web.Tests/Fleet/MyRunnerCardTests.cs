using Bunit;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Fleet;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Fleet;

public sealed class MyRunnerCardTests : IAsyncDisposable
{
    private static readonly RunnerId Id = new(PageServices.Production, 2);

    private readonly KitContext kit = new();

    [Theory]
    [InlineData(null, 0, "176 days left", "It is done|We keep it")]
    [InlineData(OwnerSays.Keep, 0, "kept, you say", "It is done|Take it back")]
    [InlineData(OwnerSays.Done, 1, "done, you say", "We keep it|Take it back")]
    [InlineData(OwnerSays.Done, -1, "still takes jobs", "It is done|We keep it|Take it back")]
    public void Card_InEachState_SaysWhatStandsAndOffersTheRest(OwnerSays? says, int answeredAfterHours, string chip, string buttons)
    {
        var card = Render(says is { } word ? new OwnerAnswer(Id, word, "a rack of our own", Actor.Portal, KitContext.Now.AddHours(answeredAfterHours)) : null);

        card.Find(".h").TextContent.ShouldContain(chip);
        string.Join('|', card.FindAll(".acts .btn").Select(button => button.TextContent.Trim())).ShouldBe(buttons);
        card.Find("dl").TextContent.ShouldContain("GitLab 20.0 removes docker+machine on 20 May 2027");
        card.Find("dl").TextContent.ShouldContain("group data");
        if (says is not null) card.Find("dl").TextContent.ShouldContain("a rack of our own");
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private IRenderedComponent<MyRunnerCard> Render(OwnerAnswer? answer)
    {
        var runner = new FleetRunner(
            new ObservedRunner(Id, "docker-machine-2", RunnerType.Group, new RunnerAttributes(TagSet.Of("gpu"), true, false, RunnerAccessLevel.NotProtected), false, RunnerStatus.Online,
                KitContext.Now, KitContext.Now, null, [new RunnerManager("s", Executor.DockerMachine, "18", RunnerStatus.Online, KitContext.Now)], new HashSet<long>(), new HashSet<long> { 3 }),
            RunnerStanding.None, null);
        var owned = new OwnedRunner(new UnmanagedRunner(runner, new RunnerOwner(RunnerType.Group, "data"), new RunnerUse(70, 2.5, KitContext.Now), WhyUnmanaged.GroupRunner), 10, answer);
        return kit.Render<MyRunnerCard>(parameters => parameters.Add(card => card.Mine, owned).Add(card => card.Now, KitContext.Now));
    }
}
