namespace MigrationPortal.Domain.Clusters;

/// <summary>Stored by name: never rename one.</summary>
public enum TroubleKind
{
    /// <summary>No connection, no answer in time, or no usable one.</summary>
    Unreachable,

    /// <summary>Its certificate is not signed by the CA that was given, or is for another name.</summary>
    Certificate,

    /// <summary>It does not know who asks.</summary>
    Credentials,

    /// <summary>It knows, and says no.</summary>
    Forbidden,

    /// <summary>It asks for fewer requests.</summary>
    Busy,
}

/// <summary>Why a cluster does not do what was asked, in a sentence with the remedy and without secrets.</summary>
public sealed record ClusterTrouble(TroubleKind Kind, string Sentence);

/// <summary>The one fault of the outside world that clusters have. Its message is the trouble's sentence.</summary>
public sealed class ClusterUnavailableException : Exception
{
    public ClusterUnavailableException()
    {
    }

    public ClusterUnavailableException(string message) : base(message)
    {
    }

    public ClusterUnavailableException(string message, Exception inner) : base(message, inner)
    {
    }

    public ClusterUnavailableException(ClusterTrouble trouble, int? status = null, TimeSpan? retryAfter = null) : base(trouble?.Sentence) =>
        (Trouble, Status, RetryAfter) = (trouble!, status, retryAfter);

    public ClusterTrouble Trouble { get; } = new(TroubleKind.Unreachable, "The cluster does not answer.");

    /// <summary>HTTP's, where there was an answer.</summary>
    public int? Status { get; }

    /// <summary>Where the API server said when to ask again.</summary>
    public TimeSpan? RetryAfter { get; }
}
