using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Checks;

/// <summary>The list of codes: each is found by something, and each says what it means.</summary>
public sealed class EveryCodeTests
{
    private const string Runner = "[[runners]]\n";
    private const string Kubernetes = "[[runners]]\nexecutor = \"kubernetes\"\n[runners.kubernetes]\n";

    private static readonly Dictionary<string, string> Samples = new()
    {
        [CheckCodes.Syntax] = "[[runners",
        [CheckCodes.UnknownKey] = Runner + "buids_dir = \"/x\"",
        [CheckCodes.WrongSection] = Runner + "privileged = true",
        [CheckCodes.RemovedKey] = Runner + "pre_clone_script = \"x\"",
        [CheckCodes.NotReleased] = Kubernetes + "suspend_pvc_size = \"1Gi\"",
        [CheckCodes.WrongType] = Kubernetes + "poll_timeout = \"5\"",
        [CheckCodes.BadValue] = Runner + "shell = \"fish\"",
        [CheckCodes.BadQuantity] = Kubernetes + "memory_limit = \"512m\"",
        [CheckCodes.RequestAboveLimit] = Kubernetes + "cpu_limit = \"1\"\ncpu_request = \"2\"",
        [CheckCodes.AboveOverwriteMax] = Kubernetes + "cpu_limit = \"2\"\ncpu_limit_overwrite_max_allowed = \"1\"",
        [CheckCodes.MissingLimit] = Kubernetes,
        [CheckCodes.HelperMemory] = Kubernetes + "helper_memory_limit = \"128Mi\"",
        [CheckCodes.ShortPollTimeout] = Kubernetes,
        [CheckCodes.NoAvailabilityCheck] = Kubernetes + "image_pull_secrets = [\"x\"]",
        [CheckCodes.BadPattern] = Kubernetes + "namespace_overwrite_allowed = \"(\"",
        [CheckCodes.UnanchoredPattern] = Kubernetes + "namespace_overwrite_allowed = \"ci\"",
        [CheckCodes.OpenOverwrite] = Kubernetes + "namespace_overwrite_allowed = \".*\"",
        [CheckCodes.BadLabel] = Kubernetes + "pod_labels = {\"-a\" = \"x\"}",
        [CheckCodes.ReservedLabel] = Kubernetes + "pod_labels = {\"runner.gitlab.com/x\" = \"x\"}",
        [CheckCodes.BadVolume] = Kubernetes + "volumes = {empty_dir = [{name = \"a_b\", mount_path = \"/a\"}]}",
        [CheckCodes.DuplicateVolume] = Kubernetes + "volumes = {empty_dir = [{name = \"a\", mount_path = \"/a\"}, {name = \"a\", mount_path = \"/b\"}]}",
        [CheckCodes.ReservedVolume] = Kubernetes + "volumes = {empty_dir = [{name = \"logs\", mount_path = \"/a\"}]}",
        [CheckCodes.DeadAllowlist] = Kubernetes + "allowed_users = [\"1\"]\npod_security_context = {run_as_user = 5}",
        [CheckCodes.BadAllowlist] = Kubernetes + "allowed_users = [\"node\"]",
        [CheckCodes.RootAllowed] = Kubernetes + "allowed_users = [\"0\"]",
        [CheckCodes.RootPossible] = Kubernetes,
        [CheckCodes.NonRootConflict] = Kubernetes + "pod_security_context = {run_as_user = 0, run_as_non_root = true}",
        [CheckCodes.CapabilityTrap] = Kubernetes + "build_container_security_context = {capabilities = {add = [\"NET_RAW\"]}}",
        [CheckCodes.UnsafeProfile] = Kubernetes + "privileged = true",
        [CheckCodes.PodSpecOff] = Kubernetes + "pod_spec = [{patch = \"hostUsers: false\"}]",
        [CheckCodes.BadPodSpec] = Kubernetes + "pod_spec = [{}]",
        [CheckCodes.PodSpecDefeatsPolicy] = Kubernetes + "pod_spec = [{patch = \"hostNetwork: true\"}]",
        [CheckCodes.PodSecurityRefuses] = Kubernetes + "privileged = true",
        [CheckCodes.NoNetworkPolicy] = Kubernetes,
        [CheckCodes.PullPolicy] = Kubernetes,
        [CheckCodes.MissingImage] = Kubernetes,
        [CheckCodes.MissingNamespace] = Kubernetes,
        [CheckCodes.MissingCache] = Kubernetes,
        [CheckCodes.BadCache] = Runner + "cache = {Type = \"s3\"}",
        [CheckCodes.BadSchedule] = Kubernetes + "autoscaler = {policy = [{periods = [\"x\"]}]}",
        [CheckCodes.NeedsRights] = Kubernetes + "pod_disruption_budget = true",
        [CheckCodes.NoBootVerify] = Kubernetes,
        [CheckCodes.MissingKey] = Runner + "url = \"https://gitlab.example.com\"",
        [CheckCodes.Template] = Runner,
        [CheckCodes.NoRunners] = "concurrent = 1",
        [CheckCodes.SharedToken] = Runner + "token = \"$T\"\n" + Runner + "token = \"$T\"",
        [CheckCodes.UnusedSection] = Runner + "executor = \"shell\"\n[runners.docker]",
        [CheckCodes.DeprecatedExecutor] = Runner + "executor = \"docker+machine\"",
        [CheckCodes.NoMetrics] = "[[runners]]\nurl = \"https://gitlab.example.com\"\nexecutor = \"kubernetes\"",
        [CheckCodes.SecretInClear] = Runner + "token = \"glrt-something\"",
        [CheckCodes.NotExpanded] = Runner + "cache = {s3 = {SecretKey = \"$KEY\"}}",
        [CheckCodes.HelmTemplate] = Runner + "name = \"{{ .Values.name }}\"",
        [CheckCodes.UnknownFlag] = Runner + "feature_flags = {FF_NOTHING_LIKE_IT = true}",
        [CheckCodes.BadAlias] = Kubernetes + "services = [{name = \"x\", alias = \"a_b\"}]",
        [CheckCodes.PortClash] = Kubernetes + "services = [{name = \"mysql\"}, {name = \"mariadb\"}]",
        [CheckCodes.Windows] = Kubernetes + "node_selector = {\"kubernetes.io/os\" = \"windows\"}",
        [CheckCodes.HelperSkew] = Kubernetes + "helper_image = \"h:x86_64-latest\"",
        [CheckCodes.TooNew] = Kubernetes + "pod_cpu_limit = \"1\"",
    };

    [Fact]
    public void EveryCode_IsFound()
    {
        Samples.Keys.Order().ShouldBe(CheckCodes.All.Select(code => code.Code).Order());
        foreach (var (code, toml) in Samples)
        {
            var facts = new JobNamespaceFacts { PodSecurity = PodSecurityLevel.Restricted };
            ValidateConfig.Of(toml, code == CheckCodes.TooNew ? new Version(18, 0) : null, facts).ShouldContain(found => found.Code == code, code);
        }
    }

    [Fact]
    public void EveryCode_IsKebabCase_AndSaysWhatItMeans()
    {
        CheckCodes.All.Select(code => code.Code).ShouldBeUnique();
        CheckCodes.All.ShouldAllBe(code => code.Code.All(c => char.IsAsciiLetterLower(c) || c == '-') && code.Means.EndsWith('.'));
    }
}
