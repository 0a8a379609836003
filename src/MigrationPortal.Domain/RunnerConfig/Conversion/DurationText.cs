using System.Text;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Durations as gitlab-runner reads them: <c>10m</c>, <c>1h30m</c>, <c>0s</c>.</summary>
internal static class DurationText
{
    public static string OfSeconds(long seconds)
    {
        if (seconds <= 0) return "0s";
        var text = new StringBuilder();
        if (seconds / 3600 is > 0 and var hours) text.Append(hours).Append('h');
        if (seconds / 60 % 60 is > 0 and var minutes) text.Append(minutes).Append('m');
        if (seconds % 60 is > 0 and var rest) text.Append(rest).Append('s');
        return text.ToString();
    }
}
