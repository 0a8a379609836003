namespace MigrationPortal.Domain.Plans;

/// <summary>
/// What the operation of a brownout knows beyond its steps: those that give the tag back and this window are stored with its
/// begin, so the way back is written down before anything is taken away.
/// </summary>
/// <param name="Tag">The tag that is taken away.</param>
/// <param name="Until">The instance's time at which it comes back by itself, whatever was taken away until then.</param>
/// <param name="Ending">Nothing more is taken away; what was is being given back.</param>
/// <param name="ReturnedAt">When each runner that lost the tag was seen with it again; null as long as one may lack it.</param>
public sealed record BrownoutWindow(string Tag, DateTimeOffset Until, bool Ending = false, DateTimeOffset? ReturnedAt = null);
