namespace MigrationPortal.Domain.RunnerConfig.Identity;

/// <summary>Who one container of a job pod runs as.</summary>
/// <param name="Name"><c>build</c>, <c>helper</c>, <c>init-permissions</c>, or a service's.</param>
/// <param name="Uid">Null: the <c>USER</c> of the image decides.</param>
/// <param name="Gid">Null: the image, or else the container runtime decides; usually that is 0.</param>
/// <param name="UidFrom">The key that decides, as <see cref="KeyUse.Path"/>; <see cref="Job"/> or <see cref="Image"/>.</param>
/// <param name="GidFrom">The same of <paramref name="Gid"/>.</param>
public sealed record ContainerIdentity(string Name, long? Uid, long? Gid, string UidFrom, string GidFrom)
{
    /// <summary>The job asked for it, and may.</summary>
    public const string Job = "job";

    /// <summary>Nobody says it.</summary>
    public const string Image = "image";
}

/// <summary>Who the containers of a job pod run as.</summary>
/// <param name="Warnings">What gitlab-runner writes about it, in its own words, and what follows where it says nothing.</param>
public sealed record PodIdentity(IReadOnlyList<ContainerIdentity> Containers, IReadOnlyList<string> Warnings);

/// <summary>What a job asks for: <c>uid</c> or <c>uid:gid</c>, variables already put in.</summary>
/// <param name="Build"><c>image:kubernetes:user</c>; null: nothing.</param>
/// <param name="Services"><c>services[].kubernetes.user</c> by the container's name; null values ask for nothing.</param>
public sealed record AskedIdentity(string? Build, IReadOnlyList<KeyValuePair<string, string?>> Services)
{
    /// <summary>A job with one service.</summary>
    public static AskedIdentity Of(string? build, string? service) => new(build, [new("service", service)]);
}
