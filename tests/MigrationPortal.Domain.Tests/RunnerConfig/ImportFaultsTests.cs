using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Imports;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

/// <summary>An import takes what the manager really did, keeps what is somebody's own, and says what it leaves out.</summary>
public sealed class ImportFaultsTests
{
    private const string Runner = "apiVersion: apps.gitlab.com/v1beta2\nkind: Runner\nmetadata:\n  name: r\n  namespace: ops\nspec:\n  gitlabUrl: https://g.example.org\n  token: t\n  config: c\n";
    private static readonly RunnerConfiguration Default = new(DeploymentKind.Manifests, "", new Version(19, 3, 0), new DeploymentSettings { GitLabUrl = "https://gitlab.example.org:8443" });

    [Fact]
    public void Helm_ObjectsOfTheKindSecret_AreTakenOut()
    {
        var imported = Import("gitlabUrl: https://g.example.org\nextraObjects:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: s3}\n  stringData: {a: hunter22}\n- kind: ConfigMap\n  metadata: {name: m}\n- |\n  apiVersion: v1\n  kind: Secret\n  stringData: {a: hunter22}\nextraContainers:\n- name: x\n  args: [\"--token=glrt-abcdefgh12345678\", \"-v\"]\nenvVars:\n- name: K\n  valueFrom: {secretKeyRef: {name: a, key: b}}\n");

        imported.Content.ToString().ShouldNotContain("hunter22");
        imported.Content.ToString().ShouldNotContain("abcdefgh");
        imported.Content.Deployment.Extra.ShouldNotBeNull().ShouldSatisfyAllConditions(extra => extra.ShouldContain("ConfigMap"), extra => extra.ShouldContain("secretKeyRef"), extra => extra.ShouldContain("-v"));
        imported.Remarks.ShouldContain(remark => remark.Contains("the Secret s3 was taken out"));
        imported.Remarks.ShouldContain(remark => remark.Contains("a Secret was taken out"));
    }

    [Fact]
    public void Helm_OwnServiceAccountAndRights_StayTheirs()
    {
        var imported = Import("gitlabUrl: https://g.example.org\nrbac: {create: false}\nserviceAccount: {create: false, name: ours}\nrunners:\n  config: |\n    [[runners]]\n      [runners.kubernetes.autoscaler]\n        max_pause_pods = 2\n");

        var values = YamlImport.Read(Render(imported.Content, RenderForm.Helm))!;
        Text(values, "serviceAccount", "create").ShouldBe("false");
        Text(values, "serviceAccount", "name").ShouldBe("ours");
        Text(values, "rbac", "create").ShouldBe("false");
        values["rbac"].ShouldBeOfType<YamlFields>()["rules"].ShouldBeNull();
        Render(imported.Content, RenderForm.Rbac).ShouldSatisfyAllConditions(rbac => rbac.ShouldContain("name: ours"), rbac => rbac.ShouldNotContain("kind: ServiceAccount\nmetadata"));
    }

    [Fact]
    public void Helm_AnnotationsOfTheAccount_AreKept_AndTheAccountIsMade() =>
        YamlImport.Read(Render(Import("gitlabUrl: https://g.example.org\nserviceAccount: {create: true, annotations: {a: b}}\n").Content, RenderForm.Helm))!["serviceAccount"].ShouldBeOfType<YamlFields>().Fields.Select(field => field.Key).ShouldBe(["create", "annotations"]);

    [Fact]
    public void Helm_ATemplatesGlobals_AreDead_AndValuesWin()
    {
        var imported = Import("gitlabUrl: https://g.example.org\nconcurrent: 7\nenvVars:\n- {name: KUBERNETES_POLL_TIMEOUT, value: \"900\"}\n- {name: OTHER, value: x}\nrunners:\n  name: real\n  executor: kubernetes\n  config: |\n    concurrent = 3\n    check_interval = 9\n    [[runners]]\n      name = \"dead\"\n      executor = \"docker\"\n      request_concurrency = 4\n      [runners.kubernetes]\n        poll_timeout = 600\n");

        var document = ConfigDocument.Read(imported.Content.Toml).Document.ShouldNotBeNull();
        document.Root.Whole("concurrent").ShouldBe(7);
        document.Root["check_interval"].ShouldBeNull();
        document.Runners[0].Text("name").ShouldBe("real");
        document.Runners[0].Text("executor").ShouldBe("kubernetes");
        document.Runners[0].Table("kubernetes")!.Whole("poll_timeout").ShouldBe(900);
        imported.Content.Deployment.Extra.ShouldBe("envVars:\n  - name: OTHER\n    value: x\n");
        imported.Remarks.ShouldContain(remark => remark.Contains("concurrent, check_interval of the global section had no effect"));
        imported.Remarks.ShouldContain(remark => remark.Contains("runners[0].name of the template had no effect: runners.name goes first"));
        imported.Remarks.ShouldContain(remark => remark.Contains("request_concurrency had no effect"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Helm_Replicas_StayWhatTheyAre(int replicas)
    {
        var content = Import($"gitlabUrl: https://g.example.org\nreplicas: {replicas}\n").Content;
        content.Deployment.Replicas.ShouldBe(replicas);
        ConfigurationProblems.Of(content).ShouldBeEmpty();
        Render(content, RenderForm.Helm).ShouldContain($"replicas: {replicas}\n");
    }

    [Theory]
    [InlineData("$CI_SERVER_URL")]
    [InlineData("gitlab.example.org")]
    [InlineData("https://$HOST/")]
    public void Toml_AUrlThatIsNone_IsNoRefusal(string url)
    {
        var imported = Import($"[[runners]]\nurl = \"{url}\"\n");
        imported.Content.Deployment.GitLabUrl.ShouldBe(Default.Deployment.GitLabUrl);
        imported.Remarks.ShouldHaveSingleItem().ShouldStartWith("url of the first runner is");
        ConfigurationProblems.Of(imported.Content).ShouldBeEmpty();
    }

    [Fact]
    public void Operator_TagsAndTheLike_AreSaid_AndGone()
    {
        var imported = Import(Runner + "  tags: a,b\n  locked: true\n  runUntagged: false\n  protected: true\n---\nkind: ConfigMap\nmetadata: {name: c}\ndata: {config.toml: \"[[runners]]\"}\n");
        imported.Content.Deployment.Extra.ShouldBeNull();
        foreach (var field in (string[])["tags (a,b)", "locked (true)", "runUntagged (false)", "protected (true)"]) imported.Remarks.ShouldContain(remark => remark.StartsWith($"spec.{field} does nothing"));
    }

    [Fact]
    public void Operator_FieldsAndEnvironment_GoBeforeTheTemplate()
    {
        var imported = Import(Runner + "  buildImage: alpine:3\n  concurrent: 5\n  namespace: jobs\n  serviceaccount: ours\n  cacheType: s3\n  cacheShared: true\n  s3: {bucket: b, credentials: k}\n  env: e\n---\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  config.toml: |\n    concurrent = 99\n    [[runners]]\n      [runners.cache]\n        Type = \"gcs\"\n      [runners.kubernetes]\n        image = \"dead\"\n        namespace = \"dead\"\n        poll_timeout = 7\n---\nkind: ConfigMap\nmetadata: {name: e}\ndata: {KUBERNETES_POLL_TIMEOUT: \"800\", NOT_A_KEY: x}\n---\nkind: Deployment\nmetadata: {name: d}\n");
        var document = ConfigDocument.Read(imported.Content.Toml).Document.ShouldNotBeNull();
        document.Root.Whole("concurrent").ShouldBe(5);
        var kubernetes = document.Runners[0].Table("kubernetes")!;
        (kubernetes.Text("image"), kubernetes.Text("namespace"), kubernetes.Whole("poll_timeout")).ShouldBe(("alpine:3", "jobs", 800L));
        document.Runners[0].Table("cache")!.Text("Type").ShouldBe("s3");
        imported.Remarks.ShouldContain(remark => remark.StartsWith("runners[0].kubernetes.image of the template had no effect: spec.buildImage"));
        imported.Remarks.ShouldContain(remark => remark.StartsWith("NOT_A_KEY of the ConfigMap e is not kept"));
        imported.Remarks.ShouldContain(remark => remark.StartsWith("Not taken in: Deployment d."));
        var spec = (YamlFields)YamlImport.ReadAll(Render(imported.Content, RenderForm.Operator)).Documents.First(one => (one["kind"] as YamlValue)?.Text == "Runner")["spec"]!;
        ((YamlValue)spec["serviceaccount"]!).Text.ShouldBe("ours");
        Text(spec, "s3", "credentials").ShouldBe("k");
    }

    [Fact]
    public void Operator_AListOfKubectl_IsRead() =>
        Import("apiVersion: v1\nkind: List\nitems:\n- apiVersion: apps.gitlab.com/v1beta2\n  kind: Runner\n  metadata: {name: r}\n  spec: {gitlabUrl: \"https://g.example.org\", token: t}\n").Form.ShouldBe("Operator objects");

    [Fact]
    public void SeveralDocumentsOfValues_AreRefusedWithTheReason() =>
        ImportConfiguration.Read("gitlabUrl: https://a\n---\ngitlabUrl: https://b\n", Default).ShouldBeOfType<Outcome<Imported>.Refused>().Refusal.Reasons[0].ShouldContain("2 YAML documents");

    [Fact]
    public void CommentsWithoutAKey_AreSaid()
    {
        Import(Runner + "---\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  config.toml: |\n    [[runners]]\n    name = \"a\"\n    # end\n").Remarks.ShouldContain(ConfigComments.Lost(1));
        RenderConfiguration.Run(Default with { Toml = "[[runners]]\nname = \"a\"\n# end\n" }, RenderForm.Toml).ShouldBeOfType<Outcome<Rendered>.Done>().Result.Notes.ShouldContain(ConfigComments.Lost(1));
    }

    [Theory]
    [InlineData("﻿[[runners]]\nname = \"a\"\n")]
    [InlineData("[[runners]]\r\nname = \"a\"\r\n")]
    [InlineData("\t[[runners]]\n\t\tname\t=\t\"a\"\n")]
    [InlineData("runners = [{name = \"a\"}]\n")]
    [InlineData("﻿gitlabUrl: https://g.example.org\r\nrunners:\r\n  config: |\r\n    [[runners]]\r\n      name = \"a\"\r\n")]
    [InlineData("base: &b {name: a}\ngitlabUrl: https://g.example.org\nrunners:\n  <<: *b\n")]
    public void OddForms_AreTheSameConfiguration(string text)
    {
        var imported = Import(text);
        var document = ConfigDocument.Read(imported.Content.Toml).Document.ShouldNotBeNull();
        document.Runners[0].Text("name").ShouldBe("a");
        foreach (var form in Enum.GetValues<RenderForm>()) Render(imported.Content, form).ShouldNotContain('﻿');
    }

    private static string? Text(YamlFields values, string map, string key) => (((YamlFields)values[map]!)[key] as YamlValue)?.Text;

    private static Imported Import(string text) => ImportConfiguration.Read(text, Default).ShouldBeOfType<Outcome<Imported>.Done>().Result;

    private static string Render(RunnerConfiguration content, RenderForm form) => RenderConfiguration.Run(content, form).ShouldBeOfType<Outcome<Rendered>.Done>().Result.Text;
}
