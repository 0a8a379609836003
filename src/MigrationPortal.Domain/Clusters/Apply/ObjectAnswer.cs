namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>What an API server answered about one object.</summary>
public abstract record ObjectAnswer
{
    private ObjectAnswer()
    {
    }

    /// <summary>Read, or written and returned.</summary>
    /// <param name="Warnings">The API server's own, to be shown.</param>
    public sealed record Seen(LiveObject Object, IReadOnlyList<string> Warnings) : ObjectAnswer;

    /// <summary>It is not there; of a deletion: it is gone.</summary>
    public sealed record Missing : ObjectAnswer;

    /// <summary>Fields of it belong to others, and nothing was written.</summary>
    public sealed record Conflict(IReadOnlyList<HeldField> Fields) : ObjectAnswer;

    /// <summary>A no that asking again does not change: a right that is missing, an admission rule, a quota, an invalid value, or another object of that name.</summary>
    /// <param name="Reason">Kubernetes' word, such as <c>Forbidden</c>; empty where it has none.</param>
    /// <param name="Message">Its sentence, without the values of Secrets.</param>
    public sealed record Refused(int Status, string Reason, string Message, IReadOnlyList<AnswerCause> Causes) : ObjectAnswer
    {
        /// <summary>The namespace of the object is not there.</summary>
        public bool NoNamespace => Status == 404 && Message.StartsWith("namespaces \"", StringComparison.Ordinal);

        /// <summary>The cluster has no such kind: its definition is not installed.</summary>
        public bool NoKind => Status == 404 && Message.Contains("could not find the requested resource", StringComparison.Ordinal);
    }

    /// <summary>No answer, or one that may be another one soon; whether something was written is not known.</summary>
    public sealed record Unknown(string Sentence, TimeSpan? RetryAfter) : ObjectAnswer;
}

/// <param name="Field">Empty where it is about the whole.</param>
public sealed record AnswerCause(string Reason, string Field, string Message);

/// <summary>A field that belongs to somebody else. Stored as JSON: names are promises.</summary>
/// <param name="Path">As Kubernetes prints it: <c>.spec.replicas</c>.</param>
/// <param name="Since">When that manager last changed a field; null: not told.</param>
public sealed record HeldField(string Path, string Manager, DateTimeOffset? Since);
