using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MigrationPortal.World;

/// <summary>The lines that a job writes when its script asks what its pod is like.</summary>
internal static partial class SmokeTrace
{
    public const string Mark = "PORTAL-CHECK";

    public static void Write(StringBuilder text, IEnumerable<string> script, PodAnswers pods)
    {
        foreach (Match question in script.SelectMany(line => Question().Matches(line)))
        {
            text.AppendLf($"{Mark} name={question.Groups[1].Value} value={Answer(question.Groups[1].Value, Place(question), pods)}");
        }
    }

    private static string? Place(Match question) => question.Groups[2].Success ? $"{question.Groups[2].Value}:{question.Groups[3].Value}" : null;

    private static string Answer(string name, string? place, PodAnswers pods) => name switch
    {
        "uid" => pods.Uid.ToString(CultureInfo.InvariantCulture),
        "gid" => pods.Gid.ToString(CultureInfo.InvariantCulture),
        "memory" => pods.Memory,
        "cpu" => pods.Cpu,
        "token" => pods.Token ? "there" : "absent",
        "privileged" => pods.CapBnd,
        "ping" => pods.Ping ? "works" : "not-permitted",
        "cache" => pods.Cache ? "found" : "missing",
        "artifact" => "found",
        "metadata" => pods.MetadataBlocked ? "closed" : "open",
        "gitlab" or "registry" or "service" => Reach(pods, name),
        "image" or "image-refused" or "pull-policy-refused" => "started",
        _ => place is null ? "ok" : Reach(pods, place),
    };

    private static string Reach(PodAnswers pods, string place) => pods.Closed?.Contains(place) == true ? "closed" : "open";

    [GeneratedRegex(@"PORTAL-CHECK name=([a-z0-9-]+) value=(?:\$\(reach ([A-Za-z0-9.-]+) (\d+)\))?")]
    private static partial Regex Question();
}
