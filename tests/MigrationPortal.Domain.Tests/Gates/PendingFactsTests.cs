using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Gates;

/// <summary>Which pending jobs are the migration's concern.</summary>
public class PendingFactsTests
{
    private static readonly TagSet[] Carried = [TagSet.Of("docker", "linux"), TagSet.Of("windows"), TagSet.Empty];

    public static TheoryData<PendingReason, string[]?, PendingFacts> Cases => new()
    {
        { PendingReason.Busy, ["docker"], new PendingFacts(5, 0, 2) },
        { PendingReason.NotKnown, null, new PendingFacts(5, 0, 2) },
        { PendingReason.MissingTags, ["docker", "linux"], new PendingFacts(5, 5, 0) },
        { PendingReason.MissingTags, ["docker", "old-builder"], new PendingFacts(5, 0, 0, 5) },
        { PendingReason.MissingTags, ["linux", "windows"], new PendingFacts(5, 0, 0, 5) }, // never together
        { PendingReason.Brownout, ["docker"], new PendingFacts(5, 0, 0) },
        { PendingReason.NobodyTakesUntagged, [], new PendingFacts(5, 5, 0) },
        { PendingReason.ProtectedOnly, ["linux"], new PendingFacts(5, 5, 0) },
        { PendingReason.NotInContact, null, new PendingFacts(5, 5, 0) },
    };

    [Theory, MemberData(nameof(Cases))]
    public void With_CountsAClassOnce(PendingReason reason, string[]? tags, PendingFacts expected) =>
        new PendingFacts(0, 0, 0).With(reason, tags is null ? null : TagSet.Of(tags), Carried, jobs: 5, late: 2).ShouldBe(expected);
}
