using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Readiness.Ci;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;
using static MigrationPortal.Domain.Tests.Cohorts.Edits.EditWorld;

namespace MigrationPortal.Domain.Tests.Cohorts.Edits;

/// <summary>What holds whatever the files and wishes: read by the configuration's own reader, not by the editor's.</summary>
public sealed class EditProperties
{
    private const int Cases = 400;
    private const string LocalPath = "ci/local.yml";

    [Fact]
    public void Edit_GivesEachJobItsTags() => Always.Holds(AnyCiFile.World, Cases, world =>
    {
        var (edit, wishes) = Edited(world);
        var (root, local) = Texts(world, edit);
        var before = Read(world.Merged(world.Root, world.Local));
        var after = Read(world.Merged(root, local));
        var overrides = Read(root).Where(one => !Read(world.Root).ContainsKey(one.Key)).ToDictionary();

        foreach (var (name, job) in before)
        {
            var wished = wishes.TryGetValue(name, out var wish) ? TagSet.Of(wish.Tags) : TagSet.Of(job.Tags);
            TagSet.Of((overrides.GetValueOrDefault(name) ?? after[name]).Tags).ShouldBe(wished, name);
        }
    });

    [Fact]
    public void Edit_ChangesNothingElse() => Always.Holds(AnyCiFile.World, Cases, world =>
    {
        var (edit, _) = Edited(world);
        foreach (var (path, after) in edit.Texts)
        {
            var before = path == LocalPath ? world.Local! : world.Root;
            Lines(after).Where(IsComment).ShouldBe(Lines(before).Where(IsComment));
            foreach (var line in Lines(UnifiedDiff.Of(path, before, after)).Skip(2).Where(line => line.StartsWith('-')))
                (IsComment(line[1..]) || line.TrimStart('-', ' ').StartsWith(']') || line.Contains("default: {", StringComparison.Ordinal) || line.Contains("tags", StringComparison.Ordinal) || AnyCiFile.Tags.Any(tag => line.Contains(tag, StringComparison.Ordinal))).ShouldBeTrue(line);
            after.Count(letter => letter == '\r').ShouldBe(world.IsCrLf ? after.Count(letter => letter == '\n') : 0);
            (after.EndsWith('\n'), after.StartsWith('\uFEFF')).ShouldBe((before.EndsWith('\n'), before.StartsWith('\uFEFF')));
            Rest(after, Read(before).ContainsKey).ShouldBe(Rest(before, _ => true));
        }
    });

    [Fact]
    public void Undo_OfWhatWasLeft_IsExact() => Always.Holds(AnyCiFile.World, Cases, world =>
    {
        var (edit, _) = Edited(world);
        var (root, local) = Texts(world, edit);

        var back = Texts(UndoCiTags.Apply(edit.Record, Files(root, local)).Done(), root, local);

        back.ShouldBe((world.Root, world.Local));
    });

    [Fact]
    public void Undo_OfFilesThatWentOn_KeepsWhatCame() => Always.Holds(AnyCiFile.World, Cases, world =>
    {
        var (edit, _) = Edited(world);
        if (edit.Texts.Count == 0) return;
        var (root, local) = Texts(world, edit);
        string Later(string text) => text + (text.EndsWith('\n') ? "" : "\n") + "zz:\n  script: later\n";

        var back = Texts(UndoCiTags.Apply(edit.Record, Files(Later(root), local is null ? null : Later(local))).Done(), Later(root), local is null ? null : Later(local));

        back.ShouldBe((Later(world.Root), world.Local is null ? null : Later(world.Local)));
    });

    private static (CiEdit.Edited Edit, Dictionary<string, JobWish> Wishes) Edited(CiWorld world)
    {
        var merged = world.Merged(world.Root, world.Local);
        var wishes = Read(merged).Keys.Zip(world.Wishes).Where(one => one.Second.Length > 0)
            .Select(one => JobWish.Move(one.First, one.Second == "none" ? [] : one.Second.Split(','))).ToDictionary(wish => wish.Job);
        return (EditCiTags.Apply(Files(world.Root, world.Local), wishes.Values, Lint(merged)).Done(), wishes);
    }

    private static CiFiles Files(string root, string? local) => local is null ? CiFiles.Of(root) : EditWorld.Files((CiFiles.UsualRoot, root), (LocalPath, local));

    private static (string Root, string? Local) Texts(CiWorld world, CiEdit.Edited edit) => Texts(edit, world.Root, world.Local);

    private static (string Root, string? Local) Texts(CiEdit.Edited edit, string root, string? local) => (edit.Texts.GetValueOrDefault(CiFiles.UsualRoot, root), edit.Texts.GetValueOrDefault(LocalPath, local!));

    private static Dictionary<string, CiJob> Read(string text)
    {
        var read = CiConfiguration.Read(text.Replace("\uFEFF", "", StringComparison.Ordinal));
        read.Problems.Where(problem => problem.Stops).ShouldBeEmpty();
        return read.Jobs.ToDictionary(job => job.Name);
    }

    /// <summary>All that the reader knows of the jobs but tags and lines.</summary>
    private static List<string> Rest(string text, Func<string, bool> isWanted) => [.. Read(text).Values.Where(job => isWanted(job.Name))
        .Select(job => $"{job.Name} {job.Image?.Name} {string.Join('|', job.Scripts.Select(line => line.Text))} {string.Join(',', job.Variables.All.Select(one => $"{one.Name}={one.Value}"))} {job.Interruptible}")];

    private static bool IsComment(string line) => line.TrimStart().StartsWith('#');

    private static string[] Lines(string text) => text.TrimStart('\uFEFF').Replace("\r", "", StringComparison.Ordinal).Split('\n');
}
