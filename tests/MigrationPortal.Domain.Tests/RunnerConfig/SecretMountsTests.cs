using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Model;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.RunnerConfig.Secrets;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

public sealed class SecretMountsTests
{
    private const string Plain = "[[runners]]\n  executor = \"kubernetes\"\n  [runners.kubernetes]\n    image = \"alpine\"\n";
    private const string Mounted = Plain + "    [[runners.kubernetes.volumes.secret]]\n      name = \"a\"\n      mount_path = \"/old\"\n";

    [Theory]
    [InlineData(Plain, "a/k/p a/l/q", false, false, SecretForm.OneVolume)]
    [InlineData(Plain, "a/k/p a/l/q", false, true, SecretForm.OneVolume)]
    [InlineData(Plain, "a/k/p b/l/q", true, true, SecretForm.VolumeEach)]
    [InlineData(Plain, "a/k/p b/l/q", false, false, SecretForm.FileEach)]
    [InlineData(Plain, "a/k/p b/l/q", false, true, SecretForm.Projected)]
    [InlineData(Plain, "a/k/p a/m/r b/l/q", false, false, SecretForm.Projected)]
    [InlineData(Plain, "a.b/k/p", false, false, SecretForm.Projected)]
    [InlineData(Plain, "repo/k/p", false, false, SecretForm.Projected)]
    [InlineData(Mounted, "a/k/p", false, false, SecretForm.Projected)]
    public void Form_IsTheOneThatTheRunnerCanDo(string toml, string files, bool apart, bool follows, SecretForm form)
    {
        var document = Read(toml);
        var wish = Wish(files, apart, follows);

        var plan = SecretMounts.Choose(document.Runners[0], wish).ShouldBeOfType<Outcome<SecretPlan>.Done>().Result;
        plan.Form.ShouldBe(form);
        if (form is SecretForm.Projected or SecretForm.FileEach) plan.Cautions.ShouldNotBeEmpty();

        SecretMounts.Write(document.Runners[0], wish, plan.Form);
        KeyWalk.Of(document).ShouldAllBe(use => !use.IsUnknown);
        ValidateConfig.Of(Read(document.Render())).ShouldNotContain(found => found.Severity == CheckSeverity.Error);
        var names = document.Runners[0].Below("kubernetes", "volumes")?.Tables("secret").Select(one => one.Text("name")).ToList() ?? [];
        names.ShouldBeUnique();
        document.Runners[0].Below("kubernetes", "volumes", "secret").ShouldBeNull();
    }

    [Fact]
    public void OneVolume_HasItsItems()
    {
        var document = Read(Plain);
        SecretMounts.Write(document.Runners[0], Wish("docker-config/config.json/docker/config.json", false, false), SecretForm.OneVolume);

        var volume = document.Runners[0].Below("kubernetes", "volumes")!.Tables("secret").ShouldHaveSingleItem();
        (volume.Text("name"), volume.Text("mount_path"), volume.Flag("read_only"), volume.Table("items")!.Text("config.json")).ShouldBe(("docker-config", "/credentials", true, "docker/config.json"));
    }

    [Fact]
    public void FileEach_MountsOneFileByItsSubPath()
    {
        var document = Read(Plain);
        SecretMounts.Write(document.Runners[0], Wish("a/k/p b/l/q", false, false), SecretForm.FileEach);

        document.Runners[0].Below("kubernetes", "volumes")!.Tables("secret").Select(one => (one.Text("name"), one.Text("mount_path"), one.Text("sub_path"), one.Table("items")!.Entries[0].Key)).ShouldBe([("a", "/credentials/p", "k", "k"), ("b", "/credentials/q", "l", "l")]);
    }

    [Fact]
    public void Projected_IsAPatchThatParses_WithItsFlag()
    {
        var document = Read(Plain);
        SecretMounts.Write(document.Runners[0], Wish("a/k/p b/l/q", false, true), SecretForm.Projected);
        SecretMounts.Write(document.Runners[0], Wish("c/k/p", false, true), SecretForm.Projected);

        var runner = ConfigLens.Read<RunnerSettings>(document.Runners[0]);
        runner.IsOn(SecretMounts.PatchFlag).ShouldBeTrue();
        runner.Kubernetes!.PodSpec!.Select(one => (one.Name, one.PatchType)).ShouldBe([("credentials", "strategic"), ("credentials-2", "strategic")]);
        YamlText.Of(YamlImport.Read(runner.Kubernetes.PodSpec![0].Patch!)!).ShouldBe(
            """
            volumes:
              - name: credentials
                projected:
                  sources:
                    - secret:
                        name: a
                        items:
                          - key: k
                            path: p
                    - secret:
                        name: b
                        items:
                          - key: l
                            path: q
            containers:
              - name: build
                volumeMounts:
                  - name: credentials
                    mountPath: /credentials
                    readOnly: true

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("relative", "a/k/p", "directory")]
    [InlineData("/x/../y", "a/k/p", "directory")]
    [InlineData("/c", "", "files")]
    [InlineData("/c", "A_b/k/p", "secret")]
    [InlineData("/c", "a/k k/p", "key")]
    [InlineData("/c", "a/k/../p", "path")]
    [InlineData("/c", "a/k/p b/l/p", "path")]
    [InlineData("/c", "a/k/p a/k/q", "key")]
    public void WhatIsWrong_IsNamed(string directory, string files, string field) =>
        SecretMounts.Choose(Read(Plain).Runners[0], Wish(files, false, false) with { Directory = directory }).ShouldBeOfType<Outcome<SecretPlan>.Refused>().Refusal.Reasons[0].ShouldStartWith(field + ":");

    private static SecretWish Wish(string files, bool apart, bool follows) => new("/credentials", [.. (files.Contains("k k") ? [files] : files.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(one => one.Split('/', 3)).Select(one => new SecretFile(one[0], one[1], one[2]))], apart, follows);

    private static ConfigDocument Read(string toml) => ConfigDocument.Read(toml).Document.ShouldNotBeNull();
}
