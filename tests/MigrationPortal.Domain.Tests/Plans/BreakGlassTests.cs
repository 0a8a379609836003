using System.Diagnostics;
using System.Text.Json;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Plans;

/// <summary>The script runs in a real bash; only curl is a stand-in that writes down what it was asked.</summary>
public sealed class BreakGlassTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("break-glass-");

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public async Task Script_FromAnyPointOfTheOperation_RestoresTheFirstFleet_AndKeepsServed()
    {
        await Always.HoldsAsync(Scene.Any, 25, async scene =>
        {
            var portal = new Portal(scene.Context);
            // No script brings a deleted runner back.
            if (scene.Target is Domain.Phases.PlanTarget.DeleteRunners || await portal.StartAsync(scene.Target) is not { } operation) return;
            var first = portal.GitLab.State;
            var steps = operation.Steps.Select(step => step.Step).ToList();
            var puts = Puts(await RunAsync(BreakGlassScript.For(operation, new Uri("https://gitlab.example/sub/")), "glpat-x"));

            for (var done = 0; done <= steps.Count; done++)
            {
                var fleet = scene.Context.Fleet.With(Planner.Effect(steps.Take(done)));
                List<FleetSnapshot> seen = [fleet];
                foreach (var (id, to) in puts) seen.Add(fleet = fleet.With(new Dictionary<RunnerId, RunnerAttributes?> { [id] = to(fleet.Runners.First(runner => runner.Id == id).Attributes) }));
                fleet.Runners.ToDictionary(runner => runner.Id, runner => runner.Attributes).ShouldBe(first, ignoreOrder: true);
                foreach (var one in scene.Context.Census.Classes)
                    if (Scene.Served(seen[0], one.Needs, scene.Context.Census) && Scene.Served(seen[^1], one.Needs, scene.Context.Census))
                        seen.ShouldAllBe(moment => Scene.Served(moment, one.Needs, scene.Context.Census));
            }
        });
    }

    // Restoring in order of id alone would take untagged from Kubernetes before legacy has it back.
    [Fact]
    public async Task Script_WhereTheTakerComesFirst_WidensBeforeItRestores()
    {
        var context = new Domain.Phases.DesireContext(
            Make.Fleet(Make.Kubernetes(1, "k8s-default"), Make.Legacy(2, "docker-fallback", baseline: Make.Attributes("linux", true))),
            Make.Settings(), Make.State(), Make.Census(Make.Class("")));
        var plan = new Scene(context, Make.Target(Domain.Phases.Phase.UntaggedTakeover)).Plan();
        var fleet = context.Fleet.With(Planner.Effect(plan.Steps));
        foreach (var (id, to) in Puts(await RunAsync(BreakGlassScript.For(plan, new Uri("https://gitlab.example")), "glpat-x")))
        {
            fleet = fleet.With(new Dictionary<RunnerId, RunnerAttributes?> { [id] = to(fleet.Runners.First(runner => runner.Id == id).Attributes) });
            Scene.Served(fleet, Make.Needs(""), context.Census).ShouldBeTrue();
        }
        fleet.Runners.Select(runner => runner.Attributes).ShouldBe(context.Fleet.Runners.Select(runner => runner.Attributes));
    }

    [Fact]
    public async Task Script_HostileNamesAndTags_StayText()
    {
        var evil = Make.Runner(1, RunnerRole.Legacy, new RunnerAttributes(TagSet.Of("it's", "$(touch pwned)", "`id`", "a\"b"), true, false, RunnerAccessLevel.NotProtected));
        evil = evil with { Observed = evil.Observed with { Description = "x'; touch pwned; echo '\n rm -rf /" } };
        var to = evil.Attributes with { Paused = true };
        var fleet = Make.Fleet(evil);
        var census = Make.Census();
        var plan = MakePlan.Compute(new PlanRequest("a title\ntouch pwned", "{}", fleet, census, [new DesiredRunner(evil.Id, to, "")], [], [], [], Make.Now, Make.Admin));
        var calls = await RunAsync(BreakGlassScript.For(plan, new Uri("https://gitlab.example")), "glpat-x");
        Puts(calls).Single().To(to).ShouldBe(evil.Attributes);
        _folder.GetFiles("pwned", SearchOption.AllDirectories).ShouldBeEmpty();
        string.Join('\n', calls).ShouldNotContain("glpat-x");
    }

    [Fact]
    public async Task Script_DryRun_CallsNobody_AndNeedsNoToken()
    {
        var fleet = Make.Fleet(Make.Legacy(1, "docker"));
        var plan = MakePlan.Compute(new PlanRequest("t", "{}", fleet, Make.Census(), [new DesiredRunner(Make.Id(1), Make.Attributes("docker", false), "")], [], [], [], Make.Now, Make.Admin));
        (await RunAsync(BreakGlassScript.For(plan, new Uri("https://gitlab.example")), null, "--dry-run")).ShouldBeEmpty();
        await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(BreakGlassScript.For(plan, new Uri("https://gitlab.example")), null));
    }

    private static List<(RunnerId Id, Func<RunnerAttributes, RunnerAttributes> To)> Puts(IEnumerable<string> calls) =>
    [
        .. calls.Select(call =>
        {
            var parts = call.Split('\t', 2);
            parts[0].ShouldContain("/api/v4/runners/");
            var body = JsonDocument.Parse(parts[1]).RootElement;
            var tags = TagSet.Of(body.GetProperty("tag_list").EnumerateArray().Select(tag => tag.GetString()!));
            return (Make.Id(long.Parse(parts[0].Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture)), (Func<RunnerAttributes, RunnerAttributes>)(now =>
                now with { Tags = tags, RunUntagged = body.GetProperty("run_untagged").GetBoolean(), Paused = body.GetProperty("paused").GetBoolean() }));
        }),
    ];

    private async Task<string[]> RunAsync(string script, string? token, params string[] arguments)
    {
        var log = Path.Combine(_folder.FullName, "calls");
        File.Delete(log);
        var bin = _folder.CreateSubdirectory("bin");
        var curl = Path.Combine(bin.FullName, "curl");
        await File.WriteAllTextAsync(curl, """
            #!/bin/bash
            while [ $# -gt 0 ]; do
              case "$1" in
                --data-binary) body="$2"; shift;;
                --header) case "$2" in @*) grep -q '^PRIVATE-TOKEN: glpat-' "${2#@}" || exit 22;; esac; shift;;
                --request|--retry|--max-time|--output) shift;;
                http*) url="$1";;
              esac
              shift
            done
            printf '%s\t%s\n' "$url" "$body" >> "$CALLS"
            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(curl, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = Path.Combine(_folder.FullName, "restore.sh");
        await File.WriteAllTextAsync(file, script);

        var start = new ProcessStartInfo("bash", [file, .. arguments]) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{bin.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CALLS"] = log;
        start.Environment.Remove("GITLAB_TOKEN");
        if (token is not null) start.Environment["GITLAB_TOKEN"] = token;
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync();
        var error = await bash.StandardError.ReadToEndAsync();
        await output;
        await bash.WaitForExitAsync();
        if (bash.ExitCode != 0) throw new InvalidOperationException($"exit {bash.ExitCode}: {error}");
        return File.Exists(log) ? await File.ReadAllLinesAsync(log) : [];
    }
}
