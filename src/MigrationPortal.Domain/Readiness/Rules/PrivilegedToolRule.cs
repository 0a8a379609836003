using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class PrivilegedToolRule : ReadinessRule
{
    private static readonly FrozenSet<string> Tools = FrozenSet.ToFrozenSet(
        ["rootlesskit", "snap", "snapcraft", "flatpak-builder", "flatpak", "bwrap", "img", "buildkitd", "dockerd", "dockerd-rootless.sh", "containerd", "nerdctl", "lxc", "lxd", "systemd-nspawn", "mock", "pbuilder", "cowbuilder", "sbuild", "apptainer", "singularity", "k3s", "k3d", "kind", "minikube"],
        StringComparer.Ordinal);

    public override string Id => "R45";

    public override string Title => "tools that need privileges";

    public override string Why => "Building or running containers inside the job needs user namespaces and mounts that a usual pod forbids.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "failed to share mount point: /: permission denied";

    public override string Link => "https://docs.gitlab.com/ci/docker/using_buildah/";

    public override RuleSigns Signs { get; } = new() { Commands = [.. Tools, "buildah", "podman", "podman-compose", "buildctl-daemonless.sh"] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (profile.PrivilegedBuild || profile.Unconfined) yield break;
        var chroot = job.Variables.Of("BUILDAH_ISOLATION").Any(variable => variable.Value == "chroot") || ShellSettings.All(job).Any(one => one is { Name: "BUILDAH_ISOLATION", Value.Text: "chroot" });
        foreach (var command in job.Programs)
        {
            if (!Needs(command, chroot, job, profile) || command.Command.Has("--version", "-v", "version", "--help")) continue;
            yield return Found(job, Usual, command.Line, $"{command.Name} {command.Command.Verb} needs rights that a usual pod does not have.",
                command.Name is "buildah" or "podman" ? "variables:\n  BUILDAH_ISOLATION: chroot\n  STORAGE_DRIVER: vfs" : "Ask for a runner that is made for building containers, and keep the job on docker meanwhile.");
        }
    }

    /// <summary>Verbs that start no container.</summary>
    private static readonly FrozenSet<string> Light = FrozenSet.ToFrozenSet(["version", "info", "help", "login", "logout", "push", "pull", "images", "inspect", "tag", "manifest", "rmi", "rm", "image", "search", "system", "save", "load"], StringComparer.Ordinal);

    private static bool Needs(JobCommand command, bool chroot, JobView job, RunnerProfile profile) => command.Name switch
    {
        "buildah" => !chroot && !IsolatedByChroot(command) && !Light.Contains(command.Command.Verb ?? "version"),
        // podman takes the isolation for building alone.
        "podman" when command.Command.Verb == "build" => !chroot && !IsolatedByChroot(command),
        "podman" => !Light.Contains(command.Command.Verb ?? "version"),
        "podman-compose" => true,
        "buildctl-daemonless.sh" => !job.Variables.Of("BUILDKITD_FLAGS").Any(variable => variable.Value.Contains("no-process-sandbox", StringComparison.Ordinal)),
        "kind" or "k3d" or "minikube" => !DockerUse.IsServed(job, profile) && command.Command.Verb is "create" or "start" or "cluster",
        "containerd" or "lxc" or "img" or "mock" or "snap" or "flatpak" => command.Arguments.Count > 0,
        var name => Tools.Contains(name),
    };

    private static bool IsolatedByChroot(JobCommand command)
    {
        for (var at = 0; at < command.Arguments.Count; at++)
            if (command.Arguments[at] == "--isolation=chroot" || (command.Arguments[at] == "--isolation" && at + 1 < command.Arguments.Count && command.Arguments[at + 1] == "chroot")) return true;
        return false;
    }
}
