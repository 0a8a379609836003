using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Moves;

/// <summary>What an admin wrote about tags, as moving needs it.</summary>
/// <param name="OptIn">The opt-in tag: what an untagged job gets.</param>
/// <param name="Fallback">The tag that leads to docker; null: none is set, and nobody can be pinned.</param>
/// <param name="Translations">What a legacy tag becomes; null: jobs with it cannot move yet.</param>
/// <param name="Adopted">Legacy tags that Kubernetes takes: jobs with them move unchanged by themselves.</param>
public sealed record MoveTags(string OptIn, string? Fallback, IReadOnlyDictionary<string, string?> Translations, IReadOnlySet<string> Adopted)
{
    /// <summary>Legacy tags that stay on docker for now.</summary>
    public IReadOnlySet<string> Kept { get; init; } = new HashSet<string>();

    /// <summary>All that lead to Kubernetes.</summary>
    public TagSet ToKubernetes => TagSet.Of([OptIn, .. Translations.Values.OfType<string>()]);

    /// <summary>The tags of a job on Kubernetes: each replaced, none added.</summary>
    /// <returns>Null with the tag in the way: it has no translation, or nobody has decided on it yet.</returns>
    public (TagSet? Tags, string? InTheWay) Translate(TagSet tags)
    {
        if (tags.IsEmpty) return (TagSet.Of(OptIn), null);
        var inTheWay = tags.FirstOrDefault(tag => tag != Fallback && tag != OptIn && Translations.GetValueOrDefault(tag) is null);
        return inTheWay is not null ? (null, inTheWay) : (TagSet.Of(tags.Select(tag => tag == Fallback || tag == OptIn ? OptIn : Translations[tag]!)), null);
    }
}

/// <summary>What moving needs to know of tags, which the cohorts' room may not ask itself.</summary>
public interface IMoveTags
{
    Task<MoveTags> ReadAsync(InstanceId instance, CancellationToken cancel);
}
