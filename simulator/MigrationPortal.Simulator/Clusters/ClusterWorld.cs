using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>The two worlds as a cluster's managers see them: by address and token, and only through inputs that are kept.</summary>
internal sealed class ClusterWorld(IReadOnlyList<Instance> instances)
{
    private int applied;

    public IReadOnlyList<Instance> Instances => instances;

    public DateTimeOffset Now => instances[0].Do(world => world.Now);

    /// <summary>The GitLab at this address; null when there is none.</summary>
    public Instance? At(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? instances.FirstOrDefault(one => one.PathBase == address.AbsolutePath.TrimEnd('/'))
        : null;

    public Instance? Named(string name) => instances.FirstOrDefault(one => one.Name == name);

    public InputResult Apply(Instance instance, WorldInput input)
    {
        var result = instance.Do(world => world.Apply(input));
        if (result.Ok)
        {
            Interlocked.Exchange(ref applied, 1);
        }

        return result;
    }

    /// <summary>Whether anything was applied since the last call.</summary>
    public bool TakeApplied() => Interlocked.Exchange(ref applied, 0) == 1;
}
