using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>People's CI files, by GitLab's own API: projects ask for a runner by its tag, and later do not any more.</summary>
/// <param name="world">Whose projects they are.</param>
/// <param name="every">Which projects: every one, every second, ...</param>
/// <param name="cancellation">Ends all of it.</param>
internal sealed class CiFiles(World world, int every, CancellationToken cancellation) : IDisposable
{
    private const string Asking = "  tags: [k8s-default]\n";

    // Two jobs of a file move, the others stay: a project then runs on both.
    private static readonly string[] Moving = ["build:\n  stage: build\n", "unit-test:\n  stage: test\n"];

    private readonly HttpClient _http = new() { BaseAddress = new Uri(world.Simulator.Address, "api/v4/"), DefaultRequestHeaders = { { "PRIVATE-TOKEN", world.AdminToken } } };

    /// <returns>How many projects opted in.</returns>
    public Task<int> OptInAsync() => WriteAsync(text => Moving.Aggregate(text, (file, job) => file.Contains(job + Asking, StringComparison.Ordinal) ? file : file.Replace(job, job + Asking, StringComparison.Ordinal)));

    /// <returns>How many projects took the tag out again.</returns>
    public Task<int> TakeOutAsync() => WriteAsync(text => text.Replace(Asking, "", StringComparison.Ordinal));

    public void Dispose() => _http.Dispose();

    // Where a default says which runners the jobs want, it goes on saying so.
    private async Task<int> WriteAsync(Func<string, string> edit)
    {
        var written = 0;
        await foreach (var project in ProjectsAsync())
        {
            if (project["id"]!.GetValue<int>() % every != 0 || !string.IsNullOrEmpty(project["ci_config_path"]?.GetValue<string>())) continue;
            var file = $"projects/{project["id"]}/repository/files/.gitlab-ci.yml";
            if (await ReadAsync($"{file}/raw?ref={project["default_branch"]}") is not { } text || text.Contains("default:", StringComparison.Ordinal) || edit(text) is var after && after == text) continue;
            using var answer = await _http.PutAsJsonAsync(file, new { branch = project["default_branch"]!.GetValue<string>(), content = after, commit_message = "Choose runners" }, cancellation);
            answer.EnsureSuccessStatusCode();
            written++;
        }

        return written;
    }

    private async Task<string?> ReadAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation);
    }

    private async IAsyncEnumerable<JsonNode> ProjectsAsync()
    {
        const int Most = 100;
        for (var page = 1; ; page++)
        {
            var projects = (await _http.GetFromJsonAsync<JsonArray>(new Uri($"projects?per_page={Most}&page={page}", UriKind.Relative), cancellation))!;
            foreach (var project in projects.OfType<JsonNode>()) yield return project;
            if (projects.Count < Most) yield break;
        }
    }
}
