using System.Globalization;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>An incident in words: "Fri 20 Nov 14:00 to 16:00, Kubernetes only: 212 of 431 failed, usually 1.2 %".</summary>
public static class IncidentWords
{
    public static string Say(Incident incident) => $"{When(incident.Window)}, {Whom(incident)}: {string.Join("; ", incident.Hits.Select(hit => Hit(hit, incident.Hits.Count > 1)))}";

    public static string When(TimeWindow window)
    {
        var (from, to) = (window.From.UtcDateTime, window.To.UtcDateTime);
        return string.Create(CultureInfo.InvariantCulture, $"{from:ddd d MMM HH:mm} to {to.ToString(from.Date == to.Date || to.TimeOfDay == TimeSpan.Zero && to.Date == from.Date.AddDays(1) ? "HH:mm" : "ddd d MMM HH:mm", CultureInfo.InvariantCulture)}");
    }

    /// <summary>"20 Nov 14:00".</summary>
    public static string Hour(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM HH:mm", CultureInfo.InvariantCulture).Replace(' ', '\u00a0');

    /// <summary>"Kubernetes only", "docker and Kubernetes together", "docker and Kubernetes, in different hours".</summary>
    public static string Whom(Incident incident) => incident.Hits is [var only] ? $"{Word(only)} only"
        : $"{string.Join(" and ", incident.Hits.Select(Word))}{(incident.HitTogether ? " together" : ", in different hours")}";

    public static string Hit(IncidentHit hit, bool named) =>
        $"{(named ? Word(hit) + " " : "")}{Words.Count(hit.Rate.Failed)} of {Words.Count(hit.Rate.Finished)} failed, usually {Words.Percent(hit.Usual.Value ?? 0)}";

    /// <summary>The failed jobs in it.</summary>
    public static string JobsHref(Explorer asked, Incident incident) => Plain(asked).JobsHref(incident.Hits is [var only] ? only.Executor : null, incident.Window, failedOnly: true);

    /// <summary>The failed jobs of one executor in it.</summary>
    public static string JobsHref(Explorer asked, IncidentHit hit) =>
        Plain(asked).JobsHref(hit.Executor, new TimeWindow(hit.Hours[0], hit.Hours[^1].AddHours(1)), failedOnly: true);

    // Incidents are found over all jobs, whatever else the page is narrowed to.
    private static Explorer Plain(Explorer asked) => asked with { WithoutIncidents = false, Filter = asked.Filter with { By = Dimension.Executor, Where = new Dictionary<Dimension, string>(), ManagedOnly = false, FirstAttempts = false } };

    private static string Word(IncidentHit hit) => ExecutorLook.Of(hit.Executor).Word;
}
