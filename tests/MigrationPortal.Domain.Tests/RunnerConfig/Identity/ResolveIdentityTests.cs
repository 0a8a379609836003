using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Identity;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Identity;

public sealed class ResolveIdentityTests
{
    [Theory]
    [InlineData("allowed_users = [\"1000\"]", "0", "Error parsing 'uid' from image options for container \"build\", using the configured security context: validating UID: user \"0\" is not in the allowed list: [1000]")]
    [InlineData("allowed_users = [\"1000\", \"1001\"]", "7", "Error parsing 'uid' from image options for container \"build\", using the configured security context: validating UID: user \"7\" is not in the allowed list: [1000 1001]")]
    [InlineData("", "root", "Error parsing 'uid' from image options for container \"build\", using the configured security context: failed to parse UID: strconv.ParseInt: parsing \"root\": invalid syntax")]
    [InlineData("", "99999999999999999999", "Error parsing 'uid' from image options for container \"build\", using the configured security context: failed to parse UID: strconv.ParseInt: parsing \"99999999999999999999\": value out of range")]
    [InlineData("", "-1", "Error parsing 'uid' from image options for container \"build\", using the configured security context: failed to parse UID: negative values not allowed")]
    [InlineData("", "00", "Error parsing 'uid' from image options for container \"build\", using the configured security context: validating UID: user \"00\" is not in the allowed list: []")]
    [InlineData("", "1000:0", "Error parsing 'gid' from image options for container \"build\", using the configured security context: validating GID: group \"0\" is not in the allowed list: []")]
    [InlineData("", "1000:1000:1000", "Error parsing 'gid' from image options for container \"build\", using the configured security context: failed to parse GID: strconv.ParseInt: parsing \"1000:1000\": invalid syntax")]
    [InlineData("allowed_users = [\"node\", \"1000\"]", "1000", "ignoring non-numeric user allowlist entry \"node\"")]
    [InlineData("[runners.kubernetes.build_container_security_context]\nrun_as_user = 2000", "1000", "Overriding user for container \"build\" to \"1000\" is not allowed: user is set to 2000 in container security context")]
    [InlineData("[runners.kubernetes.pod_security_context]\nrun_as_group = 0", "1000:1000", "Overriding group for container \"build\" to \"1000\" is not allowed: group is set to 0 in pod security context")]
    [InlineData("[runners.kubernetes.pod_security_context]\nrun_as_user = 5", "no\\\"de", "Overriding user for container \"build\" to \"no\\\\\\\"de\" is not allowed: user is set to 5 in pod security context")]
    public void Warnings_AreGitLabRunnersOwn(string lines, string user, string warning) =>
        ResolveIdentity.Of(Runner(lines), AskedIdentity.Of(user, null)).Warnings.ShouldHaveSingleItem().ShouldBe(warning);

    [Fact]
    public void NothingSet_TheImageDecides_WithoutAWord()
    {
        var found = ResolveIdentity.Of(Runner(""), AskedIdentity.Of(null, null));

        found.Containers.Select(one => one.Name).ShouldBe(["build", "helper", "service", "init-permissions"]);
        found.Containers.ShouldAllBe(one => one.Uid == null && one.Gid == null && one.UidFrom == "image" && one.GidFrom == "image");
        found.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void EachService_HasItsOwnUser_AndTheContextOfAll()
    {
        var found = ResolveIdentity.Of(Runner("[runners.kubernetes.service_container_security_context]\nrun_as_group = 99"), new AskedIdentity("1000", [new("postgres", "999:70"), new("redis", null), new("svc-2", "0")]));

        found.Containers.Select(one => (one.Name, one.Uid, one.Gid)).ShouldBe([("build", 1000, null), ("helper", null, null), ("postgres", 999, 99), ("redis", null, 99), ("svc-2", null, 99), ("init-permissions", null, null)]);
        found.Warnings.Count.ShouldBe(2);
    }

    [Fact]
    public void TheExampleOfTheDocumentation_IsAsItSays()
    {
        var runner = Runner("allowed_users = [\"1000\", \"1001\", \"65534\"]\n[runners.kubernetes.pod_security_context]\nrun_as_user = 1500\nrun_as_group = 1500\n[runners.kubernetes.build_container_security_context]\nrun_as_user = 2000\nrun_as_group = 2001\n[runners.kubernetes.helper_container_security_context]\nrun_as_user = 3000");

        var found = ResolveIdentity.Of(runner, AskedIdentity.Of("1000:1001", "65534"));

        found.Containers.Select(one => (one.Name, one.Uid, one.Gid, one.UidFrom)).ShouldBe(
        [
            ("build", 2000, 2001, "runners[0].kubernetes.build_container_security_context.run_as_user"),
            ("helper", 3000, 1500, "runners[0].kubernetes.helper_container_security_context.run_as_user"),
            ("service", 1500, 1500, "runners[0].kubernetes.pod_security_context.run_as_user"),
            ("init-permissions", 1500, 1500, "runners[0].kubernetes.pod_security_context.run_as_user"),
        ]);
        found.Warnings.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("environment = [\"FF_DISABLE_UMASK_FOR_KUBERNETES_EXECUTOR=true\"]", true)]
    [InlineData("environment = [\"FF_DISABLE_UMASK_FOR_KUBERNETES_EXECUTOR=0\"]", false)]
    [InlineData("feature_flags = {FF_DISABLE_UMASK_FOR_KUBERNETES_EXECUTOR = false}\nenvironment = [\"FF_DISABLE_UMASK_FOR_KUBERNETES_EXECUTOR=1\"]", false)]
    [InlineData("feature_flags = {FF_DISABLE_UMASK_FOR_KUBERNETES_EXECUTOR = true}", true)]
    public void TheCollector_RunsAsTheBuild_WhereItsFlagIsOn(string flags, bool isThere)
    {
        var found = ResolveIdentity.Of(Runner("", flags), AskedIdentity.Of("1000:5", null)).Containers;

        found.Where(one => one.Name == "init-build-uid-gid-collector").Select(one => (one.Uid, one.Gid)).ShouldBe(isThere ? [(1000, 5)] : []);
    }

    [Theory]
    [InlineData("[runners.kubernetes.pod_security_context]\nrun_as_non_root = true\nrun_as_user = 0", "run_as_non_root is true and its uid is 0")]
    [InlineData("[runners.kubernetes.pod_security_context]\nrun_as_user = -1", "refuses ids below 0")]
    [InlineData("[runners.kubernetes.pod_security_context]\nrun_as_user = \"1000\"", "no whole number")]
    public void WhatKubernetesOrTheLoaderRefuses_IsSaid(string lines, string part) =>
        ResolveIdentity.Of(Runner(lines), AskedIdentity.Of(null, null)).Warnings.ShouldContain(warning => warning.Contains(part, StringComparison.Ordinal));

    private static KubernetesSection Runner(string lines, string runner = "") =>
        KubernetesSection.Of(ConfigDocument.Read($"[[runners]]\nexecutor = \"kubernetes\"\n{runner}\n[runners.kubernetes]\n{lines}\n").Document.ShouldNotBeNull()).ShouldHaveSingleItem();
}
