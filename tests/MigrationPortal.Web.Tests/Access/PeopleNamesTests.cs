using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Tests.Access;

public sealed class PeopleNamesTests
{
    private static readonly UserId Mara = new(new InstanceId("production"), 12);

    private static readonly DateTimeOffset At = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    private static readonly ActorNames Names = new(new Dictionary<UserId, PortalUser>
    {
        [Mara] = new(Mara, "mara", "Mara Lindqvist", true, At),
    },
    new Dictionary<long, ApiToken>
    {
        [4] = Token(4, "ci", new Actor(ActorKind.User, Mara.ToString())),
        [5] = Token(5, "bootstrap", Actor.Portal),
        [6] = Token(6, "nested", new Actor(ActorKind.Token, "4")),
    });

    [Theory]
    [InlineData(ActorKind.User, "production/12", "Mara Lindqvist")]
    [InlineData(ActorKind.User, "production/13", "user 13")]
    [InlineData(ActorKind.User, "qa/12", "user 12")]
    [InlineData(ActorKind.User, "written by hand", "user:written by hand")]
    [InlineData(ActorKind.Token, "3", "API token 3")]
    [InlineData(ActorKind.Token, "4", "API token ci of Mara Lindqvist")]
    [InlineData(ActorKind.Token, "5", "API token bootstrap of the portal")]
    [InlineData(ActorKind.Token, "6", "API token 6")]
    [InlineData(ActorKind.Portal, "portal", "the portal")]
    public void Names_SayWhoItWas(ActorKind kind, string id, string words) => Names[new Actor(kind, id)].ShouldBe(words);

    private static ApiToken Token(long id, string name, Actor owner) => new(id, name, owner, [], At, null, null);
}
