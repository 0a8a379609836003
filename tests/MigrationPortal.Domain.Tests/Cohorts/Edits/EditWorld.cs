using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Readiness.Ci;

namespace MigrationPortal.Domain.Tests.Cohorts.Edits;

/// <summary>Projects as texts, with the lint that GitLab would give of them.</summary>
internal static class EditWorld
{
    /// <summary>A lint of a configuration in one text: without includes the file itself is its merged form.</summary>
    public static CiLint Lint(string merged, params string[] errors) => new(
        errors.Length == 0, errors, [], errors.Length == 0 ? merged : null, [],
        [.. CiConfiguration.Read(merged.TrimStart('\uFEFF')).Jobs.Select(job => new LintedJob(job.Name, "test", job.Tags, "on_success"))]);

    public static CiFiles Files(params (string Path, string Text)[] files) => new(files[0].Path, files.ToDictionary(file => file.Path, file => file.Text));

    public static CiEdit Edit(string text, params JobWish[] wishes) => EditCiTags.Apply(CiFiles.Of(text), wishes, Lint(text));

    public static CiEdit.Edited Done(this CiEdit edit) => edit.ShouldBeOfType<CiEdit.Edited>(string.Join(" ", (edit as CiEdit.Refused)?.Reasons ?? []));

    public static CiEdit.Refused Refused(this CiEdit edit) => edit.ShouldBeOfType<CiEdit.Refused>();

    /// <summary>The root file after the edit.</summary>
    public static string Text(this CiEdit edit, string before) => edit.Done().Texts.GetValueOrDefault(CiFiles.UsualRoot, before);

    /// <summary>Wishes in short: <c>build=k8s-default test=docker,linux deploy=</c>; an empty list is untagged.</summary>
    public static JobWish[] Wishes(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=')).Select(one => JobWish.Move(one[0], one[1].Split(',', StringSplitOptions.RemoveEmptyEntries)))];
}
