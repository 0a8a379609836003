using System.Text.Json;
using MigrationPortal.Domain.Cohorts.Edits;
using static MigrationPortal.Domain.Tests.Cohorts.Edits.EditWorld;

namespace MigrationPortal.Domain.Tests.Cohorts.Edits;

/// <summary>The way back when the file went on: what others wrote stays, the edit's own places are turned back.</summary>
public sealed class UndoCiTagsTests
{
    private const string Before = """
        # pipeline
        .base:
          tags:
            - "large" # big
            - linux
        build:
          extends: .base
          script: make
        test:
          extends: .base
          script: make test
        lint:
          script: make lint
        scan: {script: scan}
        docs:
          tags: [docs, 'linux']
          script: make docs
        """ + "\n";

    private static CiEdit.Edited Edited => Edit(Before, Wishes("build=k8s-large test=k8s-large lint=k8s-default scan=k8s-default docs=k8s-default")).Done();

    private static string After => Edited.Texts[CiFiles.UsualRoot];

    public static TheoryData<string, string, string> Since => new()
    {
        { "a job came", "docs:\n", "new:\n  script: x\ndocs:\n" },
        { "comments came", "# pipeline\n", "# pipeline\n# of the team\n\n" },
        { "a script changed", "make test", "make check" },
        { "a key came beside the tags", "docs:\n", "docs:\n  stage: test\n" },
        { "the last line changed", "script: make docs\n", "script: make docs # now\n" },
        { "everything before moved down", "# pipeline\n", "stages: [a]\nvariables: {A: b}\n\n# pipeline\n" },
    };

    [Theory]
    [MemberData(nameof(Since))]
    public void Undo_FileWentOn_TurnsBackOnlyTheTags(string name, string old, string now)
    {
        _ = name;
        After.ShouldContain(old);

        UndoCiTags.Apply(Edited.Record, CiFiles.Of(After.Replace(old, now, StringComparison.Ordinal))).Text("").ShouldBe(Before.Replace(old, now, StringComparison.Ordinal));
    }

    [Fact]
    public void Undo_FileAsItWasLeft_IsExact() => UndoCiTags.Apply(Edited.Record, CiFiles.Of(After)).Text("").ShouldBe(Before);

    /// <summary>The record waits in the store for weeks.</summary>
    [Fact]
    public void Record_AsJson_IsStillTheWayBack()
    {
        var stored = JsonSerializer.Deserialize<CiEditRecord>(JsonSerializer.Serialize(Edited.Record))!;

        UndoCiTags.Apply(stored, CiFiles.Of(After)).Text("").ShouldBe(Before);
        UndoCiTags.Apply(stored, CiFiles.Of("# more\n" + After)).Text("").ShouldBe("# more\n" + Before);
    }

    [Fact]
    public void Undo_IsItselfUndone()
    {
        var back = UndoCiTags.Apply(Edited.Record, CiFiles.Of(After)).Done();

        UndoCiTags.Apply(back.Record, CiFiles.Of(Before)).Text("").ShouldBe(After);
    }

    [Fact]
    public void Undo_AlreadyUndone_ChangesNothing() => UndoCiTags.Apply(Edited.Record, CiFiles.Of(Before)).Done().Texts.ShouldBeEmpty();

    [Fact]
    public void Undo_Reformatted_PutsTheListBack()
    {
        var today = After.Replace("      - \"k8s-large\" # big", "  - 'k8s-large'", StringComparison.Ordinal).Replace("    - \"k8s-large\" # big", "  - 'k8s-large'", StringComparison.Ordinal);

        UndoCiTags.Apply(Edited.Record, CiFiles.Of(today)).Text("").ShouldContain("  tags:\n  - 'large'\n  - 'linux'\n");
    }

    [Fact]
    public void Undo_TagsChangedSince_IsRefused_WithLines()
    {
        var refused = UndoCiTags.Apply(Edited.Record, CiFiles.Of(After.Replace("\"k8s-large\"", "gpu", StringComparison.Ordinal))).Refused();

        refused.Reasons.ShouldBe([".gitlab-ci.yml: the tags of .base have been changed to [gpu] since: put back [large, linux] by hand, or leave them."]);
        refused.Paste.ShouldHaveSingleItem().Text.ShouldStartWith("build:\n  tags: [large, linux]\n\ntest:\n");
    }

    [Fact]
    public void Undo_JobGoneSince_IsNoted()
    {
        var today = After.Replace("docs:\n  tags: ['k8s-default']\n  script: make docs\n", "", StringComparison.Ordinal).Replace("docs:\n  tags: [k8s-default]\n  script: make docs\n", "", StringComparison.Ordinal);
        today.ShouldNotContain("docs");

        UndoCiTags.Apply(Edited.Record, CiFiles.Of(today)).Done().Notes.ShouldBe([".gitlab-ci.yml: the tags of docs are no longer there; nothing is put back."]);
    }

    [Fact]
    public void Undo_AddedDefault_ThatOthersAddedTo_LosesOnlyItsTags()
    {
        var today = After.Replace("default:\n  tags: [k8s-default]\n", "default:\n  tags: [k8s-default]\n  image: alpine\n", StringComparison.Ordinal);
        today.ShouldNotBe(After);

        var back = UndoCiTags.Apply(Edited.Record, CiFiles.Of(today)).Text("");

        back.ShouldContain("default:\n  image: alpine\n");
        back.ShouldNotContain("k8s");
    }

    [Fact]
    public void Undo_FileGoneOrBroken_IsRefused()
    {
        UndoCiTags.Apply(Edited.Record, Files(("other.yml", "a: 1"))).Refused().Reasons.ShouldBe([".gitlab-ci.yml is no longer there: put the tags back where its jobs are now."]);
        UndoCiTags.Apply(Edited.Record, CiFiles.Of("a: [")).Refused().Reasons.ShouldHaveSingleItem().ShouldStartWith(".gitlab-ci.yml, line ");
    }
}
