using System.Text;
using CsCheck;
using MigrationPortal.Domain.Readiness.Ci;

namespace MigrationPortal.Domain.Tests.Readiness;

public sealed class CiConfigurationTests
{
    [Fact]
    public void Inputs_AreTheirDefaults_WhereTheHeaderHasOne()
    {
        var job = CiConfiguration.Read(
            """
            spec:
              inputs:
                name: {default: my-job}
                image: {default: "docker:27"}
                tags: {type: array, default: [linux, large]}
                lines: {type: array, default: [make, make test]}
                must: {}
                nothing: {default: null}
            ---
            "$[[ inputs.name ]]-$[[ inputs.must ]]":
              image: $[[ inputs.image | expand_vars ]]
              tags: $[[ inputs.tags ]]
              script:
                - $[[ inputs.lines ]]
                - "echo $[[inputs.name]] $[[ inputs.nothing ]] $[[ other.name ]] $[["
            """).Jobs.ShouldHaveSingleItem();

        (job.Name, job.Image!.Name, string.Join(' ', job.Tags)).ShouldBe(("my-job-$[[ inputs.must ]]", "docker:27", "linux large"));
        job.Scripts.Select(line => line.Text).ShouldBe(["make", "make test", "echo my-job $[[ inputs.nothing ]] $[[ other.name ]] $[["]);
    }

    [Fact]
    public void Inputs_ThatUnfoldWithoutEnd_AreRefused()
    {
        var line = string.Concat(Enumerable.Repeat("$[[ inputs.a ]]", 4_000));
        var file = $"spec:\n  inputs:\n    a: {{default: \"{new string('x', 200_000)}\"}}\n---\njob:\n  script: [\"{line}\"]\n";

        CiConfiguration.Read(file).Problems.ShouldHaveSingleItem().Code.ShouldBe(CiProblem.Limit);
    }

    [Fact]
    public void Job_InheritsExtendsDefaultsAndReferences_WithTheirLines()
    {
        var job = Only("""
            default:
              image: node:22
              tags: [docker]
              before_script: [echo before]
            .base:
              script:
                - echo base
              variables: {A: base, B: base}
            .more:
              variables:
                B: {value: more, description: why}
              script:
                - !reference [.base, script]
                - [echo more, [echo nested]]
            test:
              extends: [.base, .more]
              variables:
                C: own
              tags: [linux, $SIZE]
            """);

        job.Line.ShouldBe(15);
        job.Image!.ShouldBe(new CiImage("node:22", 2));
        job.Tags.ShouldBe(["linux", "$SIZE"]);
        job.TagsLine.ShouldBe(19);
        job.Scripts.Select(line => (line.Part, line.Text, line.Line)).ShouldBe(
            [(CiScriptPart.Before, "echo before", 4), (CiScriptPart.Main, "echo base", 7), (CiScriptPart.Main, "echo more", 14), (CiScriptPart.Main, "echo nested", 14)]);
        job.Variables.All.Select(variable => $"{variable.Name}={variable.Value}").ShouldBe(["A=base", "B=more", "C=own"]);
    }

    [Theory]
    [InlineData("inherit: {default: false}", "", "")]
    [InlineData("inherit: {default: [tags]}", "", "docker")]
    [InlineData("inherit: {default: true}", "node", "docker")]
    [InlineData("image: alpine", "alpine", "docker")]
    [InlineData("tags: []", "node", "")]
    [InlineData("stage: x", "node", "docker")]
    public void Default_IsTakenAsInheritSays(string line, string image, string tags)
    {
        var job = Only($"default: {{image: node, tags: [docker]}}\njob:\n  {line}\n  script: [true]\n");

        (job.Image?.Name ?? "", string.Join(' ', job.Tags)).ShouldBe((image, tags));
    }

    [Fact]
    public void TopLevel_OldForms_AreInherited()
    {
        var job = Only("image: {name: node, entrypoint: [\"\"]}\nservices: [redis, {name: a/b, alias: \"x, y\"}]\nbefore_script: echo\njob:\n  script: make\n");

        job.Image!.Entrypoint.ShouldBe([""]);
        job.Services.Select(service => (service.Image.Name, string.Join(' ', service.Aliases))).ShouldBe([("redis", ""), ("a/b", "x y")]);
        job.Scripts.Select(line => line.Text).ShouldBe(["echo", "make"]);
    }

    [Fact]
    public void HiddenAndTriggerJobs_AreLeftOut() =>
        CiConfiguration.Read(".hidden: {script: [a]}\nstages: [x]\nworkflow: {rules: []}\ncall: {trigger: {include: x.yml}}\npages: {script: [b]}\n").Jobs.Select(job => job.Name).ShouldBe(["pages"]);

    [Fact]
    public void Anchors_AndMergeKeys_KeepTheLinesTheyCameFrom()
    {
        var job = Only(".a: &a\n  image: one\n  variables: {X: 1}\n.b: &b\n  image: two\njob:\n  <<: [*a, *b]\n  script:\n    - |\n      first\n      second\n");

        job.Image!.ShouldBe(new CiImage("one", 2));
        job.Scripts.ShouldBe([new CiScriptLine(CiScriptPart.Main, "first\nsecond\n", 10)]);
    }

    [Fact]
    public void Variables_OfRulesAndMatrix_AreAllPossible()
    {
        var job = Only("""
            job:
              variables: {IMAGE: "$BASE:$TAG", BASE: node}
              image: $IMAGE
              parallel:
                matrix:
                  - TAG: ["20", "22"]
              rules:
                - if: $X
                  variables: {TAG: "23"}
              script: [make]
            """);

        job.Variables.Expand(job.Image!.Name).ShouldBe(["node:23", "node:20", "node:22"], ignoreOrder: true);
        job.Variables.Expand("$UNKNOWN-$BASE").ShouldBe(["$UNKNOWN-node"]);
    }

    [Fact]
    public void Variables_OfWorkflowRules_ReachEveryJob() =>
        Only("workflow:\n  rules:\n    - if: $X\n      variables: {IMAGE: node}\njob: {image: $IMAGE, script: [make]}\n").Variables.ExpandOne("$IMAGE").ShouldBe("node");

    [Fact]
    public void Run_Steps_AreScripts() =>
        Only("job:\n  run:\n    - {name: a, script: make}\n    - {name: b, step: ./x}\n    - {name: c, script: ping db}\n").Scripts.Select(line => line.Text).ShouldBe(["make", "ping db"]);

    [Theory]
    [InlineData("{environment: production, stage: x}", true)]
    [InlineData("{environment: {name: production, action: start}}", true)]
    [InlineData("{environment: {name: production, action: stop}}", false)]
    [InlineData("{stage: deploy}", false)]
    public void Environment_OnlyWhereItDeploys_HasALine(string job, bool deploys) =>
        (Only($"job: {job[..^1]}, script: [x]}}").EnvironmentLine > 0).ShouldBe(deploys);

    [Theory]
    [InlineData("3600", 3600)]
    [InlineData("1h 30m", 5400)]
    [InlineData("2 hours and 5 minutes", 7500)]
    [InlineData("90 minutes", 5400)]
    [InlineData("1 day", 86_400)]
    [InlineData("3h", 10_800)]
    public void Timeout_InGitLabsWords_IsRead(string text, int seconds) =>
        Only($"job: {{script: [x], timeout: {text}}}").Timeout.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("a: [", CiProblem.Syntax)]
    [InlineData("- a\n- b\n", CiProblem.Syntax)]
    [InlineData("", CiProblem.Syntax)]
    [InlineData("a: *nothing\n", CiProblem.Syntax)]
    [InlineData("a: \"x\n", CiProblem.Syntax)]
    [InlineData("a: {extends: b, script: [x]}\nb: {extends: c}\nc: {extends: a}\n", CiProblem.Extends)]
    [InlineData("a: {extends: a, script: [x]}\n", CiProblem.Extends)]
    [InlineData("a: {extends: missing, script: [x]}\n", CiProblem.Extends)]
    [InlineData("a: {script: [!reference [a, script]]}\n", CiProblem.Reference)]
    [InlineData("a: {script: !reference [b, script]}\nb: {script: !reference [a, script]}\n", CiProblem.Reference)]
    [InlineData("a: {tags: [!reference [b, tags]]}\nb: {tags: [!reference [a, tags]]}\n", CiProblem.Reference)]
    [InlineData("a: {script: [!reference [missing, script]]}\n", CiProblem.Reference)]
    public void Faults_AreProblemsWithALine(string yaml, string code)
    {
        var problems = CiConfiguration.Read(yaml).Problems;

        problems.ShouldContain(problem => problem.Code == code);
        problems.ShouldAllBe(problem => problem.Message.Length > 10 && problem.Remedy.Length > 5);
    }

    [Fact]
    public void HostileFiles_EndAtALimit()
    {
        var laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var at = 1; at < 30; at++) laughs.Append($"a{at}: &a{at} [{string.Join(", ", Enumerable.Repeat($"*a{at - 1}", 9))}]\n");
        var merges = new StringBuilder("m0: &m0 {x0: 1}\n");
        for (var at = 1; at < 60; at++) merges.Append($"m{at}: &m{at}\n  <<: [{string.Join(", ", Enumerable.Repeat($"*m{at - 1}", 50))}]\n  x{at}: 1\n");
        var doubled = new StringBuilder("job:\n  script: [$V40]\n  image: $V40\n  variables:\n    V0: xxxxxxxxxxxxxxxx\n");
        for (var at = 1; at <= 40; at++) doubled.Append($"    V{at}: $V{at - 1}$V{at - 1}\n");
        string[] stopped =
        [
            $"{laughs}job: {{script: *a29}}\n",
            $"{laughs}job: {{tags: *a29, script: [x]}}\n",
            $"job: {{script: {new string('[', 100_000)}",
            $"job: {string.Concat(Enumerable.Repeat("{a: ", 100_000))}",
            string.Concat(Enumerable.Range(0, 200).Select(at => $"{new string(' ', at)}a:\n")),
        ];

        stopped.ShouldAllBe(yaml => CiConfiguration.Read(yaml, null).Problems.Any(problem => problem.Code == CiProblem.Limit && problem.Stops));
        CiConfiguration.Read($"job: {{script: [\"{new string('x', 1_000_000)}\"]}}").Jobs.Count.ShouldBe(1);
        CiConfiguration.Read(merges.ToString()).ShouldNotBeNull();
        CiConfiguration.Read(doubled.ToString()).Jobs.ShouldHaveSingleItem().Variables.Expand("$V40")[0].Length.ShouldBeLessThan(1_000_000);
        CiConfiguration.Read(new string('x', 17 * 1024 * 1024)).Problems.ShouldHaveSingleItem().Code.ShouldBe(CiProblem.Limit);
    }

    [Fact]
    public void AnyText_IsReadWithoutAFault() =>
        Gen.String[Gen.OneOf(Gen.Char["&*!|>'\"{}[]:,-#?%@`~<\n\t $"], Gen.Char['a', 'e']), 0, 60].Sample(text => CiConfiguration.Read(text) is not null);

    private static CiJob Only(string yaml)
    {
        var read = CiConfiguration.Read(yaml);
        read.Problems.ShouldBeEmpty();
        return read.Jobs.ShouldHaveSingleItem();
    }
}
