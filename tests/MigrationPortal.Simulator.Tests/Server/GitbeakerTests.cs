using System.Diagnostics;
using System.Text.Json.Nodes;
using MigrationPortal.Testing;

namespace MigrationPortal.Tests.Simulated;

/// <summary>An existing GitLab client, unchanged, against the simulator.</summary>
public sealed class GitbeakerTests(Simulated sim) : IClassFixture<Simulated>
{
    private static readonly string Folder = Repository.PathOf("tests", "gitbeaker");

    [Fact]
    public async Task Client_PagesEditsAndIsRefused_AsWithGitLab()
    {
        if (!System.IO.Directory.Exists(Path.Combine(Folder, "node_modules", "@gitbeaker")))
        {
            await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        }

        var (runners, projects) = sim.Host.Production.Do(w =>
            (w.Fleet.Runners.Select(r => r.Id).ToArray(), w.Directory.Projects.Select(p => p.FullPath).ToArray()));

        var seen = JsonNode.Parse(await RunAsync("node", ["drive.mjs"]))!;

        ((string)seen["me"]!).ShouldBe("mara");
        seen["runners"]!.AsArray().Select(r => (int)r!).ShouldBe(runners);
        ((int)seen["tagged"]!).ShouldBeInRange(1, runners.Length - 1);
        seen["after"]!.AsArray().Select(t => (string)t!).ShouldBe(
            seen["before"]!.AsArray().Select(t => (string)t!).Append("from-gitbeaker"), ignoreOrder: true);
        ((bool)seen["projectsInPut"]!).ShouldBeFalse();
        seen["projects"]!.AsArray().Select(p => (string)p!).ShouldBe(projects);
        ((int)seen["jobs"]!).ShouldBeGreaterThan(0);
        ((bool)seen["file"]!).ShouldBeTrue();
        ((string)seen["nested"]!).ShouldBe("héllo");
        ((int)seen["mergeRequest"]!).ShouldBe(1);
        ((string)seen["variable"]!).ShouldBe("k8s-default");
        seen["refusal"]!.ToJsonString().ShouldContain("can not be empty when runner is not allowed to pick untagged jobs");
        ((int)seen["unauthorized"]!).ShouldBe(401);
    }

    private async Task<string> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GITLAB_URL"] = sim.Host.Address.ToString().TrimEnd('/');
        start.Environment["GITLAB_TOKEN"] = sim.Host.AdminToken;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return output;
    }
}
