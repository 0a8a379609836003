using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Checks;

/// <summary>What is wrong with the contract's samples, looked through by hand: every error is a true one, and every sample without one is right.</summary>
public sealed class ContractFindingsTests
{
    private static readonly Dictionary<string, string[]> Errors = new()
    {
        ["lint-bad_shell.toml"] = ["bad-value runners[0].shell 9"],
        ["lint-misspelled_key.toml"] = ["unknown-key runners[0].buids_dir 9"],
        ["lint-wrong_section.toml"] = ["wrong-section runner 11"],
        ["docs-040"] = ["unknown-key runners[0].referees.metrics.metric_queries 6"],
        ["docs-063"] = ["wrong-section runners[0].custom.volumes 15"],
        ["docs-112"] = ["bad-value runners[0].executor 2"],
        ["docs-145"] = ["not-released runners[0].kubernetes.services[2].suspend_data_path 21"],
        ["docs-148"] = ["unknown-key runners[0].kubernetes.allowPrivilegeEscalation 8"],
        ["docs-174"] = ["pod-spec-off runners[0].kubernetes.pod_spec 18"],
        ["docs-187"] = ["bad-volume runners[0].kubernetes.volumes.empty_dir[0].name 5"],
        ["docs-172"] = ["wrong-section allow_privilege_escalation 1", "wrong-type runners 2"],
    };

    [Fact]
    public void EverySample_HasTheErrorsThatItHas()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        foreach (var (name, toml) in RunnerContract.Parsable())
        {
            // Parts of a file alone, such as [runners.docker]: a runner refuses to load them.
            var isPart = ConfigDocument.Read(toml).Document!.Root["runners"] is ConfigTable;
            var expected = Errors.GetValueOrDefault(name, isPart ? ["wrong-type runners 1"] : []);
            ValidateConfig.Of(toml).Where(one => one.Severity == CheckSeverity.Error).Select(one => $"{one.Code} {one.Key} {one.Line}").ShouldBe(expected, name);
        }
    }

    [Fact]
    public void EverySampleThatIsNoToml_IsOneFindingWithItsLine()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        ValidateConfig.Of(RunnerContract.Text("config-toml/lint-invalid_syntax.toml")!).ShouldHaveSingleItem().ShouldSatisfyAllConditions(one => one.Code.ShouldBe("syntax"), one => one.Line.ShouldBe(4));
        foreach (var (id, toml, _) in RunnerContract.Blocks().Where(block => !block.Parses))
            ValidateConfig.Of(toml).ShouldHaveSingleItem(id).Code.ShouldBe("syntax", id);
    }

    [Fact]
    public void EveryFinding_HasACodeOfTheListAndWordsOfItsOwn()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        foreach (var (name, toml) in RunnerContract.Parsable())
            foreach (var found in ValidateConfig.Of(toml)) FindingForm.Judge(found, toml, name);
    }
}
