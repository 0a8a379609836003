using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Access;

/// <summary>Above any page: how the consent ended that a click on it needed.</summary>
public sealed partial class ConsentNotice
{
    [SupplyParameterFromQuery(Name = ConsentAnswer.Parameter)]
    private string? Code { get; set; }
}
