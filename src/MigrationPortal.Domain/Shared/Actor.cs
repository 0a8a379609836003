namespace MigrationPortal.Domain.Shared;

/// <summary>Who did something: a person, an API token or the portal itself. Audit keeps the id, names are looked up.</summary>
public sealed record Actor(ActorKind Kind, string Id)
{
    public static readonly Actor Portal = new(ActorKind.Portal, "portal");

    public override string ToString() => Kind == ActorKind.Portal ? "portal" : $"{Kind.ToString().ToLowerInvariant()}:{Id}";
}

public enum ActorKind
{
    Portal,
    User,
    Token,
}
