using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Testing;
using MigrationPortal.Web.Hosting;
using Npgsql;

namespace MigrationPortal.Web.Tests.Hosting;

/// <summary>A portal whose database is not there yet: it runs, says why, and goes on by itself.</summary>
public sealed class LostDatabaseTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Start_WithoutItsDatabase_SaysWhy_AndGoesOnWhenItIsThere()
    {
        var server = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync()) { Pooling = false };
        var missing = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = $"later_{Guid.NewGuid():N}" };
        var token = "mp_" + new string('7', 40);
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Portal"] = missing.ConnectionString,
            ["Portal:BootstrapToken"] = token,
            ["Portal:SignIn:ClientId"] = "nobody",
            ["Portal:GitLab:Instances:0:Name"] = "production",
            ["Portal:GitLab:Instances:0:Url"] = "http://127.0.0.1:9",
            ["Portal:GitLab:Instances:0:ReadToken"] = "glpat-00000000000000000000",
            ["Serilog:MinimumLevel:Default"] = "Fatal",
        };
        await using var app = PortalHost.Build(
            ["--applicationName=MigrationPortal.Web", "--environment=Production", $"--contentRoot={AppContext.BaseDirectory}", "--urls=http://127.0.0.1:0"],
            builder => builder.Configuration.AddInMemoryCollection(settings));
        await PortalHost.StartAsync(app);
        var api = new PortalClient(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), token);

        (await api.GetAsync("/health/live")).ShouldBe(200);
        var ready = (await api.GetAsync("/health/ready")).ShouldBe(503);
        ready.Json["status"]!.GetValue<string>().ShouldBe("not-ready");
        ready.Json["checks"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == "database")!["reasons"]!.ToJsonString().ShouldContain("database does not exist");
        var no = (await api.GetAsync("status")).ShouldRefuse(503, "starting");
        no.Headers["Retry-After"].ShouldBe("2");
        (await api.GetAsync("/")).ShouldBe(503).Text.ShouldContain("MigrationPortal is starting");

        await using (var connection = new NpgsqlConnection(server.ConnectionString))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
#pragma warning disable CA2100 // The name is made above.
            await using var command = new NpgsqlCommand($"CREATE DATABASE {missing.Database}", connection);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await PortalFixture.UntilAsync(async () => (await api.GetAsync("status")).Status == HttpStatusCode.OK);
        // The database is well; GitLab is not, and the portal says that instead.
        await PortalFixture.UntilAsync(async () => (await api.GetAsync("/health/ready")).Text.Contains("production", StringComparison.Ordinal));
        var reasons = (await api.GetAsync("/health/ready")).ShouldBe(503).Json["checks"]!.AsArray();
        reasons.Single(one => one!["name"]!.GetValue<string>() == "database")!["status"]!.GetValue<string>().ShouldBe("ready");
        reasons.Single(one => one!["name"]!.GetValue<string>() == "gitlab")!["status"]!.GetValue<string>().ShouldBe("not-ready");
        await app.StopAsync(TestContext.Current.CancellationToken);
    }
}
