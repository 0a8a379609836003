namespace MigrationPortal.Web.Shared;

/// <summary>One entry of the navigation. <paramref name="Key"/> finds its count in <see cref="ShellFacts.Counts"/>.</summary>
public sealed record NavItem(string Key, string Title, string Href, string Glyph);

/// <summary>Entries under one small heading.</summary>
public sealed record NavGroup(string Title, IReadOnlyList<NavItem> Items);

/// <summary>Where a reader can go. Entries whose page is not built are not shown: see <see cref="PageCatalog"/>.</summary>
public static class NavMap
{
    public static readonly IReadOnlyList<NavGroup> Admin =
    [
        new("Migration",
        [
            new("overview", "Overview", "", Glyphs.Home),
            new("phases", "Phases", "phases", Glyphs.Rail),
            new("plans", "Plans", "plans", Glyphs.Diff),
            new("gates", "Gates", "gates", Glyphs.Gate),
            new("calendar", "Calendar", "calendar", Glyphs.Calendar),
            new("operations", "Operations", "operations", Glyphs.Operation),
            new("activity", "Activity", "activity", Glyphs.Clock),
        ]),
        new("Fleet",
        [
            new("runners", "Runners", "runners", Glyphs.Server),
            new("hand-over", "Hand-over", "hand-over", Glyphs.Download),
            new("tags", "Tags", "tags", Glyphs.Tag),
            new("clusters", "Clusters", "clusters", Glyphs.Cube),
            new("surges", "Surges", "surges", Glyphs.Surge),
            new("runner-configs", "Configurations", "runner-configs", Glyphs.File),
            new("convert", "Convert from docker", "runner-config/convert", Glyphs.Diff),
        ]),
        new("Projects",
        [
            new("cohorts", "Cohorts", "cohorts", Glyphs.People),
            new("pins", "Pins", "pins", Glyphs.Lock),
            new("graduation", "Graduation", "graduation", Glyphs.Pass),
            new("projects", "Projects", "projects", Glyphs.Folder),
            new("templates", "Templates", "templates", Glyphs.File),
            new("readiness", "Readiness", "readiness", Glyphs.Shield),
            new("help", "Help", "help", Glyphs.Help),
        ]),
        new("Evidence",
        [
            new("insights", "Insights", "insights", Glyphs.Chart),
            new("regressions", "Regressions", "regressions", Glyphs.Attention),
            new("stragglers", "Stragglers", "stragglers", Glyphs.People),
            new("pending", "Pending jobs", "pending", Glyphs.Clock),
            new("audit", "Audit", "audit", Glyphs.List),
            new("health", "Connections", "health", Glyphs.Shield),
        ]),
        new("Portal",
        [
            new("notifications", "Notifications", "notifications", Glyphs.Bell),
            new("wording", "Wording", "wording", Glyphs.File),
            new("footprint", "Footprint", "footprint", Glyphs.Folder),
            new("tokens", "API tokens", "tokens", Glyphs.Key),
            new("settings", "Settings", "settings", Glyphs.Settings),
        ]),
    ];

    public static readonly IReadOnlyList<NavItem> User =
    [
        new("my-projects", "My projects", "my-projects", Glyphs.Folder),
        new("my-groups", "My groups", "my-groups", Glyphs.People),
        new("my-runners", "My runners", "my-runners", Glyphs.Server),
        new("check", "Check my CI file", "check", Glyphs.Shield),
        new("help", "Help", "help", Glyphs.Help),
    ];
}
