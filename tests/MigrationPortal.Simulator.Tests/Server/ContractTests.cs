using System.Text.Json.Nodes;
using MigrationPortal.World;

namespace MigrationPortal.Tests.Simulated;

/// <summary>The answers against the schemas of GitLab's own tests.</summary>
public sealed class ContractTests(Simulated sim) : IClassFixture<Simulated>
{
    private const string Missing = "no shared/gitlab-contract folder above the checkout";

    public static bool IsThere => Contract.IsThere;

    [Fact(Skip = Missing, SkipUnless = nameof(IsThere))]
    public async Task Runners_ListDetailsAndManagers_AreAsGitLabWritesThem()
    {
        foreach (var runner in (await sim.JsonAsync("/api/v4/runners/all?per_page=100")).AsArray())
        {
            Contract.Check("schemas/derived/runner.schema.json", runner!);
            Contract.Check("schemas/derived/runner_details.schema.json", await sim.JsonAsync($"/api/v4/runners/{runner!["id"]}"));
            foreach (var manager in (await sim.JsonAsync($"/api/v4/runners/{runner["id"]}/managers")).AsArray())
            {
                Contract.Check("schemas/public_api/v4/runner_manager.json", manager!);
            }
        }
    }

    [Fact(Skip = Missing, SkipUnless = nameof(IsThere))]
    public async Task Jobs_OfEveryStatus_AreAsGitLabWritesThem()
    {
        foreach (var status in Enum.GetValues<JobStatus>())
        {
            var (project, id) = sim.Host.Production.Do(w =>
                w.Jobs.Newest([status], null, 1).Select(j => (j.Project.FullPath, j.Id)).FirstOrDefault());
            if (project is not null)
            {
                var job = await sim.JsonAsync($"/api/v4/projects/{Uri.EscapeDataString(project)}/jobs/{id}");
                Contract.Check("schemas/public_api/v4/job.json", job);
                job.AsObject().ContainsKey("failure_reason").ShouldBe(status == JobStatus.Failed);
                job["project"]!.AsObject().ContainsKey("id").ShouldBeFalse();
            }
        }
    }

    [Theory(Skip = Missing, SkipUnless = nameof(IsThere))]
    [InlineData("/api/v4/metadata", "schemas/public_api/v4/metadata.json")]
    [InlineData("/api/v4/user", "schemas/public_api/v4/user/admin.json")]
    public async Task Single_IsAsGitLabWritesIt(string path, string schema) => Contract.Check(schema, await sim.JsonAsync(path));

    [Fact(Skip = Missing, SkipUnless = nameof(IsThere))]
    public async Task ProjectsPipelinesCommitsAndHooks_AreAsGitLabWritesThem()
    {
        foreach (var project in (await sim.JsonAsync("/api/v4/projects?simple=true&per_page=100")).AsArray())
        {
            Contract.Check("schemas/public_api/v4/project.json", project!);
            await EachAsync($"/api/v4/projects/{project!["id"]}/pipelines?per_page=5", "schemas/public_api/v4/pipeline/basic.json");
            await EachAsync($"/api/v4/projects/{project["id"]}/repository/commits?per_page=5", "schemas/public_api/v4/commit/basic.json");
        }

        using var hook = await sim.SendAsync(HttpMethod.Post, "/api/v4/projects/" + sim.Host.Production.Do(w => w.Directory.Projects[0].Id) + "/hooks", new { url = "http://localhost:1/x" });
        Contract.Check("schemas/public_api/v4/project_hook.json", await Simulated.BodyAsync(hook));
    }

    private async Task EachAsync(string path, string schema)
    {
        foreach (JsonNode? item in (await sim.JsonAsync(path)).AsArray())
        {
            Contract.Check(schema, item!);
        }
    }
}
