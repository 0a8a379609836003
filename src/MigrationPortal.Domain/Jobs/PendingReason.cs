namespace MigrationPortal.Domain.Jobs;

/// <summary>Why a job waits, by what is nearest to being mended; in the order of urgency.</summary>
public enum PendingReason
{
    /// <summary>No runner that the project may use has all of its tags.</summary>
    MissingTags,

    /// <summary>It is untagged, and no runner that the project may use accepts untagged jobs.</summary>
    NobodyTakesUntagged,

    /// <summary>Runners would take it, but they are not there for this project: not assigned, another group, or switched off for it.</summary>
    NotForProject,

    /// <summary>Only runners for protected refs match, and its ref is not protected.</summary>
    ProtectedOnly,

    /// <summary>Matching runners are there and in contact, and all of them are paused.</summary>
    Paused,

    /// <summary>Matching runners are there, and none has been in contact for five minutes.</summary>
    NotInContact,

    /// <summary>A brownout has taken its tag away, and it can be taken once the tag is back: it waits as meant.</summary>
    Brownout,

    /// <summary>Its tags, or the fleet, are not known: nothing is guessed.</summary>
    NotKnown,

    /// <summary>A runner can take it: it waits for a free slot.</summary>
    Busy,
}
