using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Infrastructure.Tests.Sweeps;

namespace MigrationPortal.Infrastructure.Tests.GitLab.Desk;

public sealed class DeskRefusalTests(DeskWorld world) : IClassFixture<DeskWorld>
{
    private static readonly GitLabCaller Portal = new GitLabCaller.Portal(RequestPurpose.Projects);

    [Fact]
    public async Task TooManyRequests_IsARefusalThatSaysWhen()
    {
        var no = await WithAsync(() => FaultyWire.Answer(429, """{"message":{"error":"This endpoint has been requested too many times. Try again later."}}""", "application/json", ("Retry-After", "300")),
            async () => DeskWorld.Refused(await world.Get<IProjectReader>().LintAsync(world.Developer, world.Project, "HEAD", false, default)));
        (no.Code, no.RetryAfter).ShouldBe((DeskCode.RateLimited, TimeSpan.FromMinutes(5)));
        world.Budget.Held.ShouldBeEmpty("one person's limit is no reason to stop operations");
    }

    [Fact]
    public async Task NoAnswer_IsAFault() =>
        await WithAsync(() => FaultyWire.Answer(502, "<html>"), () => Should.ThrowAsync<GitLabUnavailableException>(world.Get<IProjectReader>().SettingsAsync(world.Developer, world.Project, default)));

    [Fact]
    public async Task Portals_OwnToken_NotAccepted_IsAFaultThatSaysWhatToDo()
    {
        var fault = await WithAsync(() => FaultyWire.Answer(401, """{"message":"401 Unauthorized"}"""), () => Should.ThrowAsync<GitLabUnavailableException>(world.Get<IProjectReader>().SettingsAsync(Portal, world.Project, default)));
        fault.Status.ShouldBe(401);
        fault.Message.ShouldContain("ReadToken");
    }

    [Fact]
    public async Task Persons_TokenThatEnded_AsksForConsent() =>
        (await WithAsync(() => FaultyWire.Answer(401, """{"error":"invalid_token","error_description":"Token was revoked."}"""), async () => DeskWorld.Refused(await world.Get<IProjectReader>().SettingsAsync(world.Developer, world.Project, default))))
            .Code.ShouldBe(DeskCode.ConsentNeeded);

    [Fact]
    public void Token_ShowsNothingOfItself()
    {
        var token = new PersonToken("glpat-shown-nowhere");
        $"{token} {new GitLabCaller.Person(token)} {System.Text.Json.JsonSerializer.Serialize(token)}".ShouldNotContain("glpat");
        Should.Throw<ArgumentException>(() => new PersonToken(" "));
    }

    [Fact]
    public void People_LeaveHalfOfTheLaneToOperations() =>
        RequestPurpose.Moves.Keeps(new BudgetLimit(20, 20), 1).ShouldBe(9.5);

    private async Task<T> WithAsync<T>(Func<HttpResponseMessage> answer, Func<Task<T>> ask)
    {
        world.Wire.Always = answer;
        try
        {
            return await ask();
        }
        finally
        {
            world.Wire.Always = null;
        }
    }
}
