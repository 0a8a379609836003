using System.Globalization;

namespace MigrationPortal.Web.Shared;

/// <summary>Maps values to places on a line. A domain without length maps everything to the middle.</summary>
public readonly record struct LinearScale(double From, double To, double Start, double End)
{
    public double At(double value) => To == From ? (Start + End) / 2 : Start + ((value - From) / (To - From) * (End - Start));

    /// <summary>A number for an SVG attribute: a point, at most one decimal, never an exponent.</summary>
    public static string Svg(double number) => Math.Round(number, 1).ToString("0.#", CultureInfo.InvariantCulture);
}
