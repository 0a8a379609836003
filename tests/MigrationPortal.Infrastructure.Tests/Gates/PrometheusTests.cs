using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Infrastructure.Notices;
using MigrationPortal.Infrastructure.Tests.Notices;

namespace MigrationPortal.Infrastructure.Tests.Gates;

/// <summary>PromQL over HTTP: what is an answer, what is none, and where it never asks.</summary>
public sealed class PrometheusTests
{
    private const string Vector = """{"status":"success","data":{"resultType":"vector","result":[VALUES]}}""";

    [Theory]
    [InlineData(PassWhen.Below, "1.5 3 2", 3, 3.0)] // the highest is the worst
    [InlineData(PassWhen.AtLeast, "1.5 3 2", 3, 1.5)]
    [InlineData(PassWhen.Above, "7", 1, 7.0)]
    [InlineData(PassWhen.Below, "1 NaN", 2, null)]
    [InlineData(PassWhen.Below, "1 +Inf", 2, double.MaxValue)]
    [InlineData(PassWhen.Above, "-Inf", 1, double.MinValue)]
    [InlineData(PassWhen.Below, "", 0, null)]
    public async Task Vector_GivesItsWorstSample(PassWhen passes, string values, int series, double? worst)
    {
        await using var server = await Receiver.StartAsync();
        server.Next(200, Vector.Replace("VALUES", string.Join(',', values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(value => $$"""{"metric":{"job":"x"},"value":[1764417600.5,"{{value}}"]}""")), StringComparison.Ordinal));
        (await AskAsync(server, passes)).ShouldBe(new PromFacts(passes, 1, series, worst, null));
        var asked = server.All.ShouldHaveSingleItem();
        asked.Path.ShouldBe("/prom/api/v1/query?query=sum%28rate%28errors_total%5B1h%5D%29%29%20%2F%202");
        asked.Headers["Authorization"].ShouldBe("Bearer of-mine");
    }

    [Theory]
    [InlineData(200, """{"status":"success","data":{"resultType":"scalar","result":[1,"2.5"]}}""", null)]
    [InlineData(400, """{"status":"error","errorType":"bad_data","error":"parse error: unexpected end"}""", "parse error: unexpected end.")]
    [InlineData(200, """{"status":"success","data":{"resultType":"matrix","result":[]}}""", "the query gives a matrix: ask for a vector or a scalar.")]
    [InlineData(200, "<html>sign in</html>", "200 OK, and no answer of Prometheus's form.")]
    [InlineData(200, """{"status":"success"}""", "200 OK, and no answer of Prometheus's form.")]
    [InlineData(200, """{"status":"success","data":{"resultType":"vector","result":[{"value":[1,"x"]}]}}""", "200 OK, and no answer of Prometheus's form.")]
    [InlineData(503, "", "503 Service Unavailable, and no answer of Prometheus's form.")]
    [InlineData(302, "", "302 Found (redirects are not followed: enter the address that it leads to).")]
    public async Task WhatIsNoAnswer_SaysWhy(int status, string body, string? trouble)
    {
        await using var server = await Receiver.StartAsync();
        server.Next(status, body);
        (await AskAsync(server, PassWhen.Below)).Trouble.ShouldBe(trouble);
    }

    [Fact]
    public async Task Silence_EndsAfterTheGatesOwnLimit_AndTooMuchIsNotRead()
    {
        await using var server = await Receiver.StartAsync();
        server.NextIsSilent();
        (await AskAsync(server, PassWhen.Below)).Trouble.ShouldBe("none within 1 s.");
        server.Next(200, new string('x', MigrationPortal.Infrastructure.Gates.Prometheus.LongestAnswer + 1));
        (await AskAsync(server, PassWhen.Below)).Trouble.ShouldNotBeNull();
    }

    [Fact]
    public async Task Loopback_IsOnlyAskedWhereTheSettingsAllowIt_AndMetadataNever()
    {
        await using var server = await Receiver.StartAsync();
        var trouble = (await AskAsync(server, PassWhen.Below, allowLoopback: false)).Trouble;
        trouble.ShouldNotBeNull().ShouldContain("AllowLoopback");
        server.All.ShouldBeEmpty();
        var metadata = new PromQuery("http://169.254.169.254", "up", PassWhen.Below, 1, 1);
        (await Of(true).GetRequiredService<IPrometheus>().AskAsync(metadata, null, default)).Trouble.ShouldNotBeNull().ShouldContain("metadata");
    }

    private static Task<PromFacts> AskAsync(Receiver server, PassWhen passes, bool allowLoopback = true) => Of(allowLoopback).GetRequiredService<IPrometheus>().AskAsync(
        new PromQuery(new Uri(server.Url, "/prom/").ToString(), "sum(rate(errors_total[1h])) / 2", passes, 1, 1), "of-mine", default);

    private static ServiceProvider Of(bool allowLoopback)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Portal:Webhooks:AllowLoopback", allowLoopback ? "true" : "false")]).Build();
        return new ServiceCollection().AddPortalNotices(settings).BuildServiceProvider();
    }
}
