using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Instances;

namespace MigrationPortal.Web.Instances;

/// <summary>What monitoring's budget is spent on, and what waits for it.</summary>
public sealed partial class BudgetTable
{
    [Parameter, EditorRequired]
    public required BudgetUse Use { get; set; }

    private static string Rate(double perMinute) => perMinute.ToString("#,0.0", CultureInfo.InvariantCulture);
}
