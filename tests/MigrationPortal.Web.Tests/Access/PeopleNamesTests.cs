using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Tests.Access;

public sealed class PeopleNamesTests
{
    private static readonly UserId Mara = new(new InstanceId("production"), 12);

    private static readonly ActorNames Names = new(new Dictionary<UserId, PortalUser>
    {
        [Mara] = new(Mara, "mara", "Mara Lindqvist", true, new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero)),
    });

    [Theory]
    [InlineData(ActorKind.User, "production/12", "Mara Lindqvist")]
    [InlineData(ActorKind.User, "production/13", "user 13")]
    [InlineData(ActorKind.User, "qa/12", "user 12")]
    [InlineData(ActorKind.User, "written by hand", "user:written by hand")]
    [InlineData(ActorKind.Token, "3", "API token 3")]
    [InlineData(ActorKind.Portal, "portal", "the portal")]
    public void Names_SayWhoItWas(ActorKind kind, string id, string words) => Names[new Actor(kind, id)].ShouldBe(words);
}
