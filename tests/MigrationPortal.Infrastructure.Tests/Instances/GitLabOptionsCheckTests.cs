using Microsoft.Extensions.Configuration;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.Tests.Instances;

public sealed class GitLabOptionsCheckTests
{
    [Fact]
    public void Read_GoodSettings_HasDefaultsAndNoProblem()
    {
        var (options, problems) = Read();
        problems.ShouldBeEmpty();
        var one = options.Instances.Single();
        (one.RequestsPerSecond, one.Burst, one.OperationsRequestsPerSecond, one.OperationsConcurrency).ShouldBe((1, 10, 20, 8));
        one.CanWrite.ShouldBeFalse();
        options.ToDirectory().Production.Url.ShouldBe("https://gitlab.example.com");
    }

    [Theory]
    [InlineData("Name", "", "Portal:GitLab:Instances:0:Name is missing")]
    [InlineData("Name", "Prod GitLab", "Portal:GitLab:Instances:0:Name is 'Prod GitLab'")]
    [InlineData("Kind", "Staging", "Portal:GitLab:Instances:0:Kind is 'Staging': use Production or Qa")]
    [InlineData("Kind", "1", "Portal:GitLab:Instances:0:Kind is '1'")]
    [InlineData("Kind", "Qa", "Portal:GitLab:Instances holds 0 instances of Kind Production")]
    [InlineData("Url", "", "Portal:GitLab:Instances:0:Url is missing")]
    [InlineData("Url", "gitlab.example.com", "Portal:GitLab:Instances:0:Url is not an address")]
    [InlineData("Url", "ftp://gitlab.example.com", "Portal:GitLab:Instances:0:Url is not an address that begins with http://, https://")]
    [InlineData("Url", "https://root:pw@gitlab.example.com", "Portal:GitLab:Instances:0:Url holds a user name")]
    [InlineData("ReadToken", " ", "Portal:GitLab:Instances:0:ReadToken is missing")]
    [InlineData("ReadToken", "glpat-ab cd", "Portal:GitLab:Instances:0:ReadToken holds a character")]
    [InlineData("WriteToken", "glpat-\u00e4", "Portal:GitLab:Instances:0:WriteToken holds a character")]
    [InlineData("ClockUrl", "now", "Portal:GitLab:Instances:0:ClockUrl is not an address")]
    [InlineData("RequestsPerSecond", "0", "Portal:GitLab:Instances:0:RequestsPerSecond is '0': use a number from 0.01 to 1000")]
    [InlineData("RequestsPerSecond", "many", "Portal:GitLab:Instances:0:RequestsPerSecond is 'many'")]
    [InlineData("Burst", "0.5", "Portal:GitLab:Instances:0:Burst is '0.5'")]
    [InlineData("OperationsRequestsPerSecond", "-1", "Portal:GitLab:Instances:0:OperationsRequestsPerSecond")]
    [InlineData("OperationsConcurrency", "65", "Portal:GitLab:Instances:0:OperationsConcurrency")]
    [InlineData("KeepJobsMonths", "0", "Portal:GitLab:Instances:0:KeepJobsMonths is '0'")]
    [InlineData("HistoryDays", "200", "Portal:GitLab:Instances:0:HistoryDays is 200, longer than jobs are kept: use at most 168")]
    [InlineData("CaFile", "/nowhere/ca.pem", "Portal:GitLab:Instances:0:CaFile names /nowhere/ca.pem, which is not there")]
    [InlineData("Proxy", "proxy:3128", "Portal:GitLab:Instances:0:Proxy is not an address")]
    public void Read_BadSetting_NamesItsKey(string key, string value, string problem) =>
        Read((key, value)).Problems.ShouldContain(one => one.StartsWith(problem, StringComparison.Ordinal));

    [Fact]
    public void Read_SeveralBadSettings_ListsAllAtOnceAndNoToken()
    {
        var (_, problems) = Read(("Url", "x"), ("ReadToken", "glpat-secret value"), ("Burst", "0"));
        problems.Count.ShouldBe(3);
        problems.ShouldAllBe(one => !one.Contains("secret"));
    }

    [Fact]
    public void Read_NoInstance_SaysWhatToSet() =>
        GitLabOptionsCheck.Read(new ConfigurationBuilder().Build()).Problems.Single().ShouldContain("Portal:GitLab:Instances is empty");

    [Fact]
    public void Read_FileWithoutCertificate_IsAProblem()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "no certificate");
        Read(("CaFile", path)).Problems.Single().ShouldContain("holds no certificate in PEM form");
        File.Delete(path);
    }

    [Fact]
    public void Read_SameNameAndUrlTwice_AreProblems()
    {
        var settings = Good("0").Concat(Good("1")).ToDictionary();
        settings["Portal:GitLab:Instances:1:Kind"] = nameof(InstanceKind.Qa);
        var (_, problems) = GitLabOptionsCheck.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        problems.Count.ShouldBe(2);
    }

    private static (GitLabOptions Options, IReadOnlyList<string> Problems) Read(params (string Key, string? Value)[] changes)
    {
        var settings = Good("0");
        foreach (var (key, value) in changes) settings[$"Portal:GitLab:Instances:0:{key}"] = value;
        return GitLabOptionsCheck.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }

    private static Dictionary<string, string?> Good(string index) => new()
    {
        [$"Portal:GitLab:Instances:{index}:Name"] = "production",
        [$"Portal:GitLab:Instances:{index}:Url"] = "https://gitlab.example.com/",
        [$"Portal:GitLab:Instances:{index}:ReadToken"] = "glpat-abc",
    };
}
