using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.RunnerConfig.Imports;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.RunnerConfig.Configurations;

/// <summary>What became of a wish to store.</summary>
/// <param name="IsNew">False: it was stored like this already, and no revision was made.</param>
public sealed record ConfigurationStored(StoredConfiguration Configuration, bool IsNew);

/// <summary>Stores configurations as revisions. Secrets are taken out before anything is stored; the audit trail holds fingerprints, no text.</summary>
public sealed class ChangeConfiguration(IConfigStore store, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    public const int LongestReason = 500;

    /// <param name="remarks">What was said when it was imported.</param>
    /// <returns>Refuses <c>invalid-configuration</c> and <c>name-taken</c>.</returns>
    public async Task<Outcome<ConfigurationStored>> AddAsync(InstanceId instance, string name, RunnerConfiguration content, string? reason, IReadOnlyList<string> remarks, Actor who, CancellationToken cancel)
    {
        if (Invalid(name, content, reason) is { } no) return no;
        var first = Revision(1, content, reason, remarks, who, clock.Now(instance));
        var added = await audit.ChangeAsync<StoredConfiguration?>(
            async () => await store.AddAsync(instance, name.Trim(), first, cancel) is { } one ? (one, Entry("runner-config.create", one, null)) : (null, null), cancel);
        if (added is null) return Refusal.Of("name-taken", $"A configuration is named {name.Trim()} already: choose another name, or change that one.");
        return await ToldAsync(added, true, cancel);
    }

    /// <param name="seen">The revision that the change was made from; null: whichever is the newest.</param>
    /// <returns>Refuses <c>unknown-configuration</c>, <c>invalid-configuration</c> and <c>changed-meanwhile</c>.</returns>
    public async Task<Outcome<ConfigurationStored>> SaveAsync(long id, int? seen, string? name, RunnerConfiguration content, string? reason, IReadOnlyList<string> remarks, Actor who, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is not { } before) return Refusal.Of("unknown-configuration", $"There is no configuration {id}.");
        var named = (name ?? before.Name).Trim();
        if (Invalid(named, content, reason) is { } no) return no;
        if (seen is { } number && number != before.Current.Number) return Changed(before);
        var next = Revision(before.Current.Number + 1, content, reason, remarks, who, clock.Now(before.Instance));
        if (named == before.Name && ConfigFingerprint.Of(next.Content) == ConfigFingerprint.Of(before.Current.Content)) return new ConfigurationStored(before, false);
        var after = before with { Name = named, Current = next };
        var saved = await audit.ChangeAsync(
            async () => await store.AppendAsync(id, named, next, cancel) ? (true, Entry("runner-config.change", after, before)) : (false, (AuditEntry?)null), cancel);
        return saved ? await ToldAsync(after, true, cancel) : Changed(before);
    }

    private async Task<Outcome<ConfigurationStored>> ToldAsync(StoredConfiguration stored, bool isNew, CancellationToken cancel)
    {
        await events.PublishAsync(new PortalEvent(PortalTopic.Configurations, stored.Instance, stored.Id), cancel);
        return new ConfigurationStored(stored, isNew);
    }

    private static Refusal? Invalid(string? name, RunnerConfiguration content, string? reason)
    {
        var problems = ConfigurationProblems.Of(content).Select(one => $"{one.Field}: {one.Sentence}").ToList();
        if (ConfigurationProblems.OfName(name) is { } wrong) problems.Insert(0, $"name: {wrong}");
        if (reason?.Length > LongestReason) problems.Add(string.Create(CultureInfo.InvariantCulture, $"reason: At most {LongestReason} characters."));
        return problems.Count == 0 ? null : new Refusal("invalid-configuration", problems);
    }

    private static ConfigRevision Revision(int number, RunnerConfiguration content, string? reason, IReadOnlyList<string> remarks, Actor who, DateTimeOffset now)
    {
        var clean = ConfigSecrets.TakeOut(content.Toml.TrimStart('\ufeff').ReplaceLineEndings("\n"));
        var said = clean.Taken.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Path} (line {one.Line}) was taken out. {one.Remedy}"));
        var lost = clean.CommentsLost == 0 ? [] : (string[])[ConfigComments.Lost(clean.CommentsLost)];
        var (extra, taken) = Extra(content.Deployment.Extra);
        return new(number, content with { Toml = clean.Toml, Deployment = content.Deployment with { Extra = extra } }, who, now, string.IsNullOrWhiteSpace(reason) ? "" : reason.Trim(), [.. remarks, .. said, .. lost, .. taken]);
    }

    private static (string? Extra, IReadOnlyList<string> Taken) Extra(string? extra)
    {
        if (extra is null || YamlImport.Read(extra) is not { } fields) return (extra, []);
        var taken = new List<string>();
        fields.TakeSecrets("deployment.extra", taken);
        return (taken.Count == 0 ? extra : fields.Fields.Count == 0 ? null : YamlText.Of(fields), taken);
    }

    private static Refusal Changed(StoredConfiguration before) => Refusal.Of("changed-meanwhile", $"{before.Name} was changed by somebody else, or its new name is taken: read it again.");

    private static AuditEntry Entry(string what, StoredConfiguration after, StoredConfiguration? before) => new(
        after.Current.At, after.Instance, after.Current.Author, what, string.Create(CultureInfo.InvariantCulture, $"runner-config/{after.Id}"), after.Current.Reason is { Length: > 0 } why ? why : null, before is null ? null : Shown(before), Shown(after));

    private static string Shown(StoredConfiguration one) => JsonSerializer.Serialize(new
    {
        one.Name,
        Revision = one.Current.Number,
        Kind = one.Current.Content.Kind.ToString(),
        Target = one.Current.Content.Target.ToString(),
        Fingerprint = ConfigFingerprint.Of(one.Current.Content),
    });
}
