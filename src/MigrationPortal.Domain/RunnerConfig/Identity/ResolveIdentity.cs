namespace MigrationPortal.Domain.RunnerConfig.Identity;

/// <summary>
/// Who the containers of a job pod run as, step by step as gitlab-runner finds it out (<c>executors/kubernetes/kubernetes.go</c>,
/// <c>getSecurityContextWithUIDGID</c>): the container's context, else the pod's, else what the job asks for where it is
/// allowed, else the image. Uid and gid are found apart from each other. Contexts are not held against allowlists.
/// </summary>
public static class ResolveIdentity
{
    // With this flag on, gitlab-runner asks the image who it is, in a container of its own that runs as the build.
    private const string CollectorFlag = "FF_DISABLE_UMASK_FOR_KUBERNETES_EXECUTOR";

    public static PodIdentity Of(KubernetesSection runner, AskedIdentity asked)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(asked);
        var warnings = new List<string>();
        var containers = new List<ContainerIdentity> { Of(runner, "build", "build", asked.Build, warnings), Of(runner, "helper", "helper", null, warnings) };
        foreach (var (name, user) in asked.Services) containers.Add(Of(runner, name, "service", user, warnings));
        containers.Add(Of(runner, "init-permissions", "init_permissions", null, warnings));
        if (runner.Runner.IsOn(CollectorFlag)) containers.Add(Of(runner, "init-build-uid-gid-collector", "build", asked.Build, warnings));
        foreach (var container in containers) Refused(runner, container, warnings);
        return new(containers, [.. warnings.Distinct()]);
    }

    private static ContainerIdentity Of(KubernetesSection runner, string name, string container, string? user, List<string> warnings)
    {
        // strings.Cut: what follows the first colon is the group, further colons and all.
        var (uidText, gidText) = (user ?? "").IndexOf(':', StringComparison.Ordinal) is >= 0 and var at ? (user![..at], user[(at + 1)..]) : (user ?? "", "");
        var uid = Id(runner, name, container, IdKind.User, uidText, warnings);
        var gid = Id(runner, name, container, IdKind.Group, gidText, warnings);
        Aside(name, IdKind.User, uidText, uid, warnings);
        Aside(name, IdKind.Group, gidText, gid, warnings);
        return new(name, uid.Value, gid.Value, uid.From, gid.From);
    }

    private static Found Id(KubernetesSection runner, string name, string container, IdKind kind, string text, List<string> warnings)
    {
        foreach (var (key, source) in new[] { ($"{KubernetesSection.ContextOf(container)}.{kind.Key}", "container security context"), ($"pod_security_context.{kind.Key}", "pod security context") })
        {
            if (runner.Whole(key) is { } set) return new(set, runner.KeyOf(key), source);
            if (runner.Find(key) is { } odd) warnings.Add($"{runner.KeyOf(key)} (line {odd.Line}) is no whole number: gitlab-runner refuses the whole file.");
        }

        if (kind.Read(text, runner.Texts(kind.List) ?? [], warnings, out var fault) is { } id) return new(id, ContainerIdentity.Job, null);
        if (fault is not null) warnings.Add($"Error parsing '{kind.Short}' from image options for container {GoText.Quoted(name)}, using the configured security context: {fault}");
        return new(null, ContainerIdentity.Image, null);
    }

    private static void Aside(string name, IdKind kind, string text, Found id, List<string> warnings)
    {
        if (id.Source is not null && text.Length > 0) warnings.Add($"Overriding {kind.Noun} for container {GoText.Quoted(name)} to {GoText.Quoted(text)} is not allowed: {kind.Noun} is set to {id.Value} in {id.Source}");
    }

    // gitlab-runner asks for it all the same; Kubernetes says no.
    private static void Refused(KubernetesSection runner, ContainerIdentity container, List<string> warnings)
    {
        var prefix = container.Name switch { "helper" => "helper", "init-permissions" => "init_permissions", "build" or "init-build-uid-gid-collector" => "build", _ => "service" };
        var must = runner.Flag($"{KubernetesSection.ContextOf(prefix)}.run_as_non_root") ?? runner.Flag("pod_security_context.run_as_non_root");
        if (must is true && container.Uid == 0) warnings.Add($"Container \"{container.Name}\" will not start: run_as_non_root is true and its uid is 0.");
        if (container.Uid < 0 || container.Gid < 0) warnings.Add($"Container \"{container.Name}\" will not start: Kubernetes refuses ids below 0.");
    }

    private sealed record Found(long? Value, string From, string? Source);
}
