using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>Which pages really exist, read from the routes of the assembly, so that no link of the frame leads nowhere.</summary>
public sealed class PageCatalog(IEnumerable<Type> pages)
{
    private readonly HashSet<string> routes = pages
        .SelectMany(page => page.GetCustomAttributes(typeof(RouteAttribute), inherit: false))
        .Select(route => ((RouteAttribute)route).Template.Trim('/'))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    public static PageCatalog OfPortal { get; } = new(typeof(App).Assembly.GetExportedTypes());

    public bool Has(string href) => routes.Contains(href.Trim('/'));

    /// <summary>The groups with only their built pages; a group without any is left out.</summary>
    public IReadOnlyList<NavGroup> Built(IEnumerable<NavGroup> groups) =>
        [.. groups.Select(group => group with { Items = Built(group.Items) }).Where(group => group.Items.Count > 0)];

    public IReadOnlyList<NavItem> Built(IEnumerable<NavItem> items) => [.. items.Where(item => Has(item.Href))];
}
