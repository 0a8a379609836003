using MigrationPortal.Domain.Jobs;
using MigrationPortal.Web.Phases;
using MigrationPortal.Web.Shared;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Phases;

public sealed class TagGroundsTests
{
    private static readonly DateTimeOffset From = CensusWindow.Until(KitContext.Now).From;

    [Theory]
    [InlineData(0, 0, 0, "No job that finished since 11 Nov is known yet.")]
    [InlineData(1000, 900, 0, "Tags are known of 900 of 1,000 (90 %) jobs that finished since 11 Nov.")]
    [InlineData(1000, 900, 12, "Tags are known of 900 of 1,000 (90 %) jobs that finished since 11 Nov. Not all jobs before 23 Nov 14:20 UTC are read: tags asked for only then are missing or counted too low.")]
    public void Sentence_SaysShareAndWhatIsNotRead(long finished, long known, int unreadDays, string sentence) =>
        Plain(TagGrounds.Sentence(new TagBasisView(From, finished, known, From.AddDays(unreadDays), []))).ShouldBe(sentence);

    [Fact]
    public void Sentence_NamesEachGap() =>
        Plain(TagGrounds.Sentence(new TagBasisView(From, 10, 10, From, [new UnreadSpan(From.AddDays(2), From.AddDays(3), "a walk was interrupted")])))
            .ShouldEndWith("since 11 Nov. Jobs of 13 Nov 14:20 to 14 Nov 14:20 UTC are not all read.");

    private static string Plain(string text) => text.Replace('\u00a0', ' ');
}
