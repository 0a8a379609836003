using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Domain.Tests.Readiness;

public class FailureClassifierTests
{
    public static TheoryData<string, string> OfRunner => [.. FailureSamples.OfRunner.SelectMany(one => one.Texts.Select(text => (one.Class, text)))];

    public static TheoryData<string, int, string> OfScript => [.. FailureSamples.OfScript.SelectMany(one => one.Texts.Select(text => (one.Class, one.Exit, text)))];

    [Fact]
    public void Samples_AreThreeOrMoreOfEveryClass() =>
        FailureClasses.All.Keys.Except(["cache-local", "user-not-allowed", "user-overridden", "pod-unschedulable-hint"])
            .Where(word => FailureSamples.OfRunner.Where(one => one.Class == word).Sum(one => one.Texts.Length) + FailureSamples.OfScript.Where(one => one.Class == word).Sum(one => one.Texts.Length) < 3)
            .ShouldBeEmpty();

    [Theory, MemberData(nameof(OfRunner))]
    public void RunnerText_IsItsClass(string expected, string text)
    {
        FailureClassifier.Classify(text).Class.ShouldBe(expected, "alone");
        FailureClassifier.Classify($"ERROR: Job failed (system failure): {text}", "runner_system_failure").Class.ShouldBe(expected, "as the last word");
        FailureClassifier.Classify(JobLogs.Whole([], null, $"ERROR: Job failed (system failure): prepare environment: {text}", true), null).Class.ShouldBe(expected, "before the script");
        FailureClassifier.Classify(JobLogs.Whole([], ["$ make", "downloading 1 of 3"], $"ERROR: Job failed: {text}", false), "script_failure").Class.ShouldBe(expected, "while the script ran");
    }

    [Theory, MemberData(nameof(OfScript))]
    public void ScriptText_IsItsClass(string expected, int exitCode, string text)
    {
        if (expected != FailureClasses.ExitCode) FailureClassifier.Classify(text).Class.ShouldBe(expected, "alone");
        FailureClassifier.Classify(text, "script_failure", exitCode).Class.ShouldBe(expected, "with its code");
        FailureClassifier.Classify(JobLogs.InScript(text, exitCode)).Class.ShouldBe(expected, "in a script");
        FailureClassifier.Classify(JobLogs.InScript(text, exitCode, timestamps: true), "script_failure", exitCode).Class.ShouldBe(expected, "with timestamps");
    }
}
