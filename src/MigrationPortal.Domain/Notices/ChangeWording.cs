using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Notices;

/// <summary>Puts a text of mails or pages into an admin's own words, for the whole portal.</summary>
public sealed class ChangeWording(IWordings wordings, IAuditTrail audit, Instances.InstanceDirectory instances, IWorldClock clock)
{
    /// <param name="text">Null: the usual words again.</param>
    /// <returns>What it says now. Refuses <c>unknown-wording</c> and <c>invalid-wording</c>.</returns>
    public async Task<Outcome<string>> RunAsync(string key, string? text, Actor who, CancellationToken cancel)
    {
        if (Wording.All.FirstOrDefault(one => one.Key == key) is not { } piece) return Refusal.Of("unknown-wording", $"There is no text '{key}'. There is {string.Join(", ", Wording.All.Select(one => one.Key))}.");
        var wanted = text?.ReplaceLineEndings("\n").Trim();
        if (wanted is not null && piece.Problems(wanted).ToArray() is { Length: > 0 } problems) return Refusal.Of("invalid-wording", problems);
        var before = (await wordings.ReadAsync(cancel)).GetValueOrDefault(key);
        if (before == wanted) return wanted ?? piece.Usual;
        var production = instances.Production.Id;
        var entry = new AuditEntry(clock.Now(production), production, who, "wording.change", $"wording/{key}", null, JsonSerializer.Serialize(before), JsonSerializer.Serialize(wanted));
        return await audit.ChangeAsync<string>(
            async () =>
            {
                await wordings.SaveAsync(key, wanted, cancel);
                return (wanted ?? piece.Usual, entry);
            },
            cancel);
    }
}
