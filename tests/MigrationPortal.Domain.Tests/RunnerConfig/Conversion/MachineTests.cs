using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Conversion;

public sealed class MachineTests
{
    [Fact]
    public void IdleMachines_BecomePausePods_TheBaseFirst()
    {
        var result = Machine("""
            IdleCount = 2
            IdleTime = 600
            [[runners.machine.autoscaling]]
              Periods = ["* * 9-17 * * mon-fri *", "* * * * * fri-mon *"]
              Timezone = "Europe/Berlin"
              IdleCount = 50
              IdleCountMin = 5
              IdleScaleFactor = 1.5
              IdleTime = 3600
            [[runners.machine.autoscaling]]
              Periods = ["* * * * * sat,sun *"]
              IdleCount = 0
              IdleTime = 90
            """);

        Policies(result).ShouldBe([
            "* * * * * idle 2 for 10m",
            "* 9-17 * * mon-fri Europe/Berlin idle 5 for 1h factor 1.5 at most 50",
            "* * * * sat,sun idle 0 for 1m30s",
        ]);
        result.Key("runners.machine.autoscaling[0].Periods").Mapping.ShouldBe(KeyMapping.Impossible);
        result.Key("runners.machine.autoscaling[0].IdleCountMin").Targets.ShouldBe(["kubernetes.autoscaler.policy"]);
        result.Notes.Select(note => note.Code).ShouldContain("pause-pods");
    }

    [Fact]
    public void NoIdleMachines_NoPausePods()
    {
        var result = Machine("IdleCount = 0\nIdleTime = 600");

        result.Kubernetes()["autoscaler"].ShouldBeNull();
        result.Keys.Where(key => key.Key.Contains("Idle", StringComparison.Ordinal)).ShouldAllBe(key => key.Mapping == KeyMapping.Direct);
    }

    [Fact]
    public void OlderRunners_KnowNoPausePods()
    {
        var result = Machine("IdleCount = 2\n[[runners.machine.autoscaling]]\nPeriods = [\"* * * * * * *\"]\nIdleCount = 3", new() { TargetVersion = new(18, 9) });

        result.Kubernetes()["autoscaler"].ShouldBeNull();
        result.Key("runners.machine.IdleCount").Mapping.ShouldBe(KeyMapping.Impossible);
        result.Key("runners.machine.IdleCount").Remedy.ShouldContain("18.11");
        result.Key("runners.machine.autoscaling.Periods").Mapping.ShouldBe(KeyMapping.Impossible);
    }

    [Theory]
    [InlineData("MaxBuilds = 10")]
    [InlineData("MaxGrowthRate = 2")]
    [InlineData("MaxRemovalAttempts = 2")]
    [InlineData("OffPeakPeriods = [\"* * 0-8 * * * *\"]")]
    [InlineData("OffPeakTimezone = \"UTC\"")]
    [InlineData("OffPeakIdleCount = 1")]
    [InlineData("OffPeakIdleTime = 60")]
    [InlineData("MachineName = \"x-%s\"")]
    [InlineData("MachineDriver = \"amazonec2\"")]
    public void WhatIsAboutMachines_IsDropped(string key) => Machine(key).Key($"runners.machine.{key.Split(' ')[0]}").Mapping.ShouldBe(KeyMapping.Impossible);

    [Theory]
    [InlineData("amazonec2-instance-type=m4.2xlarge", "size", "8 CPUs and 32 GiB", "memory_limit = \"29491Mi\"")]
    [InlineData("google-machine-type=n1-standard-4", "size", "4 CPUs and 15 GiB", "cpu_limit = \"3.6\"")]
    [InlineData("azure-size=Standard_D4s_v3", "size", "4 CPUs and 16 GiB", null)]
    [InlineData("digitalocean-size=s-4vcpu-8gb", "size", "4 CPUs and 8 GiB", null)]
    [InlineData("openstack-flavor-name=ci.large", "size", "Nodes like ci.large", null)]
    [InlineData("vmwarevsphere-cpu-count=4", "size", "3.6 CPUs", null)]
    [InlineData("amazonec2-request-spot-instance=true", "spot", "spot nodes", "eks.amazonaws.com/capacityType")]
    [InlineData("google-preemptible", "spot", "spot nodes", "gke-spot")]
    [InlineData("amazonec2-root-size=50", "disk", "disk", "ephemeral_storage_limit = \"50Gi\"")]
    [InlineData("vmwarevsphere-disk-size=20000", "disk", "disk", "ephemeral_storage_limit = \"20000Mi\"")]
    [InlineData("amazonec2-zone=b", "zone", "zone", "\"us-east-1b\"")]
    [InlineData("google-accelerator=count=1,type=nvidia-tesla-p4", "gpu", "device plugin", "nvidia.com/gpu")]
    [InlineData("amazonec2-iam-instance-profile=ci", "identity", "service account", "service_account")]
    [InlineData("amazonec2-security-group=ci", "network", "NetworkPolicy", null)]
    [InlineData("amazonec2-tags=team,build", "labels", "Labels", null)]
    [InlineData("amazonec2-ami=ami-123", "image", "image", null)]
    [InlineData("engine-registry-mirror=http://10.11.12.13:12345", "registry", "mirror", null)]
    public void MachineOptions_AreAWorksheet(string option, string topic, string proposal, string? toml)
    {
        var row = Machine($"MachineOptions = [\"{option}\"]").Worksheet.ShouldHaveSingleItem();

        row.Topic.ShouldBe(topic);
        row.Proposal.ShouldContain(proposal);
        if (toml is not null) row.Toml.ShouldNotBeNull().ShouldContain(toml);
    }

    [Theory]
    [InlineData("amazonec2-access-key=hidden-one")]
    [InlineData("amazonec2-secret-key=hidden-one")]
    [InlineData("amazonec2-session-token=hidden-one")]
    [InlineData("azure-client-secret=hidden-one")]
    [InlineData("openstack-password=hidden-one")]
    [InlineData("vmwarevsphere-password=hidden-one")]
    [InlineData("digitalocean-access-token=hidden-one")]
    [InlineData("engine-env=HTTP_PROXY=http://me:hidden-one@proxy")]
    public void SecretsOfMachines_AreNowhere(string option)
    {
        var result = Machine($"MachineOptions = [\"{option}\"]");

        result.Worksheet.ShouldBeEmpty();
        var told = result.Document.Render() + string.Join(' ', result.Keys) + string.Join(' ', result.Keys.SelectMany(key => key.Parts));
        told.ShouldNotContain("hidden-one");
    }

    [Theory]
    [InlineData("m5.large", 2, 8)]
    [InlineData("c5.xlarge", 4, 8)]
    [InlineData("r6i.2xlarge", 8, 64)]
    [InlineData("t3.medium", 2, 4)]
    [InlineData("n2-highmem-8", 8, 64)]
    [InlineData("e2-highcpu-4", 4, 4)]
    [InlineData("n2-custom-6-20480", 6, 20)]
    [InlineData("Standard_F8s_v2", 8, 16)]
    [InlineData("Standard_E4_v3", 4, 32)]
    [InlineData("https://www.googleapis.com/compute/v1/projects/p/zones/z/machineTypes/n1-standard-1", 1, 3.75)]
    public void Sizes_AreThoseOfTheClouds(string type, double cpus, double gib) => MachineSize.Of(type).ShouldBe(new MachineSize(cpus, gib));

    [Theory]
    [InlineData("")]
    [InlineData("ci.large")]
    [InlineData("m5.metal")]
    [InlineData("Standard_B2s")]
    [InlineData("${instance_type}")]
    public void Sizes_ThatSayTooLittle_AreNotGuessed(string type) => MachineSize.Of(type).ShouldBeNull();

    [Fact]
    public void DockerAutoscaler_KeepsItsPolicies_AndSaysWhatBoundedIt()
    {
        var result = Converted.Of("""
            [[runners]]
              executor = "docker-autoscaler"
              [runners.autoscaler]
                capacity_per_instance = 4
                max_instances = 10
                plugin = "aws"
                [runners.autoscaler.plugin_config]
                  name = "asg"
                  secret_access_key = "hidden-one"
                [runners.autoscaler.connector_config]
                  password = "hidden-one"
                [[runners.autoscaler.policy]]
                  periods = ["* 8-17 * * mon-fri"]
                  timezone = "UTC"
                  idle_count = 5
                  idle_time = "20m0s"
                  scale_factor = 1.2
                  scale_factor_limit = 20
                  preemptive_mode = true
            """);

        Policies(result).ShouldBe(["* 8-17 * * mon-fri UTC idle 5 for 20m0s factor 1.2 at most 20"]);
        result.Key("runners.autoscaler.policy.idle_count").Mapping.ShouldBe(KeyMapping.Direct);
        result.Key("runners.autoscaler.policy.preemptive_mode").Mapping.ShouldBe(KeyMapping.Impossible);
        result.Key("runners.autoscaler.max_instances").Remedy.ShouldContain("40 jobs");
        result.Worksheet[0].Proposal.ShouldContain("40");
        (result.Document.Render() + string.Join(' ', result.Worksheet)).ShouldNotContain("hidden-one");
    }

    private static ConversionResult Machine(string keys, ConversionOptions? options = null) => Converted.Of($"[[runners]]\nexecutor = \"docker+machine\"\n[runners.machine]\n{keys}\n", options);

    private static IEnumerable<string> Policies(ConversionResult result) => result.Kubernetes().Below("autoscaler")!.Tables("policy").Select(policy =>
        string.Join(' ', [.. policy.Texts("periods")!, .. policy.Text("timezone") is { } zone ? [zone] : Array.Empty<string>(), $"idle {policy.Whole("idle_count")} for {policy.Text("idle_time")}", .. policy.Number("scale_factor") is { } factor ? [$"factor {factor} at most {policy.Whole("scale_factor_limit")}"] : Array.Empty<string>()]));
}
