using System.Globalization;

namespace MigrationPortal.Domain.Shared;

/// <summary>Who did something: a person, an API token or the portal itself. Audit keeps the id, names are looked up.</summary>
public sealed record Actor(ActorKind Kind, string Id)
{
    public static readonly Actor Portal = new(ActorKind.Portal, "portal");

    /// <summary>The person behind <c>user:production/12</c>; null for the portal and for an API token.</summary>
    public UserId? User => Kind == ActorKind.User && Id.LastIndexOf('/') is > 0 and var slash && long.TryParse(Id.AsSpan(slash + 1), out var number)
        ? new UserId(new InstanceId(Id[..slash]), number)
        : null;

    /// <summary>A person or a token as the audit trail names them: <c>user:production/12</c>, <c>token:3</c>.</summary>
    /// <returns>Null for anything else.</returns>
    public static Actor? Parse(string? text) => text?.Split(':', 2) switch
    {
        ["user", var id] when new Actor(ActorKind.User, id) is { User: not null } person => person,
        ["token", var id] when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _) => new Actor(ActorKind.Token, id),
        _ => null,
    };

    public override string ToString() => Kind == ActorKind.Portal ? "portal" : $"{Kind.ToString().ToLowerInvariant()}:{Id}";
}

public enum ActorKind
{
    Portal,
    User,
    Token,
}
