namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Schedules and time zones of autoscalers and monitoring.</summary>
public sealed class ScheduleCheck : ConfigCheck
{
    public override IEnumerable<ConfigFinding> Look(CheckedConfig config)
    {
        foreach (var use in config.Uses)
        {
            if (use.Key is not { LastRelease: null } key) continue;
            if (key.Name.Equals("periods", StringComparison.OrdinalIgnoreCase) && use.Node is ConfigList list)
            {
                var isMachine = !key.Path.Contains("autoscaler.policy", StringComparison.Ordinal);
                foreach (var text in list.Items.OfType<ConfigScalar>().Select(item => item.Value).OfType<string>().Distinct(StringComparer.Ordinal))
                    if (CronText.Fault(text, isMachine) is { } fault)
                        yield return Found(CheckCodes.BadSchedule, CheckSeverity.Error, use, $"The schedule \"{(text.Length > 60 ? text[..60] : text)}\" is not read: {fault}.", isMachine ? "Write seconds, minutes, hours, day, month, weekday and year: \"* * 9-17 * * mon-fri *\"." : "Write minute, hour, day, month and weekday: \"* 8-17 * * mon-fri\".");
            }
            else if (key.Name.Equals("timezone", StringComparison.OrdinalIgnoreCase) && use.Node is ConfigScalar { Value: string zone } && !IsZone(zone))
                yield return Found(CheckCodes.BadSchedule, CheckSeverity.Error, use, $"\"{(zone.Length > 60 ? zone[..60] : zone)}\" is no time zone: the policy is not read.", "Write a name of the IANA database, such as Europe/Vienna, or UTC.");
            else if (key.Path.Contains(".machine.OffPeak", StringComparison.Ordinal))
                yield return Found(CheckCodes.BadSchedule, CheckSeverity.Error, use, $"{key.Name} has had no effect since 14.0.", "Write a [[runners.machine.autoscaling]] with Periods in its place.");
        }
    }

    // Go takes the empty name for UTC and Local for the machine's own.
    private static bool IsZone(string zone) => zone is "" or "Local" || (zone.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+') && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId);
}
