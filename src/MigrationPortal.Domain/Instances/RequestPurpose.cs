namespace MigrationPortal.Domain.Instances;

/// <summary>
/// What a request to GitLab is for: the line of the budget that it is booked on. Less important ones leave a reserve in
/// monitoring's bucket, so that they can never take the last requests from more important ones.
/// </summary>
/// <param name="Name">As stored, in metrics and in the API.</param>
/// <param name="Words">As people read it.</param>
/// <param name="Reserve">The share of the bucket that it leaves to others, from 0 to below 1.</param>
public sealed record RequestPurpose(string Name, string Words, double Reserve)
{
    public static readonly RequestPurpose Connection = new("connection", "connection checks", 0);
    public static readonly RequestPurpose Pending = new("pending", "jobs under way", 0);
    public static readonly RequestPurpose Fleet = new("fleet", "the fleet", 0);
    public static readonly RequestPurpose Finished = new("finished", "finished jobs", 0.2);
    public static readonly RequestPurpose Reasons = new("reasons", "failure reasons", 0.3);
    public static readonly RequestPurpose Projects = new("projects", "projects and protected refs", 0.5);
    public static readonly RequestPurpose Hooks = new("hooks", "project hooks", 0.5);
    /// <summary>Logs of failed jobs that somebody without a GitLab session asks about.</summary>
    public static readonly RequestPurpose Logs = new("logs", "job logs", 0.5);
    public static readonly RequestPurpose Readiness = new("readiness", "CI files", 0.6);
    public static readonly RequestPurpose History = new("history", "the past", 0.7);
    /// <summary>The random sample of job logs of both executors: nothing waits for it.</summary>
    public static readonly RequestPurpose Sample = new("sample", "the sample of job logs", 0.8);
    public static readonly RequestPurpose Operation = new("operation", "operations", 0);
    /// <summary>What people do to their own projects. In the lane of operations, so that no sweep holds them up, and the reserve keeps half of its bucket for flips.</summary>
    public static readonly RequestPurpose Moves = new("moves", "moves of projects by their people", 0.5);
    public static readonly RequestPurpose User = new("user", "people who sign in", 0);

    /// <summary>The most important first; purposes of equal importance share the first come, first served bucket.</summary>
    public static IReadOnlyList<RequestPurpose> InOrder { get; } = [Connection, Pending, Fleet, Finished, Reasons, Projects, Hooks, Logs, Readiness, History, Sample, Operation, Moves, User];

    /// <summary>By name; one that is not known, as of an older or newer portal, is the least important.</summary>
    public static RequestPurpose Of(string name) => InOrder.FirstOrDefault(one => one.Name == name) ?? new RequestPurpose(name, name, Sample.Reserve);

    /// <summary>Requests that must stay in the bucket. The least important still gets one from a full bucket, however small.</summary>
    public double Keeps(BudgetLimit limit, int requests) => Reserve * Math.Max(0, limit.Burst - requests);
}
