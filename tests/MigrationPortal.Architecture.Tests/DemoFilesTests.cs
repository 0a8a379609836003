using System.Text.RegularExpressions;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Simulator;
using MigrationPortal.Testing;
using YamlDotNet.RepresentationModel;

namespace MigrationPortal.Architecture.Tests;

/// <summary>The demo exists as a script and as containers: both must say the same, in words that the programs read.</summary>
public sealed partial class DemoFilesTests
{
    private static readonly string Script = File.ReadAllText(Repository.PathOf("demo.sh"));
    private static readonly string Dockerfile = File.ReadAllText(Repository.PathOf("Dockerfile"));
    private static readonly YamlMappingNode Services = ReadServices();

    [Fact]
    public void Settings_OfScriptAndCompose_AreTheSame()
    {
        var inScript = SettingForm().Matches(Script).Select(match => match.Value).ToHashSet();
        var inCompose = ServiceNames().SelectMany(EnvironmentOf).Where(name => SettingForm().IsMatch(name)).ToHashSet();

        inScript.Count.ShouldBeGreaterThan(15);
        inCompose.Order().ShouldBe(inScript.Order());
    }

    [Fact]
    public void GitLabSettings_AllOfThem_AreReadByThePortal()
    {
        var known = typeof(GitLabInstanceOptions).GetProperties().Select(property => property.Name).ToHashSet();

        var used = InstanceSettingForm().Matches(Script).Select(match => match.Groups["key"].Value).ToHashSet();

        used.ShouldNotBeEmpty();
        used.ShouldBeSubsetOf(known);
    }

    [Fact]
    public void SimulatorSettings_AllOfThem_AreReadByTheSimulator()
    {
        var known = typeof(SimulatorSettings).GetProperties().Select(property => property.Name)
            .Concat(typeof(OAuthSettings).GetProperties().Select(property => $"OAuth__{property.Name}"))
            .ToHashSet();

        var used = SimulatorSettingForm().Matches(Script).Select(match => match.Groups["key"].Value).ToHashSet();

        used.ShouldNotBeEmpty();
        used.ShouldBeSubsetOf(known);
    }

    [Fact]
    public void BuildTargets_OfCompose_AreStagesOfTheDockerfileThatRunAsNobodySpecial()
    {
        foreach (var name in ServiceNames().Where(name => Of(name).Children.ContainsKey("build")))
        {
            var target = ((YamlScalarNode)((YamlMappingNode)Of(name)["build"])["target"]).Value!;
            var stage = Regex.Match(Dockerfile, $@"^FROM \S+ AS {target}\n(?<body>(?:(?!FROM ).*\n)*)", RegexOptions.Multiline);

            stage.Success.ShouldBeTrue($"docker-compose.yml builds {target}");
            stage.Groups["body"].Value.ShouldContain("USER $APP_UID");
        }
    }

    [Fact]
    public void Ports_OfCompose_AreOpenOnThisMachineOnly()
    {
        var ports = ServiceNames().Select(Of)
            .Where(service => service.Children.ContainsKey("ports"))
            .SelectMany(service => ((YamlSequenceNode)service["ports"]).Select(port => port.ToString()))
            .ToArray();

        ports.ShouldNotBeEmpty();
        ports.ShouldAllBe(port => port.StartsWith("127.0.0.1:"));
    }

    private static YamlMappingNode ReadServices()
    {
        var yaml = new YamlStream();
        using var file = File.OpenText(Repository.PathOf("docker-compose.yml"));
        yaml.Load(file);
        return (YamlMappingNode)yaml.Documents[0].RootNode["services"];
    }

    private static IEnumerable<string> ServiceNames() => Services.Children.Keys.Select(key => key.ToString());

    private static YamlMappingNode Of(string service) => (YamlMappingNode)Services[service];

    private static IEnumerable<string> EnvironmentOf(string service) =>
        ((YamlMappingNode)Of(service)["environment"]).Children.Keys.Select(key => key.ToString());

    [GeneratedRegex("^(ConnectionStrings|Portal|Simulator)__[A-Za-z0-9_]+", RegexOptions.Multiline)]
    private static partial Regex SettingForm();

    [GeneratedRegex("^Portal__GitLab__Instances__[0-9]__(?<key>[A-Za-z]+)=", RegexOptions.Multiline)]
    private static partial Regex InstanceSettingForm();

    [GeneratedRegex("^Simulator__(?<key>[A-Za-z_]+)=", RegexOptions.Multiline)]
    private static partial Regex SimulatorSettingForm();
}
