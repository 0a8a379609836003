using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Domain.Tests.Readiness;

/// <summary>The contract data beside the checkout: the vocabulary and one fragment for many of its classes.</summary>
public class FailureContractTests
{
    private const string Absent = "The contract data (../shared/kubernetes-contract) is not beside this checkout.";

    private static readonly string? Folder = Find();

    public static TheoryData<string, string, string?, int?, string> Fragments
    {
        get
        {
            var data = new TheoryData<string, string, string?, int?, string>();
            foreach (var line in Folder is null ? [] : File.ReadLines(Path.Combine(Folder, "log-fragments.jsonl")).Where(line => line.Length > 0))
            {
                var one = JsonNode.Parse(line)!;
                data.Add((string)one["id"]!, (string)one["log_fragment"]!, (string?)one["gitlab_failure_reason"], (int?)one["exit_code"], (string)one["class"]!);
            }

            if (data.Count == 0) data.Add("", "", null, null, "");
            return data;
        }
    }

    [Fact]
    public void Classes_AreThoseOfTheContract()
    {
        Assert.SkipWhen(Folder is null, Absent);
        using var classes = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder!, "classes.json")));
        classes.RootElement.EnumerateArray().ToDictionary(one => one.GetProperty("class").GetString()!, one => one.GetProperty("migrationRelated").GetBoolean())
            .ShouldBe(FailureClasses.All, ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Fragments))]
    public void Fragment_Alone_IsItsClass(string id, string fragment, string? reason, int? exitCode, string expected)
    {
        Assert.SkipWhen(Folder is null, Absent);
        FailureClassifier.Classify(fragment, reason, exitCode).Class.ShouldBe(expected, id);
        FailureClassifier.Classify(fragment, null, exitCode).Class.ShouldBe(expected, $"{id} without a reason");
        FailureClassifier.Classify(fragment).Class.ShouldBe(expected, $"{id} with nothing beside it");
    }

    [Theory, MemberData(nameof(Fragments))]
    public void Fragment_InARealLog_IsItsClass(string id, string fragment, string? reason, int? exitCode, string expected)
    {
        Assert.SkipWhen(Folder is null, Absent);
        foreach (var timestamps in (bool[])[false, true])
        {
            var log = JobLogs.Around(fragment, reason, exitCode, timestamps);
            FailureClassifier.Classify(log, reason, exitCode).Class.ShouldBe(expected, $"{id}\n{log}");
            FailureClassifier.Classify(log, null, exitCode).Class.ShouldBe(expected, $"{id} without a reason\n{log}");
            FailureClassifier.Classify(log).Class.ShouldBe(expected, $"{id} with nothing beside it\n{log}");
        }
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "kubernetes-contract", "failures") is var there && Directory.Exists(there)) return there;
        return null;
    }
}
