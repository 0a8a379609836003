using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Web.Tests.Hosting;

namespace MigrationPortal.Web.Tests.Access;

/// <summary>Who may come in is decided before ids, bodies and queries are looked at.</summary>
[Collection(PortalCollection.Name)]
public sealed class ScopeTests(PortalFixture portal)
{
    private static readonly string[] Below = ["read", "selfservice", "approve", "operate"];

    [Fact]
    public void Table_HoldsEveryRouteOfTheApi()
    {
        var mapped = portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(one => one.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal))
            .SelectMany(one => one.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method =>
                $"{method} {one.RoutePattern.RawText!["/api/v1/".Length..].TrimEnd('/').Replace(":long", "", StringComparison.Ordinal).Replace(":int", "", StringComparison.Ordinal)}"));

        mapped.Order().ShouldBe(ApiRoutes.All.Select(route => route.ToString()).Order());
    }

    [Theory]
    [MemberData(nameof(ApiRoutes.Guarded), MemberType = typeof(ApiRoutes))]
    public async Task Stranger_IsAskedForAToken(ApiRoute route)
    {
        var answer = await SendAsync(portal.Stranger(), route);

        answer.ShouldRefuse(401, "not-authenticated");
        answer.Headers["WWW-Authenticate"].ShouldStartWith("Bearer");
    }

    [Theory]
    [MemberData(nameof(ApiRoutes.Guarded), MemberType = typeof(ApiRoutes))]
    public async Task Program_WithoutTheScope_HearsWhichIsMissing(ApiRoute route)
    {
        // Everything but what opens the route: selfservice opens the tokens of people, read all projects.
        var held = route.IsForEverybody ? ["approve"] : Below.Where(scope => scope != route.Scope).ToArray();
        var answer = await SendAsync(await portal.WithScopesAsync(held), route);

        answer.ShouldRefuse(403, "scope-missing");
        answer.Json["missingScope"]!.GetValue<string>().ShouldBe(route.Scope);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer glpat-of-gitlab")]
    [InlineData("Bearer mp_0000000000000000000000000000000000000000")]
    [InlineData("Basic bWFyYTpzZWNyZXQ=")]
    [InlineData("mp_0000000000000000000000000000000000000000")]
    public async Task UnknownCredentials_AreNotAccepted(string header)
    {
        var answer = await portal.Stranger().GetAsync("status", ("Authorization", header));

        answer.ShouldRefuse(401, "not-authenticated");
    }

    [Fact]
    public async Task UnknownRoute_SaysWhereTheListIs_ToThoseWhoAreKnown()
    {
        (await portal.Stranger().GetAsync("no/such/route")).ShouldRefuse(401, "not-authenticated");
        (await portal.Api.GetAsync("no/such/route")).ShouldRefuse(404, "not-found").Text.ShouldContain("/openapi/v1.json");
        (await portal.Api.PutAsync("status", new { })).ShouldRefuse(405, "method-not-allowed").Text.ShouldContain("GET");
    }

    private static Task<PortalAnswer> SendAsync(PortalClient client, ApiRoute route) => client.SendAsync(
        new HttpMethod(route.Method), route.Nowhere, route.Body is null ? null : new StringContent(route.Body, Encoding.UTF8, "application/json"));
}
