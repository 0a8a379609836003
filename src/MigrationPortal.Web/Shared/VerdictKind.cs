namespace MigrationPortal.Web.Shared;

/// <summary>The five states that have a colour. The order is the order of urgency: bad news first.</summary>
public enum VerdictKind
{
    Fail,
    Attention,
    Unknown,
    Wait,
    Pass,
}
