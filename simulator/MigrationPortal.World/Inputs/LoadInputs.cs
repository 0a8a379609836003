namespace MigrationPortal.World;

/// <summary>For a while people push more often than usual, each project by the same factor. Value: null.</summary>
/// <param name="Factor">Above 1, at most 100; 4 makes four pushes of one.</param>
/// <param name="Minutes">Above 0, at most a week.</param>
public sealed record StartLoad(double Factor, double Minutes) : WorldInput;
