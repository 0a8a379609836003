using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Access;

/// <summary>The words for those who did something. Facts hold ids only; a person who was erased, or never signed in, stays a number.</summary>
public sealed class PeopleNames(IUserDirectory directory)
{
    public async Task<ActorNames> OfAsync(IEnumerable<Actor> actors, CancellationToken cancel)
    {
        var users = actors.Select(PortalClaims.UserOf).OfType<UserId>().ToHashSet();
        return users.Count == 0 ? ActorNames.None : new ActorNames(await directory.FindAsync(users, cancel));
    }
}

/// <summary>Names that were looked up together.</summary>
public sealed class ActorNames(IReadOnlyDictionary<UserId, PortalUser> people)
{
    /// <summary>Before anything is read.</summary>
    public static readonly ActorNames None = new(new Dictionary<UserId, PortalUser>());

    /// <summary>"Mara Lindqvist", "API token 3", "the portal"; "user 12" for somebody whose name is not known.</summary>
    public string this[Actor actor] => actor switch
    {
        { Kind: ActorKind.Portal } => "the portal",
        { Kind: ActorKind.Token } => $"API token {actor.Id}",
        _ when PortalClaims.UserOf(actor) is { } user => people.TryGetValue(user, out var known) ? known.Name : $"user {user.Number}",
        _ => actor.ToString(),
    };
}
