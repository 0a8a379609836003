using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Testing;
using NetArchTest.Rules;

namespace MigrationPortal.Architecture.Tests;

/// <summary>The walls of the house.</summary>
public sealed partial class WallTests
{
    private static readonly Assembly Domain = typeof(TagSet).Assembly;
    private static readonly Assembly Infrastructure = Assembly.Load("MigrationPortal.Infrastructure");
    private static readonly Assembly Web = Assembly.Load("MigrationPortal.Web");
    private static readonly Assembly World = Assembly.Load("MigrationPortal.World");
    private static readonly Assembly Simulator = Assembly.Load("MigrationPortal.Simulator");
    private static readonly Assembly Kubernetes = Assembly.Load("MigrationPortal.Kubernetes");

    [Fact]
    public void Domain_Packages_AreOnTheAllowList()
    {
        string[] allowed = ["Tomlyn", "YamlDotNet", "MathNet.Numerics", "Microsoft.Extensions.Logging.Abstractions"];
        var project = XDocument.Load(Repository.PathOf("src", "MigrationPortal.Domain", "MigrationPortal.Domain.csproj"));

        project.Descendants("PackageReference").Select(one => one.Attribute("Include")!.Value).Except(allowed).ShouldBeEmpty();
        project.Descendants("ProjectReference").ShouldBeEmpty();
        project.Descendants("FrameworkReference").ShouldBeEmpty();
    }

    [Fact]
    public void Domain_KnowsNoOutsideWorld()
    {
        var result = Types.InAssembly(Domain).ShouldNot().HaveDependencyOnAny(
            "Microsoft.EntityFrameworkCore", "Npgsql", "System.Net.Http", "Hangfire", "k8s", "MudBlazor", "Microsoft.AspNetCore", "Refit").GetResult();

        (result.FailingTypeNames ?? []).ShouldBeEmpty();
    }

    [Fact]
    public void Infrastructure_NeverKnowsWeb() => ReferencesOf(Infrastructure).ShouldNotContain("MigrationPortal.Web");

    [Fact]
    public void Portal_NeverKnowsTheSimulator()
    {
        foreach (var portal in (Assembly[])[Domain, Infrastructure, Web])
            ReferencesOf(portal).Intersect(["MigrationPortal.World", "MigrationPortal.Simulator", "MigrationPortal.Kubernetes"]).ShouldBeEmpty(portal.GetName().Name);
    }

    [Fact]
    public void Simulator_NeverKnowsThePortal()
    {
        foreach (var one in (Assembly[])[World, Simulator, Kubernetes])
            ReferencesOf(one).Intersect(["MigrationPortal.Domain", "MigrationPortal.Infrastructure", "MigrationPortal.Web", "MigrationPortal.Migrations"]).ShouldBeEmpty(one.GetName().Name);
    }

    [Fact]
    public void Infrastructure_IsKnownToHostingAlone() =>
        Sources.Holding("src/MigrationPortal.Web", "MigrationPortal.Infrastructure",
            path => path.Contains("/Hosting/", StringComparison.Ordinal) || path.EndsWith("/Program.cs", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void RunnerGateway_IsCalledByPlansAlone() =>
        Sources.Holding("src", "IRunnerGateway", path =>
            path.StartsWith("src/MigrationPortal.Domain/Plans/", StringComparison.Ordinal)
            || path.StartsWith("src/MigrationPortal.Infrastructure/GitLab/", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void RunnersOfGitLab_AreWrittenInOnePlace()
    {
        var writers = Sources.Of("src", ".cs").Where(one => RunnerWrite().IsMatch(one.Text)).Select(one => one.Path).ToList();

        writers.ShouldAllBe(path => path.StartsWith("src/MigrationPortal.Infrastructure/GitLab/", StringComparison.Ordinal));
        writers.Count.ShouldBe(1);
    }

    [Fact]
    public void Clocks_AreNeverReadDirectly() =>
        Sources.Of("src", ".cs", ".razor").Concat(Sources.Of("simulator", ".cs"))
            .Where(one => DirectClock().IsMatch(one.Text)).Select(one => one.Path).ShouldBeEmpty();

    [Fact]
    public void Pages_LoadNothingFromElsewhere() =>
        Sources.Of("src/MigrationPortal.Web", ".razor", ".css", ".js", ".html")
            .Where(one => ForeignAddress().IsMatch(one.Text)).Select(one => one.Path).ShouldBeEmpty();

    [Fact]
    public void Files_StayReadable() =>
        Sources.Of("src", ".cs", ".razor").Concat(Sources.Of("simulator", ".cs"))
            .Where(one => one.Text.Count(letter => letter == '\n') > 300).Select(one => one.Path).ShouldBeEmpty();

    private static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    // Not DELETE /projects/:id/runners/:id, which changes no runner but who may use it.
    [GeneratedRegex(@"\[(Put|Delete)\(""[^""]*/v4/runners/\{")]
    private static partial Regex RunnerWrite();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b")]
    private static partial Regex DirectClock();

    [GeneratedRegex(@"(src|href)=""https?://|url\(['""]?https?://|@import\s+['""]https?://|from\s+['""]https?://")]
    private static partial Regex ForeignAddress();
}
