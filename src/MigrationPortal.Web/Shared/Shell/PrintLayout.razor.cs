namespace MigrationPortal.Web.Shared;

/// <summary>The frame of pages that are printed: none.</summary>
public sealed partial class PrintLayout;
