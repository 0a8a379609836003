using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Profiles;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.RunnerConfig.Secrets;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

/// <summary>Snippets that circulate and silently do nothing: none of them comes out of any form of any profile.</summary>
public sealed class WrongSnippetsTests
{
    [Theory]
    [InlineData("podsecuritycontext")]
    [InlineData("buildcontainersecuritycontext")]
    [InlineData("helpercontainersecuritycontext")]
    [InlineData("servicecontainersecuritycontext")]
    [InlineData("runasuser ")]
    [InlineData("runas_group")]
    [InlineData("secret_name")]
    [InlineData("volumes.projected")]
    [InlineData("items = [")]
    [InlineData("app: gitlab-runner-job")]
    [InlineData("config: |\n    [[runners]]\n", RenderForm.Operator)]
    [InlineData("runner-registration-token", RenderForm.Operator)]
    [InlineData("runner-registration-token", RenderForm.Manifests)]
    [InlineData("gitlab/gitlab-runner-operator")]
    [InlineData("runnerRegistrationToken:")]
    [InlineData("runnerToken:")]
    [InlineData("cluster-admin")]
    [InlineData("verbs: [\"*\"]")]
    public void NeverComesOut(string snippet, RenderForm? only = null)
    {
        foreach (var (name, text) in Outputs(only)) text.ShouldNotContain(snippet, Case.Sensitive, name);
    }

    [Fact]
    public void EveryTomlThatComesOut_HasOnlyKeysThatTheTargetReads()
    {
        foreach (var (name, toml) in Tomls())
            foreach (var use in KeyWalk.Of(ConfigDocument.Read(toml).Document.ShouldNotBeNull(name)))
            {
                use.IsUnknown.ShouldBeFalse($"{name}: {use.Path}");
                use.Key?.IsReadBy(new Version(19, 3, 0)).ShouldBeTrue($"{name}: {use.Path}");
            }
    }

    private static IEnumerable<(string Name, string Text)> Outputs(RenderForm? only) =>
        from profile in Contents()
        from form in Enum.GetValues<RenderForm>()
        where only is null || only == form
        select ($"{profile.Name} {form}", RenderTests.Render(form, profile.Change, profile.Toml).Text);

    private static IEnumerable<(string Name, string Toml)> Tomls() => Contents().Select(one => (one.Name, RenderTests.Render(RenderForm.Toml, one.Change, one.Toml).Text));

    private static IEnumerable<(string Name, string Toml, Func<DeploymentSettings, DeploymentSettings> Change)> Contents()
    {
        foreach (var profile in StartingProfiles.All)
        {
            yield return (profile.Key, profile.Toml, profile.Change);
            foreach (var form in Enum.GetValues<SecretForm>())
            {
                var document = ConfigDocument.Read(profile.Toml).Document!;
                SecretMounts.Write(document.Runners[0], new("/credentials", [new("docker-config", "config.json", "docker/config.json"), new("npm-config", "npmrc", "npm/.npmrc")], false, true), form);
                yield return ($"{profile.Key} with {form}", document.Render(), profile.Change);
            }
        }
    }
}
