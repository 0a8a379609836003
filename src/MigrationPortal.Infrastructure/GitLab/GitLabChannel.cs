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

/// <summary>The lines that requests are booked on.</summary>
internal static class Purposes
{
    public const string Pending = "pending";
    public const string Finished = "finished";
    public const string Reasons = "reasons";
    public const string Fleet = "fleet";
    public const string Projects = "projects";
    public const string History = "history";
    public const string Connection = "connection";
    public const string Operation = "operation";
    public const string Hooks = "hooks";
    public const string User = "user";
}
