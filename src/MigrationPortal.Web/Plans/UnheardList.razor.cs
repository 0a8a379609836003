using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Plans;

/// <summary>Whose jobs a plan makes fail and who has not been heard: whom the portal asked, and when.</summary>
public sealed partial class UnheardList
{
    private const int Most = 5;

    /// <summary>Most failing jobs first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<UnansweredProject> Projects { get; set; }

    [Parameter, EditorRequired]
    public required ActorNames Names { get; set; }

    private static string Ordinal(int number) => number.ToString(CultureInfo.InvariantCulture) + (number % 100 is 11 or 12 or 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
}
