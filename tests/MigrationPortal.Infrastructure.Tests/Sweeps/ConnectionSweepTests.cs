using MigrationPortal.Domain.Access;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Sweeps;

public sealed class ConnectionSweepTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Connection_GoodTokens_IsHealthyAndMayWrite()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        var health = await CheckAsync(portal);
        health.Problems.ShouldBeEmpty();
        (health.Reachable, health.CanRead, health.CanWrite).ShouldBe((true, true, true));
        health.Version.ShouldNotBeNull();
        health.ReadToken!.Scopes.ShouldContain("read_api");
        health.WriteToken!.IsAdmin.ShouldBeTrue();
    }

    [Fact]
    public async Task Connection_WithoutWriteToken_IsObserveMode()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, change: settings => settings.Remove("Portal:GitLab:Instances:0:WriteToken"));
        var health = await CheckAsync(portal);
        health.Problems.ShouldBeEmpty();
        (health.CanRead, health.CanWrite, health.WriteToken).ShouldBe((true, false, null));
    }

    [Fact]
    public async Task Connection_WriteTokenThatOnlyReads_NamesTheScope()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, change: settings => settings["Portal:GitLab:Instances:0:WriteToken"] = settings["Portal:GitLab:Instances:0:ReadToken"]);
        var health = await CheckAsync(portal);
        health.Problems.Single().ShouldMatch("^Portal:GitLab:Instances:0:WriteToken has the scopes read_api.*, and needs api.$");
        health.CanWrite.ShouldBeFalse();
    }

    [Fact]
    public async Task Connection_WrongToken_SaysSoAndTheOtherSweepsStopAsking()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, change: settings => settings["Portal:GitLab:Instances:0:ReadToken"] = "glpat-wrong");
        var health = await CheckAsync(portal);
        health.Problems.Single().ShouldStartWith("Portal:GitLab:Instances:0:ReadToken is not accepted by GitLab: it was revoked");
        health.Problems.ShouldAllBe(one => !one.Contains("glpat-wrong"));
        var before = portal.Wire.Requests;
        var state = await portal.RunAsync<JobSweep>();
        (state.Outcome, portal.Wire.Requests).ShouldBe((SweepOutcome.PutOff, before));
        state.Said.ShouldContain("revoked");
    }

    [Fact]
    public async Task Connection_TokenRevokedInTheMiddle_IsFoundAndRecoversByItself()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await CheckAsync(portal);
        portal.Wire.Always = () => FaultyWire.Answer(401, """{"error":"invalid_token","error_description":"Token was revoked."}""");
        (await portal.RunAsync<FleetSweep>()).Said.ShouldContain("Token was revoked");
        portal.Get<SweepWishes>().IsWished("connection", SimulatedPortal.Production).ShouldBeTrue();
        (await CheckAsync(portal)).CanRead.ShouldBeFalse();
        (await portal.RunAsync<FleetSweep>()).Outcome.ShouldBe(SweepOutcome.PutOff);

        portal.Wire.Always = null;
        (await CheckAsync(portal)).CanRead.ShouldBeTrue();
        (await portal.RunAsync<FleetSweep>()).Outcome.ShouldBe(SweepOutcome.Done);
    }

    [Fact]
    public async Task Connection_GitLabAway_IsNotReachable()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        portal.Wire.Always = () => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        var health = await CheckAsync(portal);
        (health.Reachable, health.CanRead).ShouldBe((false, false));
        health.Problems.Single().ShouldContain("no connection");
    }

    [Theory]
    [InlineData(31, null)]
    [InlineData(30, "expires in 30 days")]
    [InlineData(1, "expires in 1 day,")]
    [InlineData(0, "expires in 0 days")]
    public async Task Connection_TokenEndsSoon_Warns(int days, string? warning)
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, change: settings => settings.Remove("Portal:GitLab:Instances:0:WriteToken"));
        var end = DateOnly.FromDateTime(portal.Simulator.Now.UtcDateTime).AddDays(days);
        portal.Wire.Instead = path => path.EndsWith("/personal_access_tokens/self", StringComparison.Ordinal)
            ? FaultyWire.Answer(200, $$"""{"scopes":["read_api"],"expires_at":"{{end:yyyy-MM-dd}}","active":true}""")
            : null;
        var health = await CheckAsync(portal);
        if (warning is null) health.Warnings.ShouldBeEmpty();
        else health.Warnings.Single().ShouldContain(warning);
    }

    [Theory]
    [InlineData("16.11.4-ee", "GitLab 16.11.4-ee is too old: 17.0 or later is needed.")]
    [InlineData("banana", "Portal:GitLab:Instances:0:Url answers a version 'banana' that is not GitLab's.")]
    [InlineData("17.0.0", null)]
    [InlineData("19.2.1-ee", null)]
    public async Task Connection_Version_IsChecked(string version, string? problem)
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        portal.Wire.Instead = path => path.EndsWith("/version", StringComparison.Ordinal) ? FaultyWire.Answer(200, $$"""{"version":"{{version}}","revision":"abc"}""") : null;
        (await CheckAsync(portal)).Problems.ShouldBe(problem is null ? [] : [problem]);
    }

    [Theory]
    [InlineData(200, "active", "true", true)]
    [InlineData(200, "active", "false", false)]
    [InlineData(200, "blocked", "true", false)]
    [InlineData(404, "", "", false)]
    [InlineData(200, "active", "null", true)]
    public async Task Connection_OwnerOfATokenWhoLostTheRights_IsNoAdministratorAnyMore(int status, string state, string admin, bool stays)
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        var owner = new UserId(SimulatedPortal.Production, 7);
        await portal.Get<IUserDirectory>().SeenAsync(new PortalUser(owner, "mara", "Mara", true, portal.Time.GetUtcNow()), default);
        await portal.Get<ITokenStore>().CreateAsync(new NewToken("ci", new Actor(ActorKind.User, owner.ToString()), [TokenScope.Admin], null), portal.Time.GetUtcNow(), default);
        portal.Wire.Instead = path => path.EndsWith("/users/7", StringComparison.Ordinal)
            ? FaultyWire.Answer(status, status == 404 ? """{"message":"404 User Not Found"}""" : $$"""{"id":7,"username":"mara","state":"{{state}}","is_admin":{{admin}}}""")
            : null;

        await CheckAsync(portal);

        (await portal.Get<IUserDirectory>().FindAsync(owner, default))!.IsAdmin.ShouldBe(stays);
    }

    [Fact]
    public async Task Connection_NobodyHasTokens_AsksAboutNobody()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await portal.Get<IUserDirectory>().SeenAsync(new PortalUser(new UserId(SimulatedPortal.Production, 7), "mara", "Mara", true, portal.Time.GetUtcNow()), default);
        portal.Wire.Instead = path => path.Contains("/users/", StringComparison.Ordinal) ? throw new InvalidOperationException(path) : null;
        (await CheckAsync(portal)).Problems.ShouldBeEmpty();
    }

    private static async Task<ConnectionHealth> CheckAsync(SimulatedPortal portal)
    {
        await portal.RunAsync<ConnectionSweep>();
        return (await portal.Get<IInstanceStore>().HealthAsync(SimulatedPortal.Production, default))!;
    }
}
