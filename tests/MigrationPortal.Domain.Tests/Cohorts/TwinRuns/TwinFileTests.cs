using CsCheck;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.TwinRuns;

public sealed class TwinFileTests
{
    private const string Build = "stages: [build, test, deploy]\nbuild:\n  stage: build\n  script: [make]\n  artifacts: {paths: [out]}\n";

    [Fact]
    public void File_HasTheJobTwice_AndNothingElse()
    {
        var file = Done("stages:\n- test\nvariables:\n  PORT: \"8080\"\n  LEVEL: 1.10\nworkflow:\n  rules:\n  - if: $CI_COMMIT_TAG\nlint:\n  extends: .base\n  rules:\n  - when: manual\n  retry: 2\n  script:\n  - |\n    make lint\n    echo 'done: all'\n.base:\n  script: [no]\nother:\n  script: [make]\n", "lint", ["linux"], ["k8s-default"]);

        file.Text.ReplaceLineEndings("\n").ShouldBe("""
            stages:
            - test
            variables:
              PORT: "8080"
              LEVEL: 1.10
            "lint (docker)":
              script:
              - |
                make lint
                echo 'done: all'
              retry: 0
              tags: ["linux"]
            "lint (Kubernetes)":
              script:
              - |
                make lint
                echo 'done: all'
              retry: 0
              tags: ["k8s-default"]

            """.ReplaceLineEndings("\n"));
        file.Others.ShouldBeEmpty();
        file.Remarks.ShouldHaveSingleItem().ShouldContain("tried again");
    }

    [Fact]
    public void UntaggedJob_KeepsNoTag_ThoughTheDefaultHasSome()
    {
        var read = CiConfiguration.Read(Done("default:\n  tags: [linux]\nlint:\n  tags: []\n  script: [make]\n", "lint", [], ["k8s-default"]).Text);
        read.Jobs.Select(job => (job.Name, string.Join(',', job.Tags))).ShouldBe([("lint (docker)", ""), ("lint (Kubernetes)", "k8s-default")]);
    }

    [Theory]
    [InlineData("", "build", "every earlier stage that keeps something")]
    [InlineData("  needs: [build]\n", "build", "needs")]
    [InlineData("  needs:\n  - job: build\n    artifacts: true\n", "build", "needs, in full")]
    [InlineData("  needs:\n  - job: build\n    artifacts: false\n", "", "order alone")]
    [InlineData("  needs: []\n", "", "nothing needed")]
    [InlineData("  dependencies: []\n", "", "nothing taken")]
    [InlineData("  dependencies: [build]\n", "build", "dependencies")]
    [InlineData("  needs: [chain]\n", "build chain", "the needs of its needs")]
    public void Others_AreThoseWhoseArtifactsItTakes(string wiring, string others, string why) =>
        string.Join(' ', Done($"{Build}chain:\n  stage: test\n  needs: [build]\n  script: [make]\nquiet:\n  stage: build\n  script: [make]\ntest:\n  stage: test\n{wiring}  script: [make test]\n", "test", [], ["k8s-default"]).Others).ShouldBe(others, why);

    [Fact]
    public void Others_ThatAnOrdinaryPipelineWouldNotRun_AreLeftOut() =>
        Done($"{Build}test:\n  stage: test\n  script: [make]\n", "test", [], ["k8s-default"], new HashSet<string> { "test" }).Others.ShouldBeEmpty();

    [Fact]
    public void Others_RunOnce_WhenTheyMust_WithTheirOwnTags()
    {
        var read = CiConfiguration.Read(Done($"{Build}  tags: [big]\n  rules:\n  - when: never\ntest:\n  stage: test\n  script: [make test]\n", "test", [], ["k8s-default"]).Text);
        read.Problems.ShouldBeEmpty();
        read.Jobs.Select(job => (job.Name, string.Join(',', job.Tags))).ShouldBe([("build", "big"), ("test (docker)", ""), ("test (Kubernetes)", "k8s-default")]);
    }

    [Theory]
    [InlineData("  environment: production\n", "deploys to an environment")]
    [InlineData("  trigger: other/project\n", "starts another pipeline")]
    [InlineData("  release: {tag_name: v1}\n", "makes a release")]
    [InlineData("  pages: true\n", "publishes pages")]
    [InlineData("  resource_group: one\n", "must never run twice")]
    [InlineData("  dast_configuration: {site_profile: x}\n", "tests a site")]
    [InlineData("  parallel: 3\n", "runs several times")]
    [InlineData("  parallel: {matrix: [{A: [1, 2]}]}\n", "runs several times")]
    [InlineData("  stage: deploy\n", "stage deploy")]
    [InlineData("  needs: [{project: other/one, job: x, ref: main, artifacts: true}]\n", "another pipeline or project")]
    [InlineData("  needs: [{pipeline: $PARENT, job: x}]\n", "another pipeline or project")]
    [InlineData("  after_script: [docker push registry/x]\n", "'docker push'")]
    [InlineData("  before_script: ['npm ci && npm publish']\n", "'npm publish'")]
    [InlineData("  before_script: [./gradlew :app:publish]\n", "'gradlew publish'")]
    [InlineData("  before_script: [docker buildx build --push -t x .]\n", "'docker --push'")]
    [InlineData("  before_script: ['docker buildx build -o type=registry -t x .']\n", "'docker --push'")]
    [InlineData("  before_script: [/kaniko/executor --destination registry/x]\n", "'kaniko'")]
    [InlineData("  before_script: ['buildctl build --output type=image,name=x,push=true']\n", "'buildctl'")]
    [InlineData("  before_script: [aws s3 sync out s3://bucket --delete]\n", "'aws cp'")]
    [InlineData("  before_script: [curl -T x.tgz https://files.example.org]\n", "'curl'")]
    [InlineData("  before_script: ['curl --request POST --data a=b https://hooks.example.org']\n", "'curl'")]
    [InlineData("  before_script: [ssh host systemctl restart app]\n", "'ssh'")]
    [InlineData("  before_script: [git push origin main]\n", "'git push'")]
    [InlineData("  before_script: [dotnet nuget push x.nupkg]\n", "'dotnet nuget push'")]
    public void Job_ThatMustNotRunTwice_IsRefused(string keys, string why)
    {
        var no = Refused($"job:\n{keys}  script: [make]\n", "job");
        no.Code.ShouldBe("twin-not-possible");
        no.Reasons.ShouldContain(reason => reason.Contains(why, StringComparison.Ordinal), string.Join(' ', no.Reasons));
    }

    [Theory]
    [InlineData("  script: ['curl -fsSL https://example.org/x | tar xz', '/kaniko/executor --no-push', 'docker buildx build .', 'aws s3 ls', 'aws s3 cp s3://bucket/x .', 'wget -T 5 -q https://example.org/y']\n")]
    [InlineData("  script: ['echo docker push', 'npm run publish-dry', 'git diff']\n")]
    [InlineData("  script: [make]\n  when: manual\n")]
    [InlineData("  script: [make]\n  allow_failure: true\n  interruptible: true\n")]
    public void Job_ThatHarmsNobody_IsNot(string keys) => Done($"job:\n{keys}", "job", [], ["k8s-default"]).Others.ShouldBeEmpty();

    [Fact]
    public void Input_ThatDeploys_IsRefusedToo()
    {
        var no = Refused("build:\n  stage: build\n  environment: review\n  script: [make]\n  artifacts: {paths: [out]}\ntest:\n  script: [make]\n", "test");
        no.Reasons.ShouldBe(["build, whose artifacts it needs, deploys to an environment."]);
    }

    [Fact]
    public void JobThatIsNotThere_HiddenOrAKeyword_IsUnknown()
    {
        foreach (var name in (string[])["nothing", ".base", "default", "stages"]) Refused(".base: {script: [x]}\ndefault: {image: a}\nstages: [test]\njob: {script: [make]}\n", name).Code.ShouldBe("unknown-job");
    }

    [Theory]
    [InlineData("job: [")]
    [InlineData("- job")]
    [InlineData("")]
    public void What_CannotBeRead_IsRefused(string merged) => Refused(merged, "job").Code.ShouldBe("twin-not-possible");

    [Fact]
    public void ScalarsAndAnchors_ReadTheSame_WhateverTheyAre() => Gen.OneOf(Gen.Const("\"1.10\""), Gen.Const("1.10"), Gen.Const("'on'"), Gen.Const("\"true\""), Gen.Const("\"~\""), Gen.String[Gen.Char[' ', '~'], 0, 60].Select(text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'")).List[1, 6].Sample(values =>
    {
        var merged = $"job:\n  variables: &shared\n{string.Concat(values.Select((value, at) => $"    V{at}: {value}\n"))}  script: [make]\nother:\n  variables: *shared\n  script: [make]\n";
        var before = CiConfiguration.Read(merged).Jobs.Single(job => job.Name == "job").Variables;
        var after = CiConfiguration.Read(Done(merged, "job", [], ["k8s-default"]).Text);
        after.Problems.ShouldBeEmpty();
        foreach (var copy in after.Jobs) copy.Variables.All.Select(one => (one.Name, one.Value)).ShouldBe(before.All.Select(one => (one.Name, one.Value)));
    });

    private static TwinFile Done(string merged, string job, IReadOnlyList<string> docker, IReadOnlyList<string> kubernetes, IReadOnlySet<string>? running = null) =>
        TwinFile.Of(merged, job, docker, kubernetes, running).Match(done => done, no => throw new InvalidOperationException(string.Join(' ', no.Reasons)));

    private static Refusal Refused(string merged, string job) => TwinFile.Of(merged, job, [], ["k8s-default"], null).Match(done => throw new InvalidOperationException(done.Text), no => no);
}
