namespace MigrationPortal.Domain.Shared;

/// <summary>A runner of one GitLab instance. GitLab's numbers repeat between instances, so both parts make the id.</summary>
public readonly record struct RunnerId(InstanceId Instance, long Number)
{
    public override string ToString() => $"{Instance}/{Number}";
}

/// <summary>A project of one GitLab instance.</summary>
public readonly record struct ProjectId(InstanceId Instance, long Number)
{
    public override string ToString() => $"{Instance}/{Number}";
}

/// <summary>A group of one GitLab instance.</summary>
public readonly record struct GroupId(InstanceId Instance, long Number)
{
    public override string ToString() => $"{Instance}/{Number}";
}

/// <summary>A CI job of one GitLab instance. A retry is a job of its own with a higher number.</summary>
public readonly record struct JobId(InstanceId Instance, long Number)
{
    public override string ToString() => $"{Instance}/{Number}";
}

/// <summary>A user of one GitLab instance.</summary>
public readonly record struct UserId(InstanceId Instance, long Number)
{
    public override string ToString() => $"{Instance}/{Number}";
}
