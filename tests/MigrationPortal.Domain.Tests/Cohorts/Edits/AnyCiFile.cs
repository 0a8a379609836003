using System.Text;
using CsCheck;

namespace MigrationPortal.Domain.Tests.Cohorts.Edits;

/// <summary>
/// CI files of every form that people write: three parts, of which one is the root, one a local include, and one a template
/// that only the merged configuration has.
/// </summary>
internal static class AnyCiFile
{
    public static readonly string[] Tags = ["old-a", "old-b", "old-c"];

    public static Gen<CiWorld> World { get; } =
        from root in Part("r")
        from local in Part("l")
        from far in Part("f")
        from hasLocal in Gen.Bool
        from hasFar in Gen.Int[0, 3].Select(n => n == 0)
        from start in OneOf("", "# Pipeline of the team\n", "stages: [build, test]\n", "# header\n\nvariables:\n  tags: old-a # no tag\n\n", "spec:\n  inputs: {}\n---\n", "---\n")
        from defaults in Defaults
        from form in Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 4])
        from wishes in OneOf("", "", "k8s-default", "k8s-default", "k8s-default", "k8s-large,k8s-gpu", "docker", "none").Array[40]
        select new CiWorld(start, defaults, root, hasLocal ? local : null, hasFar ? far : null, form.Item1, form.Item2, form.Item3 == 0, wishes);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(n => texts[n]);

    private static Gen<string> Defaults => Gen.OneOf(
        Gen.Const(""),
        Gen.Const("default:\n  image: alpine # small\n\n"),
        Gen.Const("default: {interruptible: true}\n"),
        from list in Gen.OneOf(Flow, Block("  "), Block("    ")) select $"# for all\ndefault:\n  tags:{list}\n  image: alpine\n\n",
        from list in Flow select $"default: {{ image: alpine, tags:{list} }}\n");

    private static Gen<string> Part(string name) =>
        from anchor in Gen.OneOf(Flow, Block("  "))
        from first in Tagged(name, "  ")
        from second in Gen.OneOf(Gen.Const($"  extends: .{name}1\n"), Tagged(name, "  "))
        from jobs in Job(name).Array[1, 5]
        select $".{name}-tags: &{name}-tags{anchor}\n\n.{name}1: # first\n{first}  variables: {{A: b}}\n.{name}2:\n{second}  retry: 1\n\n"
            + string.Concat(jobs.Select((job, n) => job.Replace("NAME", Named(name, n), StringComparison.Ordinal).Replace("FIRST", n == 0 ? $".{name}2" : $"{name}-job0", StringComparison.Ordinal)));

    private static string Named(string part, int n) => n switch { 1 => $"\"{part} job: {n}\"", 2 => $"'{part}/job {n}'", _ => $"{part}-job{n}" };

    private static Gen<string> Job(string part) => Gen.OneOf(Blocks(part, "  "), Blocks(part, "    "), Braces(part));

    private static Gen<string> Blocks(string part, string indent) =>
        from above in OneOf("", "\n", "\n# about NAME\n", "# close to old-a\n")
        from beside in OneOf("", " # old-a", "  ")
        from tags in Tagged(part, indent)
        from extends in Extends(part)
        from inherit in Inherit
        from tagsLast in Gen.Bool
        let rest = $"{extends}{inherit}".Replace("INDENT", indent, StringComparison.Ordinal)
        let script = $"{indent}# the work\n{indent}script:\n{indent}  - echo tags old-a\n{indent}  - |\n{indent}    tags:\n{indent}      - old-a\n"
        select $"{above}NAME:{beside}\n" + (tagsLast ? rest + script + tags : tags + rest + script);

    private static Gen<string> Braces(string part) =>
        from tags in Gen.OneOf(Gen.Const(""), Flow.Select(list => $"tags:{list}, "), Gen.Const($"tags: *{part}-tags, "))
        from extends in OneOf("", $"extends: .{part}1, ")
        select $"NAME: {{{tags}{extends}script: [a, b]}} # tags\n";

    private static Gen<string> Extends(string part) => OneOf("", "", $"INDENTextends: .{part}1\n", $"INDENTextends: .{part}2 # base\n", $"INDENTextends: [.{part}2, .{part}1]\n", "INDENTextends: FIRST\n", "INDENTextends: .OTHER1\n");

    private static Gen<string> Inherit => OneOf("", "", "", "INDENTinherit: {default: false}\n", "INDENTinherit:\nINDENT  default: [image]\n", "INDENTinherit: {default: [tags]}\n");

    private static Gen<string> Tagged(string part, string indent) => Gen.OneOf(
        Gen.Const(""),
        Gen.Const(""),
        Flow.Select(list => $"{indent}tags:{list}\n"),
        Block(indent).Select(list => $"{indent}tags:{list}\n"),
        Block(indent + "  ").Select(list => $"{indent}tags: # where{list}\n"),
        Gen.Const($"{indent}tags: *{part}-tags # as all\n"),
        Gen.Const($"{indent}tags: !reference [.{part}-ref, tags]\n"),
        Gen.Const($"{indent}tags: !reference [.OTHER-ref, tags]\n"));

    private static Gen<string[]> List => OneOf(Tags).Array[1, 3].Select(list => list.Distinct().ToArray());

    private static Gen<string> Flow =>
        from list in List
        from form in Gen.Int[0, 4]
        select form switch
        {
            0 => $" [ {string.Join(" , ", list)} ]",
            1 => $" [{string.Join(",", list.Select(tag => $"'{tag}'"))}]",
            2 => $" [{string.Join(", ", list.Select(tag => $"\"{tag}\""))},]",
            3 => $" [\n      {string.Join(",\n      ", list)}\n    ]",
            _ => $" [{string.Join(", ", list)}]",
        };

    private static Gen<string> Block(string indent) =>
        from list in List
        from form in Gen.Int[0, 3]
        select string.Concat(list.Select((tag, n) => form switch
        {
            0 => $"\n{indent}- '{tag}'",
            1 => $"\n{indent}-   {tag}  # why {n}",
            2 when n > 0 => $"\n{indent}# between\n{indent}- {tag}",
            _ => $"\n{indent}- {tag}",
        }));
}

/// <param name="Wishes">Per job: a list, <c>none</c> for untagged, nothing for "leave it".</param>
internal sealed record CiWorld(string Start, string Default, string RootPart, string? LocalPart, string? FarPart, bool IsCrLf, bool HasLastBreak, bool HasMark, IReadOnlyList<string> Wishes)
{
    private const string References = ".{0}-ref:\n  tags: [old-c, old-a]\n";

    public string Root => Formed(Start + Include + Default + With(RootPart, 'r')) is var text && HasLastBreak ? text : text.TrimEnd('\n', '\r');

    public string? Local => LocalPart is null ? null : Formed(With(LocalPart, 'l'));

    /// <summary>Includes come first; a header document belongs to its own file.</summary>
    public string Merged(string root, string? local)
    {
        var text = new StringBuilder();
        if (FarPart is not null) text.Append(With(FarPart, 'f')).Append('\n');
        if (local is not null) text.Append(local).Append('\n');
        var begin = root.IndexOf("---", StringComparison.Ordinal);
        return text.Append(begin < 0 ? root : root[(begin + 3)..]).Replace("\uFEFF", "").ToString();
    }

    public string Formed(string text) => (HasMark ? "\uFEFF" : "") + (IsCrLf ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text);

    public override string ToString() => $"{Root}\n==== local\n{Local}\n==== far\n{FarPart}\n====\n{string.Join(' ', Wishes)}";

    private string Include => (LocalPart, FarPart) switch
    {
        (null, null) => "",
        (_, null) => "include: /ci/local.yml\n",
        (null, _) => "include: [https://example.com/far.yml]\n",
        _ => "include:\n  - https://example.com/far.yml\n  - local: ci/local.yml # ours\n",
    };

    /// <summary>Parts use one another: the project's own files the template, and the template the root.</summary>
    private string With(string part, char name)
    {
        var other = name == 'f' ? "r" : FarPart is not null ? "f" : LocalPart is not null ? "l" : "r";
        return References.Replace("{0}", $"{name}", StringComparison.Ordinal) + part.Replace("OTHER", other, StringComparison.Ordinal);
    }
}
