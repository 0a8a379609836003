using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Tests.Hosting;

/// <summary>A page whose service cannot be made fails only when somebody opens it: here it fails before.</summary>
[Collection(PortalCollection.Name)]
public sealed class InjectedServicesTests(PortalFixture portal)
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    [Fact]
    public async Task WhatComponentsAskFor_CanBeMade()
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var asked = typeof(PageCatalog).Assembly.GetTypes().Where(type => typeof(IComponent).IsAssignableFrom(type))
            .SelectMany(type => type.GetProperties(Any)).Where(property => property.IsDefined(typeof(InjectAttribute))).Select(property => property.PropertyType).Distinct().ToList();

        asked.Count.ShouldBeGreaterThan(50);
        asked.Select(type => (type.Name, Why: WhyNot(scope.ServiceProvider, type))).Where(one => one.Why is not null).ShouldBeEmpty();
    }

    private static string? WhyNot(IServiceProvider services, Type type)
    {
        try
        {
            return services.GetService(type) is null ? "it is not registered" : null;
        }
        catch (InvalidOperationException cannot)
        {
            return cannot.Message;
        }
    }
}
