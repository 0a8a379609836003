using MigrationPortal.Domain.Instances;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>A way to an instance: with which token, on whose budget.</summary>
internal enum GitLabChannel
{
    /// <summary>Read token, monitoring's budget.</summary>
    Monitoring,

    /// <summary>Read token, the lane of operations: what an operation looks at.</summary>
    Looking,

    /// <summary>Write token, the lane of operations.</summary>
    Changing,

    /// <summary>Write token, monitoring's budget: hooks in many projects, which may take their time.</summary>
    Hooking,
}

internal static class GitLabChannels
{
    public static RequestLane Lane(this GitLabChannel channel) =>
        channel is GitLabChannel.Monitoring or GitLabChannel.Hooking ? RequestLane.Monitoring : RequestLane.Operations;

    public static GitLabChannel Reading(this RequestLane lane) =>
        lane == RequestLane.Monitoring ? GitLabChannel.Monitoring : GitLabChannel.Looking;
}

/// <summary>The lines that requests are booked on, by their names.</summary>
internal static class Purposes
{
    public static readonly string Pending = RequestPurpose.Pending.Name;
    public static readonly string Finished = RequestPurpose.Finished.Name;
    public static readonly string Reasons = RequestPurpose.Reasons.Name;
    public static readonly string Fleet = RequestPurpose.Fleet.Name;
    public static readonly string Projects = RequestPurpose.Projects.Name;
    public static readonly string History = RequestPurpose.History.Name;
    public static readonly string Connection = RequestPurpose.Connection.Name;
    public static readonly string Operation = RequestPurpose.Operation.Name;
    public static readonly string Hooks = RequestPurpose.Hooks.Name;
    public static readonly string Moves = RequestPurpose.Moves.Name;
    public static readonly string User = RequestPurpose.User.Name;
}
