using MigrationPortal.World;

namespace MigrationPortal.Simulator.Tests.World;

public class CiExpansionTests
{
    [Theory]
    [InlineData(null, "$RUNNER_KIND")]
    [InlineData("", "")]
    [InlineData("docker", "docker")]
    [InlineData("linux, docker", "docker|linux")]
    [InlineData(" , ", "")]
    public void Tags_FromVariable_ExpandAsGitLabDoes(string? value, string expected)
    {
        var world = new TestWorld();
        if (value is not null)
        {
            world.Do<CiVariable>(new CreateVariable(new VariableOwner(VariableLevel.Instance), new CiVariable("RUNNER_KIND", value)));
        }

        world.RunOne("tags: [$RUNNER_KIND]\nscript: [make]").Tags
            .ShouldBe(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Tags_FixedAtCreation_RetryDoesNotReadAgain()
    {
        var world = new TestWorld();
        var owner = new VariableOwner(VariableLevel.Project, world.Project.Id);
        world.Do<CiVariable>(new CreateVariable(owner, new CiVariable("WHERE", "nobody")));
        var job = world.RunOne("tags: [$WHERE]\nscript: [make]");
        world.Do<CiVariable>(new UpdateVariable(owner, "WHERE", new CiVariable("WHERE", "docker")));
        world.AdvanceMinutes(61);

        var again = world.Do<Job>(new RetryJob(job.Id, world.Mara.Id));

        again.Tags.ShouldBe(["nobody"]);
        again.Attempt.ShouldBe(2);
        job.Retried.ShouldBeTrue();
        world.Do<Pipeline>(new RunPipeline(world.Project.Id, job.Ref, world.Mara.Id)).Jobs[0].Tags.ShouldBe(["docker"]);
    }

    [Fact]
    public void Variables_ProjectOverGroupOverInstance_PipelineOverAll()
    {
        var world = new TestWorld();
        var yaml = "variables: {W: yaml}\njob:\n  tags: [$W]\n  script: [make]\n";
        string Tag(IReadOnlyDictionary<string, string>? extra = null) => world.Run(yaml, variables: extra).Jobs[0].Tags[0];

        Tag().ShouldBe("yaml");
        world.Do<CiVariable>(new CreateVariable(new VariableOwner(VariableLevel.Instance), new CiVariable("W", "instance")));
        Tag().ShouldBe("instance");
        world.Do<CiVariable>(new CreateVariable(new VariableOwner(VariableLevel.Group, world.Project.Namespace.Id), new CiVariable("W", "group")));
        Tag().ShouldBe("group");
        world.Do<CiVariable>(new CreateVariable(new VariableOwner(VariableLevel.Project, world.Project.Id), new CiVariable("W", "project")));
        Tag().ShouldBe("project");
        Tag(new Dictionary<string, string> { ["W"] = "pipeline" }).ShouldBe("pipeline");
    }

    [Fact]
    public void Variables_Protected_DoNotReachUnprotectedRefs()
    {
        var world = new TestWorld();
        world.Do<CiVariable>(new CreateVariable(
            new VariableOwner(VariableLevel.Project, world.Project.Id), new CiVariable("SECRET", "docker", Protected: true)));

        world.RunOne("tags: [$SECRET]\nscript: [make]").Tags.ShouldBe(["$SECRET"]);

        world.Write(world.Project, world.Project.DefaultBranch, "on: []\njob:\n  tags: [$SECRET]\n  script: [make]\n");
        var pipeline = world.Do<Pipeline>(new RunPipeline(world.Project.Id, world.Project.DefaultBranch, world.Mara.Id));
        pipeline.Protected.ShouldBeTrue();
        pipeline.Jobs[0].Tags.ShouldBe(["docker"]);
    }

    [Theory]
    [InlineData("default: {tags: [d]}\njob: {script: [x]}", "d")]
    [InlineData("default: {tags: [d]}\njob: {script: [x], tags: [j]}", "j")]
    [InlineData("default: {tags: [d]}\njob: {script: [x], tags: []}", "")]
    [InlineData("default: {tags: [d]}\njob: {script: [x], inherit: {default: false}}", "")]
    [InlineData("default: {tags: [d]}\njob: {script: [x], inherit: {default: [image]}}", "")]
    [InlineData("default: {tags: [d]}\njob: {script: [x], inherit: {default: [tags]}}", "d")]
    [InlineData(".base: {tags: [b]}\njob: {extends: .base, script: [x]}", "b")]
    [InlineData(".a: {tags: [a]}\n.b: {extends: .a, script: [x]}\njob: {extends: .b}", "a")]
    [InlineData(".a: {tags: [a], script: [x]}\n.b: {tags: [b]}\njob: {extends: [.a, .b]}", "b")]
    [InlineData(".t: [r, s]\njob: {script: [x], tags: [q]}", "q")]
    [InlineData(".t: {tags: [r]}\njob: {script: [x], tags: !reference [.t, tags]}", "r")]
    [InlineData(".t: &t {tags: [m]}\njob: {<<: *t, script: [x]}", "m")]
    public void Tags_DefaultExtendsReference_AreMerged(string yaml, string expected)
    {
        var world = new TestWorld();

        world.Run(yaml + "\n").Jobs.ShouldHaveSingleItem().Tags
            .ShouldBe(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("rules: [{if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH}]", false)]
    [InlineData("rules: [{if: $CI_COMMIT_BRANCH =~ /^test-/}]", true)]
    [InlineData("rules: [{if: '$CI_COMMIT_BRANCH !~ /^test-/ || $CI == \"true\"'}]", true)]
    [InlineData("rules: [{if: '$NOPE'}]", false)]
    [InlineData("rules: [{if: '$NOPE', when: never}, {when: always}]", true)]
    [InlineData("rules: [{if: '$CI && ($NOPE || $CI_PROJECT_PATH)'}]", true)]
    [InlineData("only: [branches]", true)]
    [InlineData("only: [main, master]", false)]
    [InlineData("only: [schedules]", false)]
    [InlineData("except: [api]", false)]
    public void Rules_DecideWhetherAJobIsThere(string rule, bool expected)
    {
        var world = new TestWorld();

        var pipeline = world.Run($"always:\n  script: [x]\njob:\n  script: [x]\n  {rule}\n");

        pipeline.Jobs.Any(j => j.Name == "job").ShouldBe(expected);
    }

    [Fact]
    public void Include_ProjectFileAndLocal_AreMergedUnderTheFile()
    {
        var world = new TestWorld();
        var lint = world.Inner.Code.Lint(
            world.Project, "include:\n  - project: platform/ci-templates\n    file: /templates/runner.yml\njob:\n  script: [x]\n");

        lint.Valid.ShouldBeTrue();
        lint.Jobs.ShouldHaveSingleItem().TagList.ShouldBe(["$RUNNER_TAG"]);
        lint.Includes.ShouldHaveSingleItem().Location.ShouldBe("/templates/runner.yml");
    }

    [Fact]
    public void Lint_StaticKeepsTagsAsWritten_DryRunExpandsAndAppliesRules()
    {
        var world = new TestWorld();
        world.Do<CiVariable>(new CreateVariable(new VariableOwner(VariableLevel.Instance), new CiVariable("W", "a,b")));
        var yaml = "job:\n  script: [x]\n  tags: [$W]\nscheduled:\n  script: [x]\n  rules: [{if: '$CI_PIPELINE_SOURCE == \"schedule\"'}]\n";

        world.Inner.Code.Lint(world.Project, yaml).Jobs.Select(j => string.Join(',', j.TagList)).ShouldBe(["$W", ""]);
        world.Inner.Code.Lint(world.Project, yaml, dryRun: true).Jobs.ShouldHaveSingleItem().TagList.ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("", "Please provide content of .gitlab-ci.yml")]
    [InlineData("variables: {A: b}", "jobs config should contain at least one visible job")]
    [InlineData("job: {tags: [a]}", "jobs:job config should implement the script:, run:, or trigger: keyword")]
    [InlineData("job: {script: [x], stage: nope}", "job job: chosen stage nope does not exist; available stages are .pre, build, test, deploy, .post")]
    [InlineData("job: {script: [x], frob: 1}", "jobs:job config contains unknown keys: frob")]
    [InlineData("job: {script: [x], extends: .nope}", "job: unknown keys in `extends` (.nope)")]
    [InlineData("include: /nope.yml\njob: {script: [x]}", "Local file `/nope.yml` does not exist!")]
    [InlineData("job: {script: [x], tags: a}", "jobs:job:tags config should be an array of strings")]
    [InlineData("- a", "Invalid configuration format")]
    public void Lint_BadFile_SaysWhy(string yaml, string error)
    {
        var world = new TestWorld();

        var lint = world.Inner.Code.Lint(world.Project, yaml);

        lint.Valid.ShouldBeFalse();
        lint.Errors.ShouldBe([error]);
        lint.MergedYaml.ShouldBeNull();
    }

    [Fact]
    public void Lint_BrokenYaml_IsAnErrorAndNotAFault()
    {
        var world = new TestWorld();

        world.Inner.Code.Lint(world.Project, "job: [unclosed").Errors.ShouldHaveSingleItem().ShouldStartWith("(<unknown>):");
    }

    [Fact]
    public void Lint_FiftyTags_IsOneTooMany()
    {
        var world = new TestWorld();
        LintResult Lint(int tags) => world.Inner.Code.Lint(
            world.Project, $"job:\n  script: [x]\n  tags: [{string.Join(',', Enumerable.Range(0, tags).Select(i => $"t{i}"))}]\n");

        Lint(49).Valid.ShouldBeTrue();
        Lint(50).Errors.ShouldBe(["jobs:job:tags config must be less than the limit of 50 tags"]);
    }

    [Fact]
    public void Lint_MergedYaml_LintsToTheSameJobs()
    {
        var world = new TestWorld(WorldOptions.Quiet with { Projects = 60 });
        foreach (var project in world.Inner.Directory.Projects)
        {
            var lint = world.Inner.Code.Lint(project);
            if (lint.Valid)
            {
                var again = world.Inner.Code.Lint(project, lint.MergedYaml);
                again.Errors.ShouldBeEmpty($"{project.FullPath}:\n{lint.MergedYaml}");
                again.Jobs.Select(Line).ShouldBe(lint.Jobs.Select(Line));
            }
        }

        static string Line(LintJob j) => $"{j.Name} {j.Stage} {string.Join(',', j.TagList)} {string.Join(';', j.Script)} {j.When} {j.AllowFailure}";
    }

    [Fact]
    public void CiConfigPath_InAnotherProject_IsUsed()
    {
        var world = new TestWorld();
        world.Do<Project>(new UpdateProject(world.Project.Id, CiConfigPath: "templates/app.yml@platform/ci-templates"));

        world.Do<Pipeline>(new RunPipeline(world.Project.Id, world.Project.DefaultBranch, world.Mara.Id))
            .Jobs.ShouldAllBe(j => j.Untagged);
        world.Inner.Code.Lint(world.Project).Jobs.ShouldAllBe(j => j.TagList.SequenceEqual(new[] { "$RUNNER_TAG" }));
    }
}
