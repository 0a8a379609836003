using MigrationPortal.World;

namespace MigrationPortal.Web.Tests.Hosting;

/// <summary>People of the simulated GitLab.</summary>
internal static class People
{
    /// <summary>Somebody who administers nothing and maintains a few projects.</summary>
    public static (string Name, int[] Own, int[] Others) Maintainer(GitLabWorld world)
    {
        foreach (var user in world.Directory.Users.Where(one => one is { IsAdmin: false, State: UserState.Active }))
        {
            var own = world.Directory.Projects.Where(project => world.Directory.AccessTo(user, project) >= AccessLevel.Maintainer).Select(project => project.Id).ToArray();
            if (own.Length > 0) return (user.Username, own, [.. world.Directory.Projects.Select(project => project.Id).Except(own)]);
        }

        throw new InvalidOperationException("The world has no maintainer.");
    }

    /// <summary>Somebody who owns groups and administers nothing, with those and all others.</summary>
    public static (string Name, int[] Own, int[] Others) GroupOwner(GitLabWorld world)
    {
        foreach (var user in world.Directory.Users.Where(one => one is { IsAdmin: false, State: UserState.Active }))
        {
            var own = world.Directory.Groups.Where(group => world.Directory.AccessTo(user, group) == AccessLevel.Owner).Select(group => group.Id).ToArray();
            if (own.Length > 0 && own.Length < world.Directory.Groups.Count) return (user.Username, own, [.. world.Directory.Groups.Select(group => group.Id).Except(own)]);
        }

        throw new InvalidOperationException("The world has no owner of a group.");
    }
}
