using System.Globalization;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Smoke;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>How far a registration is. Stored by name.</summary>
public enum RegistrationState
{
    /// <summary>GitLab is asked for the runner; whether it has made it may not be known.</summary>
    Creating,

    /// <summary>The runner is there; its token goes into the cluster's Secret.</summary>
    Delivering,

    /// <summary>The configuration is applied, and the manager has to report.</summary>
    Applying,

    /// <summary>Somebody installs the chart; its manager has to report.</summary>
    Waiting,
    Done,

    /// <summary>All of it is taken back, the last first.</summary>
    Undoing,
    Undone,

    /// <summary>Not all of it could be taken back in time: what is said names what is left.</summary>
    Left,
}

/// <summary>
/// A runner made in GitLab for a cluster: created, its token delivered, its configuration applied, its manager heard, or all of
/// it undone. Written down before each step. The token is in none of this.
/// </summary>
/// <param name="Place">Where the token goes.</param>
/// <param name="Paused">As the runner is made; it stays so until somebody unpauses it.</param>
/// <param name="AskedGitLabAt">When GitLab was last asked to make it; null: not yet. Real time.</param>
/// <param name="Runner">GitLab's number; null: not known yet.</param>
/// <param name="Application">Of the configuration.</param>
/// <param name="Patience">For the manager to come up and report.</param>
/// <param name="Deadline">Of the state, real time.</param>
/// <param name="Said">What it waits for, or why it is undone.</param>
/// <param name="Version">Fences writes.</param>
/// <param name="Tries">Failed ones in a row of undoing.</param>
/// <param name="RetryAt">When undoing is tried again, real time; null: at once.</param>
/// <param name="Remains">What undoing waits for.</param>
public sealed record ClusterRegistration(
    long Id, long Cluster, InstanceId Instance, long Configuration, int Revision, ApplyTarget Target, ApplyExtras Extras, TokenPlace Place, string Description, IReadOnlyList<string> Tags, bool RunUntagged, bool Paused,
    RegistrationState State, DateTimeOffset? AskedGitLabAt, long? Runner, long? Application, TimeSpan Patience, DateTimeOffset Deadline, DateTimeOffset? ContactAfter, string? Said, Actor AskedBy, string Reason, DateTimeOffset AskedAt, DateTimeOffset Since,
    DateTimeOffset? EndedAt, long Version, int Tries = 0, DateTimeOffset? RetryAt = null, string? Remains = null)
{
    /// <summary>Who let the revision into production although no verification proved it; null: nobody had to.</summary>
    public UnverifiedOverride? Override { get; init; }

    public bool IsActive => State is not (RegistrationState.Done or RegistrationState.Undone or RegistrationState.Left);

    /// <summary>The runner's maintenance note: by it the portal finds a runner again whose making was answered to nobody.</summary>
    public string Note => string.Create(CultureInfo.InvariantCulture, $"Made by MigrationPortal (registration {Id}, {Place.Mark})");
}
