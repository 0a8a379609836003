using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Stragglers;

public sealed class ContactLadderTests
{
    /// <summary>Members as number:level, with ! for who is blocked and b for a bot; then who committed; then the rungs.</summary>
    [Theory]
    [InlineData("1:30 2:40 3:50", "1", "Committers 1, Maintainers 2, Owners 3")]
    [InlineData("1:30 2:40 3:50", "", "Maintainers 2, Owners 3")]
    [InlineData("1:30 2:40 3:50", "9", "Maintainers 2, Owners 3")] // no member
    [InlineData("1:30! 2:40 3:50", "1", "Maintainers 2, Owners 3")] // blocked
    [InlineData("1:20 2:40", "1", "Maintainers 2")] // a reporter can change nothing
    [InlineData("1:30b 2:40", "1", "Maintainers 2")]
    [InlineData("2:40 3:40! 4:40b 5:50", "2", "Committers 2, Owners 5")] // each once
    [InlineData("5:50 6:50", "", "Owners 5 6")]
    [InlineData("1:30 5:50! 6:40b", "", "")]
    [InlineData("1:30 2:30 3:30 4:30", "4 3 2 1", "Committers 4 3 2")] // the last three
    [InlineData("2:40! 2:50", "", "Owners 2")] // one row a way in
    [InlineData("", "1", "")]
    public void Rungs(string members, string committers, string rungs)
    {
        var ladder = ContactLadder.Of(members.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Member), committers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => Id(long.Parse(one))));

        string.Join(", ", ladder.Steps.Select(step => $"{step.Rung} {string.Join(' ', step.People.Select(one => one.Number))}")).ShouldBe(rungs);
        ladder.First.ShouldBe(ladder.Steps is [var first, ..] ? first.Rung : LadderRung.Administrators);
    }

    [Theory]
    [InlineData(StragglerStage.Selected, "")]
    [InlineData(StragglerStage.Asked, "1")]
    [InlineData(StragglerStage.Reminded, "1 2")]
    [InlineData(StragglerStage.FinalDate, "1 2 3")]
    [InlineData(StragglerStage.Handled, "")]
    public void EachMail_GoesOneRungHigher(StragglerStage stage, string people) =>
        string.Join(' ', ContactLadder.Of([Member("1:30"), Member("2:40"), Member("3:50")], [Id(1)]).At(stage).Select(one => one.Number)).ShouldBe(people);

    [Theory]
    [InlineData("project_12_bot", true)]
    [InlineData("project_12_bot_0a1b2c", true)]
    [InlineData("group_3_bot_9f", true)]
    [InlineData("service_account_group_3_0a", true)]
    [InlineData("ghost", true)]
    [InlineData("support-bot", true)]
    [InlineData("robot", false)]
    [InlineData("project_manager", false)]
    [InlineData("ghostwriter", false)]
    public void Bots_AreKnownByGitLabsOwnNames(string username, bool isBot) => LadderBots.IsOne(username).ShouldBe(isBot);

    private static LadderMember Member(string text)
    {
        var (number, level) = (long.Parse(text.Split(':')[0]), text.Split(':')[1]);
        return new LadderMember(Id(number), level.EndsWith('b') ? $"project_{number}_bot_1a" : $"user{number}", int.Parse(level.TrimEnd('!', 'b')), !level.EndsWith('!'));
    }

    private static UserId Id(long number) => new(Make.Production, number);
}
