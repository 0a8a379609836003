using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Conversion;
using MigrationPortal.Domain.RunnerConfig.Imports;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

/// <summary>From a text to every form and back to a judgement: no key is lost, nothing breaks, and the forms are of their kind.</summary>
public sealed class WholeWayTests
{
    private static readonly RunnerConfiguration Default = new(DeploymentKind.Manifests, "", new Version(19, 3, 0), new DeploymentSettings());

    private static readonly string[] Odd =
    [
        "﻿concurrent = 1\r\n[[runners]]\r\n  name = \"bom and crlf\"\r\n  executor = \"kubernetes\"\r\n",
        "\t[[runners]]\n\texecutor = \"kubernetes\"\n\t[runners.kubernetes]\n\t\timage\t=\t\"a\" # tab\n",
        "[[runners]]\nexecutor = \"kubernetes\"\nkubernetes.image = \"a\"\nkubernetes.pod_labels.\"a.b/c\" = \"d\"\nkubernetes.\"node_selector\".'x' = \"y\"\n",
        "runners = [{executor = \"kubernetes\", kubernetes = {image = \"a\", services = [{name = \"r\", alias = \"r\"}, {name = \"p\"}]}}]\n",
        "[[runners]]\nexecutor = \"kubernetes\"\ntoken_obtained_at = 2024-01-02T03:04:05.678Z\ntoken_expires_at = 0001-01-01T00:00:00Z\nid = 9223372036854775807\nlimit = 0x10\noutput_limit = 1_000\n",
        "[[runners]]\nexecutor = \"kubernetes\"\n[runners.kubernetes.pod_annotations]\n\"ключ\" = \"значение\"\n\"\" = \"empty\"\n\"a b\" = \"\\u0001\\t\\\"\"\n",
        "[[runners]]\nname = \"one\"\nexecutor = \"kubernetes\"\n[[runners]]\nname = \"two\"\nexecutor = \"docker\"\n[runners.docker]\nimage = \"a\"\n[[runners]]\nname = \"three\"\nexecutor = \"shell\"\n",
        "[[runners]]\nexecutor = \"docker+machine\"\n[runners.docker]\nimage = \"a\"\nvolumes = [\"/cache\", \"/var/run/docker.sock:/var/run/docker.sock\"]\n[runners.machine]\nIdleCount = 2\nIdleTime = 600\nMachineDriver = \"amazonec2\"\nMachineName = \"m-%s\"\nMachineOptions = [\"amazonec2-instance-type=m5.xlarge\", \"amazonec2-secret-key=abc\", \"odd\"]\n[[runners.machine.autoscaling]]\nPeriods = [\"* * 9-17 * * mon-fri *\", \"nonsense\"]\nIdleCount = 5\nTimezone = \"UTC\"\n",
        "[[runners]]\nexecutor = \"docker-autoscaler\"\n[runners.docker]\nimage = \"a\"\n[runners.autoscaler]\nplugin = \"fleeting-plugin-aws\"\ncapacity_per_instance = 2\nmax_instances = 10\n[runners.autoscaler.plugin_config]\nname = \"asg\"\nnested = {a = [1, 2, {b = \"c\"}]}\n[runners.autoscaler.connector_config]\nusername = \"u\"\n[[runners.autoscaler.policy]]\nperiods = [\"* * * * *\"]\nidle_count = 1\nidle_time = \"20m0s\"\nscale_factor = 0.5\npreemptive_mode = true\n",
        "[[runners]]\nexecutor = \"instance\"\n[runners.instance]\nallowed_images = [\".*\"]\n[runners.autoscaler]\nplugin = \"p\"\n",
        "[runners]\nexecutor = \"kubernetes\"\n[runners.kubernetes]\nimage = \"a\"\n",
        "[[runners]]\nexecutor = \"kubernetes\"\n[runners.kubernetes]\nimage = \"a\"\nhelper_image = 5\nvolumes = \"odd\"\npod_security_context = [1]\nservices = {name = \"x\"}\nnode_tolerations = {\"\" = \"\"}\ncpu_limit = 2\n",
        "[[runners]]\nexecutor = \"kubernetes\"\npre_build_script = '''\necho {{ a }}\n'''\npost_build_script = \"a\\n'''\\n\"\n[runners.kubernetes]\nimage = \"a\"\n",
        "[[runners]]\nexecutor = \"kubernetes\"\nLIMIT = 3\nlimit = 4\n[runners.Kubernetes]\nImage = \"a\"\n",
        "[[runners]]\nexecutor = \"kubernetes\"\n[runners.kubernetes]\nimage = \"a\"\n[[runners.kubernetes.pod_spec]]\nname = \"x\"\npatch_type = \"json\"\npatch = \"[{\\\"op\\\": \\\"add\\\", \\\"path\\\": \\\"/hostUsers\\\", \\\"value\\\": false}]\"\n[[runners.kubernetes.pod_spec]]\npatch = \"a: &a [*a]\"\n",
        "listen_address = \"[::]:9252\"\nconnection_max_age = \"-1s\"\n[labels]\nenv = \"prod\"\n[session_server]\nsession_timeout = 1800\n[experimental.usage_logger]\nenabled = true\n[[runners]]\nexecutor = \"kubernetes\"\n[runners.monitoring]\n[[runners.monitoring.job_queuing_durations]]\nperiods = [\"* * * * *\"]\nthreshold = \"1m\"\n",
        "x = [ [1, 2], [\"a\", [true]], [] ]\ny = {}\nz = nan\nw = -inf\nv = 07:32:00\nu = 1979-05-27\n[[runners]]\nexecutor = \"kubernetes\"\n",
    ];

    public static TheoryData<int> Places => [.. Enumerable.Range(0, Odd.Length)];

    [Theory]
    [MemberData(nameof(Places))]
    public void OddTexts(int place) => Walk($"odd {place}", Odd[place]);

    [Fact]
    public void Contract_EverySample()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        foreach (var (name, toml) in RunnerContract.Parsable()) Walk(name, toml);
    }

    [Theory]
    [InlineData("[[runners]]\nlimit = 99999999999999999999\n")]
    [InlineData("[[runners]]\nname = \"a\"\nname = \"b\"\n")]
    [InlineData("[[runners]]\nname = \"a\n")]
    [InlineData("[a]\n[a]\n")]
    [InlineData("runners = []\n[[runners]]\n")]
    [InlineData("a = 1\n[a.b]\n")]
    [InlineData("\0")]
    public void WhatIsNoToml_IsRefusedWithALine(string toml)
    {
        var faults = ConfigDocument.Read(toml).Faults;
        faults.ShouldNotBeEmpty();
        faults[0].Line.ShouldBeGreaterThan(0);
        RenderConfiguration.Judge(Default with { Toml = toml }).ShouldHaveSingleItem().Code.ShouldBe("syntax");
    }

    private static void Walk(string name, string text)
    {
        var imported = ImportConfiguration.Read(text, Default);
        if (imported is not Outcome<Imported>.Done { Result: var done }) return;
        var content = done.Content with { Toml = ConfigSecrets.TakeOut(done.Content.Toml).Toml };
        _ = RenderConfiguration.Judge(content);
        var document = ConfigDocument.Read(content.Toml).Document.ShouldNotBeNull(name);
        if (ConvertConfig.Of(document, ConversionOptions.Default) is Outcome<ConversionResult>.Done { Result: var converted }) ConfigDocument.Read(converted.Document.Render()).Faults.ShouldBeEmpty(name);
        if (document.Runners.Count == 0) return;
        foreach (var form in Enum.GetValues<RenderForm>())
        {
            var rendered = RenderConfiguration.Run(content, form).ShouldBeOfType<Outcome<Rendered>.Done>($"{name} {form}").Result;
            if (form == RenderForm.Toml)
            {
                var again = ConfigDocument.Read(rendered.Text).Document.ShouldNotBeNull(name);
                Keys(again).ShouldBe(Keys(document), name);
                continue;
            }

            foreach (var file in rendered.Files) YamlImport.ReadAll(file.Text).Fault.ShouldBeNull($"{name} {form}");
            if (form is not (RenderForm.Helm or RenderForm.Operator)) continue;
            var back = ImportConfiguration.Read(rendered.Text, content).ShouldBeOfType<Outcome<Imported>.Done>($"{name} {form}").Result;
            ConfigDocument.Read(back.Content.Toml).Document.ShouldNotBeNull(name);
            _ = RenderConfiguration.Judge(back.Content);
        }
    }

    private static IEnumerable<string> Keys(ConfigDocument document) => KeyWalk.Of(document).Select(use => use.Path).Order(StringComparer.Ordinal);
}
