using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>What a choice may hold: it ends in a CI file and in a shell, so only what names are made of.</summary>
public static partial class SmokeChoiceRules
{
    private const int LongestName = 255;

    /// <returns>Each field at fault with its remedy; empty when all is well.</returns>
    public static IReadOnlyList<(string Field, string Problem)> Problems(SmokeChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var found = new List<(string, string)>();
        if (!Tag().IsMatch(choice.Tag)) found.Add(("tag", "Needed: the tag of the runner under test, of letters, digits and . _ : / - at most 255 long."));
        Image("image", choice.Image);
        Image("serviceImage", choice.ServiceImage);
        Image("forbiddenImage", choice.ForbiddenImage);
        if (choice.ServicePort is < 1 or > 65535) found.Add(("servicePort", "A port is 1 to 65535."));
        if (choice.Reach.Count > SmokeChoice.MostTargets) found.Add(("reach", $"At most {SmokeChoice.MostTargets} places."));
        for (var index = 0; index < choice.Reach.Count; index++)
        {
            if (!Host().IsMatch(choice.Reach[index].Host) || choice.Reach[index].Host.Length > LongestName) found.Add(($"reach[{index}].host", "A host name or an IPv4 address."));
            if (choice.Reach[index].Port is < 1 or > 65535) found.Add(($"reach[{index}].port", "A port is 1 to 65535."));
        }

        if (choice.Reach.DistinctBy(one => one.ToString()).Count() != choice.Reach.Count) found.Add(("reach", "Each place once."));
        return found;

        void Image(string field, string? image)
        {
            if (image is not null && (!ImageName().IsMatch(image) || image.Length > LongestName)) found.Add((field, "An image as registry/name:tag or registry/name@digest, without variables."));
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:/-]{0,254}\z")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:/@-]*\z")]
    private static partial Regex ImageName();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\z")]
    private static partial Regex Host();
}
