using System.Globalization;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Pins;

/// <summary>One mail to one person for all of their projects whose time on docker ends soon, in the portal's or the admins' own words.</summary>
internal static class PinEndsMail
{
    /// <summary>More are counted: the page lists them all.</summary>
    private const int MostProjects = 25;

    /// <param name="pins">At least one, each with an end.</param>
    /// <param name="words">By <see cref="Wording.Key"/>.</param>
    public static PersonMail Of(UserId person, string key, IReadOnlyCollection<Pin> pins, MigrationFacts known, IReadOnlyDictionary<string, string> words)
    {
        var lines = pins.OrderBy(pin => pin.Enrollment.Until).ThenBy(pin => pin.Path, StringComparer.Ordinal).Take(MostProjects).Select(pin => $"- {pin.Path}: until {PinWords.Day(pin.Enrollment.Until!.Value)}");
        var list = string.Join('\n', lines) + (pins.Count > MostProjects ? string.Create(CultureInfo.InvariantCulture, $"\n- and {pins.Count - MostProjects} more") : "");
        (string, string)[] values =
        [
            ("count", pins.Count.ToString(CultureInfo.InvariantCulture)), ("projects", list), ("date", PinWords.Day(pins.Min(pin => pin.Enrollment.Until!.Value))),
            ("then", PinWords.Moves(known) ? "their jobs run on Kubernetes" : "they move like all others"),
        ];
        return new PersonMail(person, key, Wording.PinEndsSubject.Say(words, values), Wording.PinEndsText.Say(words, values), "my-projects");
    }
}
