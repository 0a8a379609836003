using System.Globalization;
using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Access;

/// <summary>The words for those who did something. Facts hold ids only; a person who was erased, or never signed in, stays a number.</summary>
public sealed class PeopleNames(IUserDirectory directory, ITokenStore store)
{
    public async Task<ActorNames> OfAsync(IEnumerable<Actor> actors, CancellationToken cancel)
    {
        var asked = actors.ToHashSet();
        var numbers = asked.Select(ActorNames.TokenOf).OfType<long>().ToHashSet();
        var tokens = numbers.Count == 0 ? new Dictionary<long, ApiToken>() : await store.FindAsync(numbers, cancel);
        var users = asked.Concat(tokens.Values.Select(token => token.Owner)).Select(PortalClaims.UserOf).OfType<UserId>().ToHashSet();
        var people = users.Count == 0 ? new Dictionary<UserId, PortalUser>() : await directory.FindAsync(users, cancel);
        return new ActorNames(people, tokens);
    }
}

/// <summary>Names that were looked up together.</summary>
public sealed class ActorNames(IReadOnlyDictionary<UserId, PortalUser> people, IReadOnlyDictionary<long, ApiToken> tokens)
{
    /// <summary>Before anything is read.</summary>
    public static readonly ActorNames None = new(new Dictionary<UserId, PortalUser>(), new Dictionary<long, ApiToken>());

    /// <summary>"Mara Lindqvist", "API token ci of Mara Lindqvist", "the portal"; a number for whoever is not known.</summary>
    public string this[Actor actor] => actor switch
    {
        { Kind: ActorKind.Portal } => "the portal",
        { Kind: ActorKind.Token } => TokenOf(actor) is { } number && tokens.TryGetValue(number, out var token) && token.Owner.Kind != ActorKind.Token
            ? $"API token {token.Name} of {this[token.Owner]}"
            : $"API token {actor.Id}",
        _ when PortalClaims.UserOf(actor) is { } user => people.TryGetValue(user, out var known) ? known.Name : $"user {user.Number}",
        _ => actor.ToString(),
    };

    internal static long? TokenOf(Actor actor) =>
        actor.Kind == ActorKind.Token && long.TryParse(actor.Id, CultureInfo.InvariantCulture, out var number) ? number : null;
}
