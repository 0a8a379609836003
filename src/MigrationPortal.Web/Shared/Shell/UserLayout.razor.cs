namespace MigrationPortal.Web.Shared;

/// <summary>The frame of the maintainers' pages: navigation in the header only, times in their own zone.</summary>
public sealed partial class UserLayout;
