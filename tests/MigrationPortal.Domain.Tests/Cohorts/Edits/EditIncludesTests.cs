using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Edits;
using static MigrationPortal.Domain.Tests.Cohorts.Edits.EditWorld;

namespace MigrationPortal.Domain.Tests.Cohorts.Edits;

/// <summary>Configurations of several files, and of templates that no merge request here can change.</summary>
public sealed class EditIncludesTests
{
    [Fact]
    public void LocalInclude_HasTheHiddenJob_IsEditedThere()
    {
        var files = Files(
            (".gitlab-ci.yml", "include: /ci/base.yml\nbuild:\n  extends: .base\n  script: x\n"),
            ("ci/base.yml", ".base:\n  tags:\n    - linux # all of them\ntest:\n  extends: .base\n  script: y\n"));

        var edit = EditCiTags.Apply(files, Wishes("build=k8s-default test=k8s-default"), Lint(".base: {tags: [linux]}\nbuild: {extends: .base, tags: [linux], script: x}\ntest: {extends: .base, tags: [linux], script: y}\n")).Done();

        edit.Texts.ShouldHaveSingleItem().ShouldBe(new("ci/base.yml", ".base:\n  tags:\n    - k8s-default # all of them\ntest:\n  extends: .base\n  script: y\n"));
    }

    [Fact]
    public void LocalInclude_OneOfItsJobs_IsPinnedWhereItIsWritten()
    {
        var files = Files(
            (".gitlab-ci.yml", "include:\n  - local: 'ci/*.yml'\na: {script: x}\nb: {script: x}\n"),
            ("ci/one.yml", "c:\n  script: y\n"),
            ("ci/two.yml", "d:\n  script: y\n"));

        var edit = EditCiTags.Apply(files, Wishes("a=k8s-default b=k8s-default c=k8s-default d=docker"), Lint("a: {script: x}\nb: {script: x}\nc: {script: y}\nd: {script: y}\n")).Done();

        edit.Texts.ShouldBe(
        [
            new(".gitlab-ci.yml", "include:\n  - local: 'ci/*.yml'\ndefault:\n  tags: [k8s-default]\n\na: {script: x}\nb: {script: x}\n"),
            new("ci/two.yml", "d:\n  tags: [docker]\n  script: y\n"),
        ], ignoreOrder: true);
    }

    [Fact]
    public void SameJobInTwoFiles_TheRootCounts()
    {
        var files = Files(
            (".gitlab-ci.yml", "include: [ci/a.yml]\nbuild:\n  tags: [large]\n"),
            ("ci/a.yml", "build:\n  tags: [linux]\n  script: x\n"));

        var edit = EditCiTags.Apply(files, Wishes("build=k8s-large"), Lint("build: {tags: [large], script: x}\n")).Done();

        edit.Texts.ShouldHaveSingleItem().ShouldBe(new(".gitlab-ci.yml", "include: [ci/a.yml]\nbuild:\n  tags: [k8s-large]\n"));
    }

    [Fact]
    public void TemplateJob_WithOwnTags_IsOverriddenInTheRoot()
    {
        const string Root = "include:\n  - template: Jobs/SAST.gitlab-ci.yml\nbuild:\n    tags: [linux]\n    script: x";

        var edit = EditCiTags.Apply(CiFiles.Of(Root), Wishes("build=k8s-default sast:x=k8s-default"), Lint("build: {tags: [linux], script: x}\n\"sast:x\": {tags: [docker], script: y}\n")).Done();

        edit.Text(Root).ShouldBe("include:\n  - template: Jobs/SAST.gitlab-ci.yml\nbuild:\n    tags: [k8s-default]\n    script: x\n\n\"sast:x\":\n    tags: [k8s-default]");
        UndoCiTags.Apply(edit.Record, CiFiles.Of(edit.Text(Root))).Text("").ShouldBe(Root);
    }

    [Fact]
    public void TemplateJob_ThatTakesTheDefault_FollowsIt_AndOneWithOwnTagsStays()
    {
        const string Root = "include:\n  - template: Jobs/SAST.gitlab-ci.yml\nbuild:\n  script: x\n";
        const string Merged = "build: {script: x}\nsast: {script: y}\nscan: {tags: [docker], script: y}\nalone: {inherit: {default: false}, script: y}\n";

        var edit = EditCiTags.Apply(CiFiles.Of(Root), Wishes("build=k8s-default sast=k8s-default"), Lint(Merged));

        edit.Text(Root).ShouldBe("include:\n  - template: Jobs/SAST.gitlab-ci.yml\ndefault:\n  tags: [k8s-default]\n\nbuild:\n  script: x\n");
        edit.Done().Record.Changes.ShouldHaveSingleItem().Jobs.ShouldBe(["build", "sast"]);
    }

    [Fact]
    public void TemplateDefault_IsOverriddenInTheRoot()
    {
        const string Root = "include: https://example.com/defaults.yml\ndefault:\n  image: alpine\na: {script: x}\nb: {script: x}\n";

        var edit = EditCiTags.Apply(CiFiles.Of(Root), Wishes("a=k8s-default b=k8s-default"), Lint("default: {image: alpine, tags: [docker]}\na: {script: x}\nb: {script: x}\n"));

        edit.Text(Root).ShouldBe("include: https://example.com/defaults.yml\ndefault:\n  tags: [k8s-default]\n  image: alpine\na: {script: x}\nb: {script: x}\n");
    }

    /// <summary>The template's job may extend the project's hidden job: no text says so.</summary>
    [Fact]
    public void TemplateJob_ThatMayUseAChangedHiddenJob_IsGivenItsTags()
    {
        const string Root = "include: {project: a/b, file: c.yml}\n.base:\n  tags: [linux]\nbuild: {extends: .base, script: x}\n";

        var edit = EditCiTags.Apply(CiFiles.Of(Root), Wishes("build=k8s-default"), Lint("build: {tags: [linux], script: x}\nfar: {tags: [linux], script: x}\n"));

        edit.Text(Root).ShouldBe("include: {project: a/b, file: c.yml}\n.base:\n  tags: [k8s-default]\nbuild: {extends: .base, script: x}\n\nfar:\n  tags: [linux]\n");
    }

    [Fact]
    public void TemplateJob_BehindRules_IsRefused_WithLines()
    {
        const string Root = "include:\n  - template: Jobs/SAST.gitlab-ci.yml\n    rules: [{if: $SCAN}]\nbuild:\n  script: x\n";

        var refused = EditCiTags.Apply(CiFiles.Of(Root), Wishes("sast=k8s-default"), Lint("build: {script: x}\nsast: {tags: [docker], script: y}\n")).Refused();

        refused.Reasons.ShouldHaveSingleItem().ShouldStartWith("sast comes from an include that has rules");
        refused.Paste.ShouldHaveSingleItem().ShouldBe(new LinesToPaste(".gitlab-ci.yml", "sast:\n  tags: [k8s-default]\n"));
    }

    /// <summary>A component's or include's inputs fill in tags: the text says <c>$[[ inputs.tag ]]</c>, GitLab's merged form the value.</summary>
    [Fact]
    public void Inputs_InALocalInclude_AreOverriddenInTheRoot()
    {
        var files = Files(
            (".gitlab-ci.yml", "include:\n  - local: ci/a.yml\n    inputs: {tag: linux}\n"),
            ("ci/a.yml", "spec:\n  inputs: {tag: {}}\n---\nbuild:\n  tags: [\"$[[ inputs.tag ]]\"]\n  script: x\n"));

        var edit = EditCiTags.Apply(files, Wishes("build=k8s-default"), Lint("build: {tags: [linux], script: x}\n")).Done();

        edit.Texts.ShouldHaveSingleItem().ShouldBe(new(".gitlab-ci.yml", "include:\n  - local: ci/a.yml\n    inputs: {tag: linux}\n\nbuild:\n  tags: [k8s-default]\n"));
    }

    [Fact]
    public void ExtendsAndReference_AcrossFiles_LeadToTheSource()
    {
        var files = Files(
            (".gitlab-ci.yml", "include: [/ci/a.yml]\n.mine: {extends: .far, image: x}\na: {extends: .mine, script: x}\nb:\n  tags: !reference [.far, tags]\n  script: x\n"),
            ("ci/a.yml", ".far:\n  tags: [linux]\n"));

        var edit = EditCiTags.Apply(files, Wishes("a=k8s-default b=k8s-default"), Lint("a: {tags: [linux], script: x}\nb: {tags: [linux], script: x}\n")).Done();

        edit.Texts.ShouldHaveSingleItem().ShouldBe(new("ci/a.yml", ".far:\n  tags: [k8s-default]\n"));
    }

    /// <summary>GitLab's lint has a job for each copy, its merged form one for all.</summary>
    [Fact]
    public void ParallelCopies_AreOneJobOfTheFile()
    {
        const string Text = "test:\n  parallel: 2\n  script: x\nall:\n  parallel: {matrix: [{OS: [a, b]}]}\n  script: x\n";
        LintedJob[] copies = [.. new[] { "test 1/2", "test 2/2", "all: [a]", "all: [b]" }.Select(name => new LintedJob(name, "test", [], null))];
        var lint = Lint(Text) with { Jobs = copies };

        var edit = EditCiTags.Apply(CiFiles.Of(Text), [.. copies.Select(copy => JobWish.Move(copy.Name, copy.Name[0] == 't' ? ["k8s-default"] : ["docker"]))], lint);

        edit.Text(Text).ShouldBe("test:\n  tags: [k8s-default]\n  parallel: 2\n  script: x\nall:\n  tags: [docker]\n  parallel: {matrix: [{OS: [a, b]}]}\n  script: x\n");
        EditCiTags.Apply(CiFiles.Of(Text), [JobWish.Move("test 1/2", "a"), JobWish.Move("test 2/2", "b")], lint)
            .Refused().Reasons.ShouldBe(["test is to have different tags at once; the copies of a parallel job are one in the file. Say one list."]);
    }
}
