using MigrationPortal.Domain.Cohorts.Edits;
using static MigrationPortal.Domain.Tests.Cohorts.Edits.EditWorld;

namespace MigrationPortal.Domain.Tests.Cohorts.Edits;

/// <summary>Where the answer is "not automatically": why, and what to paste.</summary>
public sealed class EditRefusalTests
{
    [Theory]
    [InlineData("a: {tags: [$RUNNER_TAG], script: x}\n", "a=k8s-default", "a has the tag $RUNNER_TAG: set the variable instead of changing the file.")]
    [InlineData("a: {tags: [$OS], parallel: {matrix: [{OS: [linux, mac]}]}, script: x}\n", "a=k8s-default", "a has the tag $OS, perhaps from its parallel:matrix: change the values there, or set the variable.")]
    [InlineData("a: {script: x}\n", "b=k8s-default", "b is not a job of this configuration: read the project again.")]
    [InlineData("a: {trigger: x/y}\n", "a=k8s-default", "a starts another pipeline and needs no runner: change that pipeline's own project.")]
    [InlineData("a: &a {script: x}\nb: *a\n", "b=k8s-default", "The tags of b are written in a way that cannot be changed for it alone: other jobs use the same lines, or the job as a whole is an alias. Give it its own tags.")]
    public void Edit_ThatCannotBe_SaysWhyAndWhatToPaste(string text, string wishes, string reason)
    {
        var refused = Edit(text, Wishes(wishes)).Refused();

        refused.Reasons.ShouldBe([reason]);
        refused.Paste.ShouldHaveSingleItem().Text.ShouldBe($"{wishes.Split('=')[0]}:\n  tags: [k8s-default]\n");
    }

    [Fact]
    public void Variable_OfAJobThatStays_IsNoMatter()
    {
        const string Text = "a:\n  tags: [$RUNNER_TAG]\n  script: x\nb:\n  tags: [linux]\n  script: x\n";

        Edit(Text, JobWish.Leave("a"), JobWish.Move("b", "k8s-default")).Text(Text).ShouldBe(Text.Replace("linux", "k8s-default", StringComparison.Ordinal));
    }

    [Fact]
    public void AliasedJob_MovesWithItsSource_WhenBothMove() =>
        Edit("a: &a {tags: [x], script: x}\nb: *a\n", Wishes("a=k8s-default b=k8s-default")).Text("").ShouldBe("a: &a {tags: [k8s-default], script: x}\nb: *a\n");

    [Fact]
    public void TooManyTags_IsRefused()
    {
        var tags = Enumerable.Range(0, 50).Select(n => $"t{n}").ToArray();

        Edit("a: {script: x}\n", JobWish.Move("a", tags)).Refused().Reasons.ShouldBe(["a would have 50 tags; GitLab takes at most 49."]);
        Edit("a: {script: x}\n", JobWish.Move("a", tags[1..])).Done();
    }

    [Fact]
    public void UnwritableTag_IsRefused_WithoutLines()
    {
        var refused = Edit("a: {script: x}\n", JobWish.Move("a", "x\ny")).Refused();

        refused.Reasons.ShouldBe(["A tag for a is empty or holds a control character."]);
        refused.Paste.ShouldBeEmpty();
    }

    [Fact]
    public void InvalidConfiguration_IsRefused_WithGitLabsWords() =>
        EditCiTags.Apply(CiFiles.Of("a: 1\n"), Wishes("a=x"), Lint("", "jobs config should contain at least one visible job"))
            .Refused().Reasons.ShouldBe(["GitLab does not accept the configuration as it is: jobs config should contain at least one visible job Correct that first."]);

    [Theory]
    [InlineData("a: [", "2")]
    [InlineData("a:\n  b: c\n c: d\n", "3")]
    [InlineData("", "1")]
    public void UnreadableFile_IsRefused_WithItsLine(string text, string line) =>
        EditCiTags.Apply(CiFiles.Of(text), Wishes("a=x"), Lint("a: {script: x}\n")).Refused().Reasons.ShouldHaveSingleItem().ShouldStartWith($".gitlab-ci.yml, line {line}: ");

    [Fact]
    public void MissingRoot_IsRefused() =>
        EditCiTags.Apply(new CiFiles("ci.yml", new Dictionary<string, string>()), Wishes("a=x"), Lint("a: {script: x}\n")).Refused().Reasons.ShouldBe(["The file ci.yml is missing: give its text."]);

    [Fact]
    public void FileInBraces_TakesNoNewEntries_ButItsJobsAreEdited()
    {
        Edit("{a: {script: x}, b: {tags: [\"l\"], script: x}}\n", Wishes("a=k8s-default b=k8s-default")).Text("").ShouldBe("{a: {tags: [k8s-default], script: x}, b: {tags: [\"k8s-default\"], script: x}}\n");
        EditCiTags.Apply(CiFiles.Of("{include: x.yml}"), Wishes("a=x"), Lint("a: {tags: [b], script: x}\n")).Refused().Reasons.ShouldBe([".gitlab-ci.yml is written in braces, and nothing is added to such a file."]);
    }

    /// <summary>A line break more at the end would become part of the text.</summary>
    [Theory]
    [InlineData("|+\n      make\n")]
    [InlineData(">\n      make")]
    public void TextThatIsOpenAtTheEnd_StaysTheLastOne(string script)
    {
        var root = $"include: {{project: a/b, file: c.yml}}\n\n# makes\nbuild:\n  script:\n    - {script}";

        EditCiTags.Apply(CiFiles.Of(root), Wishes("far=k8s-default"), Lint("build: {script: x}\nfar: {tags: [linux], script: x}\n"))
            .Text(root).ShouldBe(root.Replace("# makes", "far:\n  tags: [k8s-default]\n\n# makes", StringComparison.Ordinal));
    }
}
