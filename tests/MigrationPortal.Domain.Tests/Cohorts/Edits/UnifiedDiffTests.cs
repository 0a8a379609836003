using CsCheck;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Cohorts.Edits;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Diff_HasThreeLinesAround_AndTellsHunksApart() => UnifiedDiff.Of("ci.yml", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n10\n11\n12\n13\n").ShouldBe(
        """
        --- a/ci.yml
        +++ b/ci.yml
        @@ -2,7 +2,7 @@
         2
         3
         4
        -5
        +x
         6
         7
         8
        @@ -10,3 +10,4 @@
         10
         11
         12
        +13

        """);

    [Theory]
    [InlineData("a", "a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n")]
    [InlineData("", "a\n", "@@ -0,0 +1 @@\n+a\n")]
    [InlineData("a\r\n", "b\r\n", "@@ -1 +1 @@\n-a\r\n+b\r\n")]
    public void Diff_OfEnds_IsThatOfDiff(string before, string after, string hunks) => UnifiedDiff.Of("x", before, after).ShouldBe("--- a/x\n+++ b/x\n" + hunks);

    [Fact]
    public void Diff_OfEqualTexts_IsEmpty() => UnifiedDiff.Of("x", "a\n", "a\n").ShouldBe("");

    /// <summary>Applied to the text before it gives the text after, and it has no more lines than it must.</summary>
    [Fact]
    public void Diff_OfAnyTexts_LeadsFromOneToTheOther() => Always.Holds(Gen.Select(Text, Text), 300, pair =>
    {
        var (before, after) = pair;
        var lines = UnifiedDiff.Of("x", string.Concat(before), string.Concat(after)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();

        Patched(before, lines).ShouldBe(after);
        lines.Count(line => line[0] is '-' or '+').ShouldBe(before.Length + after.Length - (2 * LongestCommon(before, after)));
    });

    private static List<string> Patched(string[] before, List<string> diff)
    {
        var (made, at) = (new List<string>(), 0);
        foreach (var line in diff)
        {
            if (line[0] == '@')
            {
                var range = line.Split(' ')[1][1..].Split(',');
                var first = int.Parse(range[0]) - (range is [_, "0"] ? 0 : 1);
                made.AddRange(before[at..first]);
                at = first;
                continue;
            }

            if (line[0] != '+') before[at++].ShouldBe(line[1..] + "\n");
            if (line[0] != '-') made.Add(line[1..] + "\n");
        }

        made.AddRange(before[at..]);
        return made;
    }

    private static Gen<string[]> Text => Gen.Int[0, 3].Select(n => $"{n}\n").Array[0, 12];

    private static int LongestCommon(string[] a, string[] b)
    {
        var best = new int[a.Length + 1, b.Length + 1];
        for (var x = 1; x <= a.Length; x++)
            for (var y = 1; y <= b.Length; y++) best[x, y] = a[x - 1] == b[y - 1] ? best[x - 1, y - 1] + 1 : Math.Max(best[x - 1, y], best[x, y - 1]);
        return best[a.Length, b.Length];
    }
}
