using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Cohorts;

[Collection(PortalCollection.Name)]
public sealed class CohortApiTests(PortalFixture portal)
{
    private const string Seed = "0123456789abcdef";

    [Fact]
    public async Task Cohort_IsOpened_Previewed_GrownAndShrunk_AsAnyoneComputes()
    {
        var left = (await portal.Api.GetAsync("projects?limit=1")).Items[0]!["id"]!.GetValue<long>();
        var made = (await portal.Api.PostAsync("cohorts", new { name = "pilot", seed = Seed, caps = new { each = 50 }, excluded = new[] { new { project = left, reason = "quarter end" } } })).ShouldBe(201);
        var id = made.Json["id"]!.GetValue<long>();
        (await portal.Api.PostAsync("cohorts", new { name = "pilot" })).ShouldRefuse(409, "name-taken");

        var dry = (await portal.Api.PostAsync($"cohorts/{id}/waves?dryRun=true", new { percent = 50 })).ShouldBe(200).Json;
        dry["wave"].ShouldBeNull();
        var added = dry["preview"]!["added"]!.AsArray().Select(one => one!["project"]!.GetValue<long>()).ToList();
        added.Count.ShouldBe(dry["preview"]!["size"]!.GetValue<int>());
        added.ShouldNotContain(left);
        dry["preview"]!["excluded"]!.AsArray().ShouldContain(one => one!["code"]!.GetValue<string>() == Exclusions.Named);
        dry["preview"]!["forecasts"]!.AsArray().Count.ShouldBe(2);
        (await portal.Api.GetAsync($"cohorts/{id}")).ShouldBe(200).Json["waves"]!.AsArray().ShouldBeEmpty();

        // By stratum in the order of the keyed hash: what somebody with the seed alone expects.
        foreach (var stratum in dry["preview"]!["added"]!.AsArray().GroupBy(one => one!["stratum"]!.GetValue<string>()))
        {
            var numbers = stratum.Select(one => one!["project"]!.GetValue<long>()).ToList();
            numbers.ShouldBe(numbers.OrderBy(number => KeyedHash.Of(Seed, KeyedHash.Draw, new ProjectId(new InstanceId("production"), number))));
        }

        var resized = (await PatchAsync($"cohorts/{id}", """{"percent":50,"reason":"a test"}""")).ShouldBe(200);
        Numbers(resized.Json["added"]!).ShouldBe(added);
        var members = (await portal.Api.GetAsync($"cohorts/{id}/projects?limit=500")).ShouldBe(200).Items;
        members.Select(one => one!["project"]!.GetValue<long>()).ShouldBe(added);
        members[0]!["state"]!.GetValue<string>().ShouldBe("selected");

        var csv = (await portal.Api.GetAsync($"cohorts/{id}/projects.csv")).ShouldBe(200);
        csv.Type.ShouldBe("text/csv");
        (await portal.Api.PostAsync($"cohorts/{id}/projects/import", new { text = csv.Text })).ShouldBe(200).Json["unchanged"]!.GetValue<int>().ShouldBe(added.Count);
        var bad = (await portal.Api.PostAsync($"cohorts/{id}/projects/import", new { text = $"id,kind\n{added[0]},random\n987654321,\n" })).ShouldRefuse(422, "bad-lines");
        bad.Json["reasons"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldBe(["Line 3: there is no project 987654321: take the number from the project's page in GitLab."]);

        Numbers((await PatchAsync($"cohorts/{id}", """{"percent":0,"reason":"a test"}""")).ShouldBe(200).Json["withdrawn"]!).ShouldBe(added.AsEnumerable().Reverse());
        (await portal.Api.GetAsync($"cohorts/{id}/projects")).ShouldBe(200).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Exposure_IsOfJobsSinceTheChange_AndSaysWhoIsElsewhere()
    {
        var enrollments = portal.Services.GetRequiredService<IEnrollmentStore>();
        var (production, since) = (new InstanceId("production"), portal.Services.GetRequiredService<IWorldClock>().Now(new InstanceId("production")).AddDays(-6));
        var busy = portal.GitLab.Production.Do(world => world.Directory.Projects.Where(one => !one.Archived).MaxBy(one => world.Jobs.OfProject(one, null, null, 0, 500).Count)!.Id);
        var pinned = (await enrollments.AddAsync(new Enrollment(0, new ProjectId(production, busy), EnrollmentTarget.Docker, EnrollmentKind.HandPicked, null, EnrollmentState.Verified, null, "a test", Actor.Portal, since, 0), default))!;
        try
        {
            var seen = (await portal.Api.GetAsync("cohorts/exposure")).ShouldBe(200).Json;
            seen.AsObject().Select(one => one.Key).ShouldBe(["kubernetes", "kubernetesElsewhere", "docker", "dockerElsewhere", "mismatch", "blursComparison", "projects", "mismatches"]);
            seen["docker"]!.GetValue<long>().ShouldBeGreaterThan(0);
            seen["mismatches"]!.AsArray().Count.ShouldBe(seen["projects"]!.GetValue<int>());
            foreach (var one in seen["mismatches"]!.AsArray())
            {
                one!.AsObject().Select(field => field.Key).ShouldBe(["project", "path", "state", "elsewhere", "jobs", "sentence"]);
                one["sentence"]!.GetValue<string>().ShouldStartWith($"Project production/{one["project"]!.GetValue<long>()} ");
            }
        }
        finally
        {
            await enrollments.SaveAsync(pinned.Go(EnrollmentState.Graduated, Actor.Portal, since, "a test"), EnrollmentState.Verified, default);
        }

        (await portal.Api.GetAsync("cohorts/exposure?instance=nowhere")).ShouldNameField("instance");
    }

    [Fact]
    public async Task Wave_IsShownWithItsPlan_ButNotSentBeforeThePhase_AndGivenUp()
    {
        var id = (await portal.Api.PostAsync("cohorts?instance=qa", new { name = "waves" })).ShouldBe(201).Json["id"]!.GetValue<long>();
        var planned = (await portal.Api.PostAsync($"cohorts/{id}/waves?instance=qa", new { percent = 10, start = "when-gates-pass" })).ShouldBe(201).Json;
        (planned["wave"]!["state"]!.GetValue<string>(), planned["wave"]!["number"]!.GetValue<int>()).ShouldBe(("previewed", 1));
        (await portal.Api.PostAsync($"cohorts/{id}/waves?instance=qa", new { percent = 20 })).ShouldRefuse(409, "wave-open");
        (await portal.Api.PostAsync($"cohorts/{id}/waves/1/send?instance=qa")).ShouldRefuse(409, "not-in-phase");
        (await portal.Api.PostAsync($"cohorts/{id}/waves/1/close?instance=qa", new { reason = "a test" })).ShouldBe(200).Json["state"]!.GetValue<string>().ShouldBe("closed");
        (await portal.Api.PostAsync($"cohorts/{id}/waves/1/send?instance=qa")).ShouldRefuse(409, "wave-over");
        (await portal.Api.PostAsync($"cohorts/{id}/waves/2/send?instance=qa")).ShouldRefuse(404, "unknown-wave");
        (await portal.Api.PostAsync($"cohorts/{id}/waves?instance=qa", new { percent = 0 })).ShouldRefuse(422, "invalid-wave");
        (await portal.Api.PostAsync($"cohorts/{id}/waves?instance=qa", new { percent = 5, start = "soon" })).ShouldNameField("start");
        (await portal.Api.PostAsync($"cohorts/{id}/waves?instance=qa", new { percent = 5, start = "at-time" })).ShouldRefuse(422, "invalid-wave");
    }

    [Fact]
    public async Task Cohort_OfAnOldVersion_IsNotChanged_AndEveryMistakeIsNamed()
    {
        var id = (await portal.Api.PostAsync("cohorts?instance=qa", new { name = "versions" })).ShouldBe(201).Json["id"]!.GetValue<long>();
        var tag = (await portal.Api.GetAsync($"cohorts/{id}?instance=qa")).ShouldBe(200).Headers["ETag"];
        (await PatchAsync($"cohorts/{id}?instance=qa", """{"percent":1,"reason":"a test"}""", ("If-Match", tag))).ShouldBe(200);
        (await PatchAsync($"cohorts/{id}?instance=qa", """{"percent":2,"reason":"a test"}""", ("If-Match", tag))).ShouldRefuse(412, "changed-meanwhile");
        (await portal.Api.GetAsync($"cohorts/{id}")).ShouldRefuse(404, "not-found");
        var wrong = await PatchAsync($"cohorts/{id}?instance=qa", "{}");
        foreach (var field in (string[])["percent", "reason"]) wrong.ShouldNameField(field);
        (await portal.Api.PostAsync("cohorts", new { name = "x", seed = "short" })).ShouldRefuse(422, "invalid-cohort").Json["reasons"]![0]!.GetValue<string>().ShouldStartWith("seed: ");
        (await portal.Api.PostAsync("cohorts", new { name = "x", caps = new { named = new Dictionary<string, int?> { ["team"] = 1 } } })).ShouldNameField("caps.named");
    }

    private Task<PortalAnswer> PatchAsync(string path, string body, params (string, string)[] headers) =>
        portal.Api.SendAsync(HttpMethod.Patch, path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), headers);

    private static IEnumerable<long> Numbers(System.Text.Json.Nodes.JsonNode list) => list.AsArray().Select(one => one!.GetValue<long>());
}
