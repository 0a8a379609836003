namespace MigrationPortal.Domain.Readiness.Ci;

/// <summary>Reads <c>image</c> and <c>services</c> in both of their forms.</summary>
internal static class CiImageReader
{
    public static CiImage? Read(CiNode? node, CiResolver resolver, string job) => resolver.Follow(node, job) switch
    {
        CiScalar { IsNull: false } name => new CiImage(name.Text, name.Line),
        CiMap map when resolver.Follow(map["name"], job) is CiScalar name => Detailed(map, name, resolver, job),
        _ => null,
    };

    public static IReadOnlyList<CiService> Services(CiNode? node, CiResolver resolver, string job) =>
        [.. resolver.Leaves(node, job).SelectMany(item => Of(item, resolver, job))];

    private static IEnumerable<CiService> Of(CiNode item, CiResolver resolver, string job)
    {
        if (Read(item, resolver, job) is not { } image) return [];
        var map = item as CiMap;
        var variables = CiVariableReader.Read(map?["variables"], resolver, job).DistinctBy(one => one.Name).ToDictionary(one => one.Name, one => new CiSetting(one.Value, one.Line), StringComparer.Ordinal);
        return [new CiService(image, Setting(map?["alias"], resolver, job), [.. CiValues.Texts(map?["command"], resolver, job)], variables)];
    }

    private static CiImage Detailed(CiMap map, CiScalar name, CiResolver resolver, string job)
    {
        var docker = resolver.Follow(map["docker"], job) as CiMap;
        var kubernetes = resolver.Follow(map["kubernetes"], job) as CiMap;
        var entrypoint = resolver.Follow(map["entrypoint"], job);
        var policy = resolver.Follow(map["pull_policy"], job);
        return new CiImage(name.Text, name.Line)
        {
            Entrypoint = entrypoint is null or CiScalar { IsNull: true } ? null : [.. CiValues.Texts(entrypoint, resolver, job)],
            EntrypointLine = entrypoint?.Line ?? 0,
            DockerUser = Setting(docker?["user"], resolver, job),
            DockerPlatform = Setting(docker?["platform"], resolver, job),
            KubernetesUser = Setting(kubernetes?["user"], resolver, job),
            PullPolicies = [.. CiValues.Texts(policy, resolver, job)],
            PullPolicyLine = policy?.Line ?? 0,
        };
    }

    private static CiSetting? Setting(CiNode? node, CiResolver resolver, string job) =>
        resolver.Follow(node, job) is CiScalar { IsNull: false } one ? new CiSetting(one.Text, one.Line) : null;
}
