using System.Globalization;
using System.Text;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Identity;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Identity;

/// <summary>Every combination of contexts, allowlists and a job's wish, for user and group, in every container.</summary>
public sealed class IdentityTableTests
{
    private static readonly long?[] Contexts = [null, 0, 2000];
    private static readonly long?[] Pods = [null, 0, 1500];

    private static readonly string?[] Parts =
        [null, "", "1000", "4242", "0", "00", "-0", "+0", "01", "001000", "+1000", "-1", "node", "root", " 1000", "1000 ", "1_000", "0x10", "1e3", "1.5", "9223372036854775807", "9223372036854775808", "99999999999999999999999", "-9223372036854775809", "+", "-", "١"];

    private static readonly string[] Pairs = ["", "1000", "4242", "0", "-1", "node"];

    private static readonly string[]?[] Lists = [null, [], ["1000"], ["0"], ["000"], ["1"], ["0", "1000"], ["node"], ["node", "1000"], ["1000", "node", "0"], ["-1"], ["9223372036854775807"], [""]];

    [Theory]
    [InlineData("run_as_user", "allowed_users", "user")]
    [InlineData("run_as_group", "allowed_groups", "group")]
    public void EveryCombination_IsAsTheFactsSay(string key, string list, string noun)
    {
        var seen = 0;
        foreach (var context in Contexts)
            foreach (var pod in Pods)
                foreach (var allowed in Lists)
                {
                    var runner = Runner(context, pod, allowed, key, list);
                    foreach (var part in Parts)
                    {
                        // The other half of the pair is nobody's business.
                        var user = part is null ? null : noun == "user" ? part : ":" + part;
                        var found = ResolveIdentity.Of(runner, AskedIdentity.Of(user, user));
                        foreach (var container in found.Containers)
                        {
                            var heard = container.Name is "build" or "service" ? part : null;
                            var (id, from) = IdentityOracle.Resolve(context, pod, heard, allowed);
                            var (seenId, isFrom, other, otherFrom) = noun == "user" ? (container.Uid, container.UidFrom, container.Gid, container.GidFrom) : (container.Gid, container.GidFrom, container.Uid, container.UidFrom);
                            var why = $"{container.Name} context={context} pod={pod} list=[{string.Join(' ', allowed ?? ["unset"])}] part={part}";
                            seenId.ShouldBe(id, why);
                            isFrom.ShouldBe(from switch { "context" => $"runners[0].kubernetes.{container.Name.Replace('-', '_')}_container_security_context.{key}", "pod" => $"runners[0].kubernetes.pod_security_context.{key}", _ => from }, why);
                            (other, otherFrom).ShouldBe((null, "image"), why);
                            found.Warnings.Any(warning => warning.Contains($"for container \"{container.Name}\"", StringComparison.Ordinal)).ShouldBe(IdentityOracle.IsTold(context, pod, heard, allowed), why);
                            seen++;
                        }
                    }
                }

        seen.ShouldBe(Contexts.Length * Pods.Length * Lists.Length * Parts.Length * 4);
    }

    [Fact]
    public void UserAndGroup_AreFoundApart()
    {
        foreach (var userContext in Contexts)
            foreach (var groupPod in Pods)
                foreach (var (users, groups) in Lists.Zip(Lists.Reverse()))
                {
                    var runner = Runner(userContext, null, users, "run_as_user", "allowed_users", $"[runners.kubernetes.pod_security_context]\n{(groupPod is null ? "" : string.Create(CultureInfo.InvariantCulture, $"run_as_group = {groupPod}"))}\n", groups);
                    foreach (var user in Pairs)
                        foreach (var group in Pairs)
                        {
                            var build = ResolveIdentity.Of(runner, AskedIdentity.Of($"{user}:{group}", null)).Containers[0];
                            build.Uid.ShouldBe(IdentityOracle.Resolve(userContext, null, user, users).Id, $"{user}:{group}");
                            build.Gid.ShouldBe(IdentityOracle.Resolve(null, groupPod, group, groups).Id, $"{user}:{group}");
                        }
                }
    }

    private static KubernetesSection Runner(long? context, long? pod, string[]? allowed, string key, string list, string more = "", string[]? groups = null)
    {
        var toml = new StringBuilder("[[runners]]\nexecutor = \"kubernetes\"\n[runners.kubernetes]\n");
        if (allowed is not null) toml.Append(CultureInfo.InvariantCulture, $"{list} = [{string.Join(", ", allowed.Select(entry => $"\"{entry}\""))}]\n");
        if (groups is not null) toml.Append(CultureInfo.InvariantCulture, $"allowed_groups = [{string.Join(", ", groups.Select(entry => $"\"{entry}\""))}]\n");
        if (context is not null)
            foreach (var container in KubernetesSection.Containers) toml.Append(CultureInfo.InvariantCulture, $"[runners.kubernetes.{container}_container_security_context]\n{key} = {context}\n");
        if (pod is not null) toml.Append(CultureInfo.InvariantCulture, $"[runners.kubernetes.pod_security_context]\n{key} = {pod}\n");
        return KubernetesSection.Of(ConfigDocument.Read(toml + more).Document.ShouldNotBeNull()).ShouldHaveSingleItem();
    }
}
