using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Access;

/// <summary>Above any page: how the consent ended that a click on it needed.</summary>
public sealed partial class ConsentNotice
{
    /// <summary>Part of the address to which somebody comes back whom GitLab has asked.</summary>
    public const string Agreed = "agreed";

    [SupplyParameterFromQuery(Name = ConsentAnswer.Parameter)]
    private string? Code { get; set; }

    [SupplyParameterFromQuery(Name = Agreed)]
    private string? IsBack { get; set; }
}
