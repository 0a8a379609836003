using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Model;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

public sealed class RenderTests
{
    internal const string Sample = """
        concurrent = 20
        check_interval = 5
        log_level = "info"
        listen_address = ":9252"
        # ours
        [[runners]]
          name = "k8s-default"
          limit = 15
          executor = "kubernetes"
          request_concurrency = 4
          pre_build_script = "echo {{ hi }}"
          [runners.cache]
            Type = "s3"
            [runners.cache.s3]
              ServerAddress = "minio.example.org:9000"
              BucketName = "cache"
          [runners.kubernetes]
            image = "registry.example.org:5050/base/alpine:3"
            pull_policy = ["if-not-present", "always"]
            allowed_pull_policies = ["if-not-present", "always"]
            poll_timeout = 600
            cpu_request = "500m"
            cpu_limit = "2"
            memory_limit = "4Gi"
            memory_limit_overwrite_max_allowed = "8Gi"
            service_cpu_request = "100m"
            service_memory_limit = "1Gi"
            helper_cpu_request = "100m"
            helper_memory_limit = "256Mi"
        """;

    public static TheoryData<RenderForm> Forms => [.. Enum.GetValues<RenderForm>()];

    [Theory]
    [MemberData(nameof(Forms))]
    public void SameConfiguration_SameText_AndYamlThatIsRead(RenderForm form)
    {
        var rendered = Render(form);

        rendered.Text.ShouldBe(Render(form).Text);
        if (form == RenderForm.Toml) Read(rendered.Text).Runners.ShouldHaveSingleItem();
        else foreach (var file in rendered.Files) YamlImport.ReadAll(file.Text).ShouldSatisfyAllConditions(one => one.Fault.ShouldBeNull(file.Name), one => one.Documents.ShouldNotBeEmpty(file.Name));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void NoForm_HoldsASecret(RenderForm form)
    {
        var toml = Sample.Replace("name = \"k8s-default\"", "name = \"k8s-default\"\n  token = \"glrt-sosecret1234567890\"\n  url = \"https://gitlab.example.org\"", StringComparison.Ordinal);
        Render(form, toml: toml).Text.ShouldNotContain("sosecret");
    }

    [Fact]
    public void Toml_LosesNoKey_AndKeepsComments()
    {
        var text = Render(RenderForm.Toml).Text;

        Read(text).Root.IsSame(Read(Sample).Root).ShouldBeTrue();
        text.ShouldContain("# ours\n[[runners]]");
        text.ShouldContain("# Without it, a job that sets pull_policy fails.");
        Render(RenderForm.Toml, toml: text).Text.ShouldBe(text, "remarks are not written twice");
    }

    [Fact]
    public void Contract_EverySampleIsRenderedInEveryForm()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        foreach (var (name, toml) in RunnerContract.Parsable())
        {
            if (Read(toml).Runners.Count == 0) continue;
            Read(Render(RenderForm.Toml, toml: toml).Text).Root.IsSame(Read(ConfigSecrets.TakeOut(toml).Toml).Root).ShouldBeTrue(name);
            foreach (var form in Enum.GetValues<RenderForm>().Where(one => one != RenderForm.Toml))
                foreach (var file in Render(form, toml: toml).Files) YamlImport.ReadAll(file.Text).Fault.ShouldBeNull($"{name} {form} {file.Name}");
        }
    }

    [Fact]
    public void Helm_HasKeysOfTheChartOnly()
    {
        var values = YamlImport.Read(Render(RenderForm.Helm, with => with with { Replicas = 3, ManagerDisruptionBudget = true, CacheSecret = "s3access", CertificateSecret = "ca", ManagerImage = "mirror.example.org/gitlab-runner:v1" }, Sample + "\n    pod_disruption_budget = true\n    [runners.kubernetes.autoscaler]\n").Text)!;

        ChartKeys.Unknown(values).ShouldBeEmpty();
        ((YamlValue)((YamlFields)values["image"]!)["registry"]!).Text.ShouldBe("mirror.example.org");
    }

    [Fact]
    public void Helm_ChartKeys_AreThoseOfTheChart()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        var text = RunnerContract.Text("helm/chart-0.86.0-values.yaml")!;
        ChartKeys.Unknown(YamlImport.Read(text)!).ShouldBeEmpty();
        var lines = text.Split('\n').Select(line => line.TrimStart(' ', '#')).Where(line => line.Contains(':')).Select(line => line[..line.IndexOf(':')]).ToHashSet();
        // Neither stands in the values of the chart, and the chart reads it all the same.
        ChartKeys.All.Select(key => key[(key.LastIndexOf('.') + 1)..]).Except(lines).ShouldBe(["runnerRegistrationToken"]);
    }

    [Fact]
    public void Helm_TheTemplateIsOneRunner_AndBracesAreEscapedForTpl()
    {
        var config = Text(YamlImport.Read(Render(RenderForm.Helm).Text)!, "runners", "config");

        config.ShouldContain("echo {{ \"{{\" }} hi }}");
        var document = Read(config.Replace("{{ \"{{\" }}", "{{", StringComparison.Ordinal));
        document.Root.Entries.Select(entry => entry.Key).ShouldBe(["runners"]);
        document.Runners.ShouldHaveSingleItem().Below("kubernetes")!.Text("namespace").ShouldBe("ci-jobs");
    }

    [Theory]
    [InlineData("1.8.0")]
    [InlineData("1.34.0")]
    [InlineData("1.52.0")]
    public void Operator_IsTakenByTheCrd_AndNothingIsPruned(string version)
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        var crd = YamlImport.Read(RunnerContract.Text($"operator/crd-runners-{version}.yaml")!)!;
        var schema = (YamlFields)((YamlFields)((YamlFields)((YamlFields)((YamlItems)((YamlFields)crd["spec"]!)["versions"]!).Items[0].Item)["schema"]!)["openAPIV3Schema"]!)["properties"]!;
        var rendered = Render(RenderForm.Operator, with => with with { OperatorVersion = version, CacheSecret = "s3access", CertificateSecret = "ca", ManagerImage = "x/y:1" }, "connection_max_age = \"15m\"\nlog_format = \"json\"\nshutdown_timeout = 30\n" + Sample);
        var runner = YamlImport.Read(rendered.Files[^1].Text)!;

        CrdCheck.Problems((YamlFields)schema["spec"]!, runner["spec"]!, "spec").ShouldBeEmpty();
        Text(runner, "apiVersion").ShouldBe("apps.gitlab.com/v1beta2");
        if (version == "1.8.0") rendered.Notes.ShouldContain(note => note.StartsWith("spec.logLevel is left out", StringComparison.Ordinal));
        else Text(runner, "spec", "logLevel").ShouldBe("info");
    }

    [Fact]
    public void Operator_FieldsAreThoseOfTheCrds()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        foreach (var version in new[] { "1.8.0", "1.34.0", "1.52.0" })
        {
            var crd = YamlImport.Read(RunnerContract.Text($"operator/crd-runners-{version}.yaml")!)!;
            var versions = (YamlItems)((YamlFields)crd["spec"]!)["versions"]!;
            var spec = (YamlFields)((YamlFields)((YamlFields)((YamlFields)((YamlFields)versions.Items[0].Item)["schema"]!)["openAPIV3Schema"]!)["properties"]!)["spec"]!;
            var fields = ((YamlFields)spec["properties"]!).Fields.Select(field => field.Key).ToList();
            OperatorFields.All.Where(field => OperatorFields.IsKept(field, Version.Parse(version))).ShouldBe(fields, ignoreOrder: true, version);
        }
    }

    [Fact]
    public void Operator_NamesConfigMapAndSecret_AndHoldsNoToml()
    {
        var rendered = Render(RenderForm.Operator);
        var map = YamlImport.Read(rendered.Files[0].Text)!;
        var runner = YamlImport.Read(rendered.Files[^1].Text)!;

        Text(runner, "spec", "config").ShouldBe(Text(map, "metadata", "name"));
        Text(map, "metadata", "namespace").ShouldBe(Text(runner, "metadata", "namespace"));
        Read(Text(map, "data", "config.toml")).Runners.ShouldHaveSingleItem();
        Text(runner, "spec", "token").ShouldBe("gitlab-runner-token");
        rendered.Files[^1].Text.ShouldContain("--from-file=runner-token");
        rendered.Files[^1].Text.ShouldNotContain("runner-registration-token=");
        var environment = (YamlFields)YamlImport.Read(rendered.Files[1].Text)!["data"]!;
        environment.Fields.Select(field => field.Key).ShouldBe(["RUNNER_REQUEST_CONCURRENCY", "KUBERNETES_POLL_TIMEOUT", "RUNNER_NAME"]);
    }

    [Theory]
    [InlineData("ci-jobs", true, true)]
    [InlineData("ci-jobs", false, true)]
    [InlineData("gitlab-runner", true, false)]
    public void NetworkPolicy_TakesJobPods_AndNeverTheManager(string jobs, bool isDedicated, bool takesAll)
    {
        var policy = YamlImport.Read(Render(RenderForm.NetworkPolicy, with => with with { JobNamespace = jobs, JobNamespaceIsDedicated = isDedicated }).Text)!;
        var selector = (YamlFields)((YamlFields)policy["spec"]!)["podSelector"]!;

        Text(policy, "metadata", "namespace").ShouldBe(jobs);
        (selector.Fields.Count == 0).ShouldBe(takesAll && isDedicated);
        Takes(selector, JobPodLabels).ShouldBeTrue();
        if (jobs == "gitlab-runner") Takes(selector, new Dictionary<string, string> { ["app.kubernetes.io/name"] = "gitlab-runner" }).ShouldBeFalse();
    }

    [Fact]
    public void NetworkPolicy_LetsOutWhatJobsNeed_AndNotTheMetadata()
    {
        var text = Render(RenderForm.NetworkPolicy, with => with with { EgressPorts = [22, 80], BlockedRanges = ["10.96.0.0/12"], Egress = [new("LDAP", "10.1.0.0/16", null, [636])] }).Text;
        var policy = (YamlFields)YamlImport.Read(text)!["spec"]!;
        var egress = ((YamlItems)policy["egress"]!).Items.Select(one => (YamlFields)one.Item).ToList();

        ((YamlItems)policy["ingress"]!).Items.ShouldBeEmpty();
        Ports(egress[0]).ShouldBe(["53", "53"]);
        Ports(egress[1]).ShouldBe(["22", "80", "443", "5050", "8443", "9000"]);
        text.ShouldContain("except: [\"169.254.169.254/32\", \"10.96.0.0/12\"]");
        Ports(egress[2]).ShouldBe(["636"]);
        text.ShouldContain("# LDAP");
    }

    [Theory]
    [InlineData("", new[] { "pods", "pods/attach", "pods/exec", "pods/log", "secrets", "services", "serviceaccounts", "events" })]
    [InlineData("    print_pod_warning_events = false\n", new[] { "pods", "pods/attach", "pods/exec", "pods/log", "secrets", "services", "serviceaccounts" })]
    [InlineData("    pod_disruption_budget = true\n", new[] { "pods", "pods/attach", "pods/exec", "pods/log", "secrets", "services", "serviceaccounts", "events", "poddisruptionbudgets" })]
    [InlineData("    [runners.kubernetes.autoscaler]\n", new[] { "pods", "pods/attach", "pods/exec", "pods/log", "secrets", "services", "serviceaccounts", "events", "deployments", "priorityclasses" })]
    [InlineData("    namespace_per_job = true\n", new[] { "pods", "pods/attach", "pods/exec", "pods/log", "secrets", "services", "serviceaccounts", "events", "namespaces" })]
    [InlineData("  [runners.feature_flags]\n    FF_USE_LEGACY_KUBERNETES_EXECUTION_STRATEGY = true\n", new[] { "pods", "pods/exec", "pods/log", "secrets", "services", "serviceaccounts", "events" })]
    public void Rbac_IsWhatTheConfigurationNeeds(string more, string[] resources)
    {
        var documents = YamlImport.ReadAll(Render(RenderForm.Rbac, toml: Sample + "\n" + more).Text).Documents;
        var roles = documents.Where(one => Text(one, "kind") is "Role" or "ClusterRole").ToList();
        var granted = roles.SelectMany(role => ((YamlItems)role["rules"]!).Items).Select(rule => (YamlFields)rule.Item).ToList();

        granted.SelectMany(rule => Texts(rule["resources"]!)).ShouldBe(resources);
        documents.Where(one => Text(one, "kind").EndsWith("Binding", StringComparison.Ordinal)).Count().ShouldBe(roles.Count);
        (documents.Any(one => Text(one, "kind") == "Role") ^ more.Contains("namespace_per_job", StringComparison.Ordinal)).ShouldBeTrue();
        if (RunnerContract.Folder is null) return;
        var all = ((YamlItems)YamlImport.Read(RunnerContract.Text("rbac/runner-manager-role-19.4.yaml")!)!["rules"]!).Items.Select(rule => (YamlFields)rule.Item).ToDictionary(rule => Texts(rule["resources"]!)[0], rule => Texts(rule["verbs"]!));
        foreach (var rule in granted) Texts(rule["verbs"]!).Except(all[Texts(rule["resources"]!)[0]]).ShouldBeEmpty();
    }

    [Fact]
    public void Quota_IsJobsTimesTheSumOfContainers()
    {
        var rendered = Render(RenderForm.Quota, with => with with { Replicas = 2, ServicesPerJob = 2, PodSecurity = PodSecurityLevel.Restricted });
        var quota = (YamlFields)((YamlFields)YamlImport.Read(rendered.Files[1].Text)!["spec"]!)["hard"]!;

        // 2 managers x limit 15; each 500m + 100m + 2 x 100m, and 4Gi + 256Mi + 2 x 1Gi.
        ((YamlValue)quota["pods"]!).Text.ShouldBe("30");
        ((YamlValue)quota["requests.cpu"]!).Text.ShouldBe("24");
        ((YamlValue)quota["limits.memory"]!).Text.ShouldBe("192000Mi");
        quota["limits.cpu"].ShouldBeNull("services and helper have no limit");
        rendered.Notes.ShouldContain(note => note.StartsWith("limits.cpu is not bounded", StringComparison.Ordinal));
        rendered.Files[0].Text.ShouldContain("pod-security.kubernetes.io/enforce: restricted");
    }

    [Fact]
    public void Manifests_StandByThemselves()
    {
        var rendered = Render(RenderForm.Manifests, with => with with { Replicas = 2, ManagerDisruptionBudget = true });
        var documents = YamlImport.ReadAll(rendered.Text).Documents;
        documents.Select(one => Text(one, "kind")).ShouldBe(["Namespace", "Namespace", "ServiceAccount", "Role", "RoleBinding", "ConfigMap", "Deployment", "PodDisruptionBudget", "NetworkPolicy"]);
        var deployment = documents.Single(one => Text(one, "kind") == "Deployment");
        var pod = (YamlFields)((YamlFields)((YamlFields)deployment["spec"]!)["template"]!)["spec"]!;
        Text(pod, "terminationGracePeriodSeconds").ShouldBe("7500");
        Text(pod, "serviceAccountName").ShouldBe("gitlab-runner");
        var container = (YamlFields)((YamlItems)pod["containers"]!).Items[0].Item;
        Text(container, "image").ShouldBe("registry.gitlab.com/gitlab-org/gitlab-runner:alpine-v19.3.0");
        var config = documents.Single(one => Text(one, "kind") == "ConfigMap");
        Read(Text(config, "data", "config.toml")).Root.Entries.Select(entry => entry.Key).ShouldBe(["concurrent", "check_interval", "log_level", "listen_address"]);
        Text(config, "data", "start.sh").ShouldContain("gitlab-runner register");

        var changed = Render(RenderForm.Manifests, with => with with { Replicas = 2 }, Sample.Replace("alpine:3", "alpine:4", StringComparison.Ordinal)).Text;
        changed.ShouldNotContain(Text((YamlFields)((YamlFields)((YamlFields)deployment["spec"]!)["template"]!)["metadata"]!, "annotations", "checksum/config"));
    }

    [Fact]
    public void NoRunner_OrBrokenToml_IsRefused()
    {
        RenderConfiguration.Run(new(DeploymentKind.Helm, "concurrent = 1", new Version(19, 3, 0), new()), RenderForm.Toml).ShouldBeOfType<Outcome<Rendered>.Refused>().Refusal.Code.ShouldBe("invalid-configuration");
        RenderConfiguration.Run(new(DeploymentKind.Helm, "[[runners", new Version(19, 3, 0), new()), RenderForm.Helm).ShouldBeOfType<Outcome<Rendered>.Refused>().Refusal.Reasons[0].ShouldStartWith("config.toml, line 1");
    }

    internal static Rendered Render(RenderForm form, Func<DeploymentSettings, DeploymentSettings>? with = null, string toml = Sample) =>
        RenderConfiguration.Run(new(DeploymentKind.Helm, toml, new Version(19, 3, 0), (with ?? (one => one))(new DeploymentSettings { GitLabUrl = "https://gitlab.example.org:8443" })), form).ShouldBeOfType<Outcome<Rendered>.Done>().Result;

    private static ConfigDocument Read(string toml) => ConfigDocument.Read(toml).Document.ShouldNotBeNull();

    private static string Text(YamlFields fields, params string[] path) => ((YamlValue)path[..^1].Aggregate(fields, (at, key) => (YamlFields)at[key]!)[path[^1]]!).Text;

    private static List<string> Texts(YamlPart items) => [.. ((YamlItems)items).Items.Select(one => ((YamlValue)one.Item).Text)];

    private static IEnumerable<string> Ports(YamlFields rule) => ((YamlItems)rule["ports"]!).Items.Select(port => ((YamlValue)((YamlFields)port.Item)["port"]!).Text);

    private static bool Takes(YamlFields selector, IReadOnlyDictionary<string, string> labels) =>
        ((selector["matchLabels"] as YamlFields)?.Fields.All(one => labels.GetValueOrDefault(one.Key) == ((YamlValue)one.Value).Text) ?? true)
        && ((selector["matchExpressions"] as YamlItems)?.Items.All(one => Text((YamlFields)one.Item, "operator") == "Exists" && labels.ContainsKey(Text((YamlFields)one.Item, "key"))) ?? true);

    private static IReadOnlyDictionary<string, string> JobPodLabels => RunnerContract.Folder is null
        ? new Dictionary<string, string> { ["job.runner.gitlab.com/pod"] = "runner-x-project-1-concurrent-0" }
        : ((YamlFields)((YamlFields)YamlImport.Read(RunnerContract.Text("pods/job-pod.synthetic.yaml")!)!["metadata"]!)["labels"]!).Fields.ToDictionary(one => one.Key, one => ((YamlValue)one.Value).Text);
}
