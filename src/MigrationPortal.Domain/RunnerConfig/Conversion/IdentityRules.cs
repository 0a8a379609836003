using System.Globalization;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Who runs in the containers. Kubernetes takes numbers only.</summary>
internal static class IdentityRules
{
    private const string Docker = KeyRules.Runner + "docker.";

    public static IReadOnlyDictionary<string, KeyRule> All { get; } = new Dictionary<string, KeyRule>
    {
        [Docker + "user"] = User,
        [Docker + "allowed_users"] = AllowedUsers,
        [Docker + "group_add"] = GroupAdd,
        [Docker + "userns_mode"] = UserNamespace,
    };

    private static Mapped User(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var (user, group) = Split(use.Text());
        if (Id(user) is not { } uid) return Mapped.Impossible($"Kubernetes takes numbers only. Look {user} up in the image (docker run --rm IMAGE id -u {user}) and write build_container_security_context.run_as_user.");
        draft.Put("kubernetes.build_container_security_context.run_as_user", uid, "Jobs cannot choose another user while this stands.");
        if (group is null) return Mapped.Approximate("Holds for the job's container, and no job can choose another user.");
        if (Id(group) is not { } gid) return Mapped.Approximate($"The group {group} must be a number: look it up in the image and write build_container_security_context.run_as_group.");
        draft.Put("kubernetes.build_container_security_context.run_as_group", gid);
        return Mapped.Approximate("Holds for the job's container, and no job can choose another user.");
    }

    private static Mapped AllowedUsers(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        if (draft.Docker.Text("user") is { Length: > 0 } fixedUser && Id(Split(fixedUser).User) is not null)
            return Mapped.Impossible("Not written: run_as_user, from docker's user, decides before any list. To let jobs choose instead, take run_as_user out, write allowed_users and set run_as_non_root.");
        var parts = new List<ConvertedPart>();
        foreach (var allowed in use.Texts())
        {
            var (user, group) = Split(allowed);
            var uid = Id(user);
            if (uid is null)
            {
                parts.Add(new(allowed, KeyMapping.Impossible, "", "A name: Kubernetes compares numbers only. Look it up in the image."));
                continue;
            }

            draft.Add("kubernetes.allowed_users", uid.Value.ToString(CultureInfo.InvariantCulture));
            if (Id(group) is { } gid) draft.Add("kubernetes.allowed_groups", gid.ToString(CultureInfo.InvariantCulture));
            parts.Add(new(allowed, KeyMapping.Approximate, "kubernetes.allowed_users", "Jobs name it as image:kubernetes:user; image:docker:user is not read."));
        }

        return Mapped.Of(parts);
    }

    private static Mapped GroupAdd(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var ids = use.Texts().Select(Id).OfType<long>().Distinct().ToList();
        var names = use.Texts().Where(group => Id(group) is null).ToList();
        if (ids.Count > 0) draft.Put("kubernetes.pod_security_context.supplemental_groups", new ConfigList(ids.Select(id => new ConfigScalar(id))));
        var told = names.Count > 0 ? $"Names are not taken, only numbers: look up {string.Join(", ", names)} in the image." : "";
        return ids.Count == 0 ? Mapped.Impossible(told) : Mapped.Approximate(names.Count > 0 ? told : "Holds for all containers of the pod, services too.");
    }

    private static Mapped UserNamespace(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        if (use.Text() == "host") return Mapped.Approximate("Pods are in the host's user namespace unless a patch says hostUsers: false (Kubernetes 1.30): nothing to write.");
        draft.Patches.Add("user-namespace", "hostUsers: false\n");
        return Mapped.Approximate($"A user namespace of the pod's own, from Kubernetes 1.30; the mapping {use.Text()} itself is not taken. {PodPatches.Caution}");
    }

    private static (string User, string? Group) Split(string text) => text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var cut ? (text[..cut], text[(cut + 1)..]) : (text, null);

    private static long? Id(string? text) => text == "root" ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id <= int.MaxValue ? id : null;
}
