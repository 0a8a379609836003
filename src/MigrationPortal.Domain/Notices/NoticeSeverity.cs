namespace MigrationPortal.Domain.Notices;

/// <summary>How much a notice matters. Stored by number: never renumber.</summary>
public enum NoticeSeverity
{
    /// <summary>Good to know: nobody has to do anything.</summary>
    Info = 0,

    /// <summary>Somebody should look during the day.</summary>
    Attention = 1,

    /// <summary>Somebody must look now.</summary>
    Critical = 2,
}
