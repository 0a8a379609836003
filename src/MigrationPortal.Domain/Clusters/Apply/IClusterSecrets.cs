namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>
/// The one way of a runner's token into a cluster. Never over a Secret that the portal did not make for this very purpose; what
/// is in one never comes back.
/// </summary>
public interface IClusterSecrets
{
    /// <summary>Makes the Secret, or replaces the token in it where it carries the same mark.</summary>
    /// <param name="token">Written as it is, without a line break behind it.</param>
    Task<SecretAnswer> PutAsync(long cluster, TokenPlace place, string token, CancellationToken cancel);

    /// <summary>Whether <see cref="PutAsync"/> would come about now: all of it but the write, with a text in the token's place.</summary>
    Task<SecretAnswer> TryAsync(long cluster, TokenPlace place, CancellationToken cancel);

    /// <summary>Takes it away where it carries the mark; another one stays and counts as gone.</summary>
    Task<SecretAnswer> RemoveAsync(long cluster, TokenPlace place, CancellationToken cancel);
}

/// <summary>Where a token goes. Stored as JSON: names are promises.</summary>
/// <param name="Keys">The first takes the token, the others stay empty.</param>
/// <param name="Mark">A label's value by which the portal knows its own.</param>
public sealed record TokenPlace(string Namespace, string Name, IReadOnlyList<string> Keys, string Mark);

public abstract record SecretAnswer
{
    private SecretAnswer()
    {
    }

    public sealed record Done : SecretAnswer;

    /// <summary>There is one that the portal did not make for this.</summary>
    public sealed record Foreign : SecretAnswer;

    /// <summary>In the cluster's words, without values.</summary>
    public sealed record Refused(string Message) : SecretAnswer;

    public sealed record Unknown(string Sentence, TimeSpan? RetryAfter) : SecretAnswer;
}
