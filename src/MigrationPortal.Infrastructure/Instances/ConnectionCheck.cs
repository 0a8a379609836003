using System.Globalization;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;

namespace MigrationPortal.Infrastructure.Instances;

/// <summary>Asks an instance for its version and what each token may; the answers are sentences that name the setting.</summary>
internal sealed class ConnectionCheck(GitLabOptions options, GitLabClients clients, WorldClock clock, TimeProvider time)
{
    private static readonly Version Oldest = new(17, 0);
    private static readonly int[] WarnDays = [1, 7, 30];

    public async Task<ConnectionHealth> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var index = options.Instances.FindIndex(one => one.Id == instance);
        var findings = new Findings($"{GitLabOptions.Section}:Instances:{index}", instance);
        string? version;
        try
        {
            version = await VersionAsync(instance, findings, cancel);
        }
        catch (GitLabUnavailableException fault) when (fault is { IsPutOff: false, Status: not (401 or 403) })
        {
            findings.Problems.Add($"{fault.Message}.");
            return findings.ToHealth(time.GetUtcNow(), reachable: false, null, null, null);
        }
        catch (GitLabUnavailableException fault) when (!fault.IsPutOff)
        {
            version = null;
        }
        var today = DateOnly.FromDateTime(clock.Now(instance).UtcDateTime);
        var read = await TokenAsync(instance, GitLabChannel.Monitoring, "ReadToken", "read_api", findings, today, cancel);
        var write = options.Instances[index].CanWrite
            ? await TokenAsync(instance, GitLabChannel.Changing, "WriteToken", "api", findings, today, cancel)
            : null;
        return findings.ToHealth(time.GetUtcNow(), reachable: true, version, read, write);
    }

    private async Task<string?> VersionAsync(InstanceId instance, Findings findings, CancellationToken cancel)
    {
        var text = (await clients.For(instance, GitLabChannel.Monitoring).VersionAsync(Purposes.Connection, cancel)).Required(instance).Version;
        // Such as 19.2.1-ee or 18.11.0-pre: only the numbers count.
        if (!Version.TryParse(text?.Split('-', '+')[0], out var version)) findings.Problems.Add($"{findings.Key}:Url answers a version '{text}' that is not GitLab's.");
        else if (version < Oldest) findings.Problems.Add($"GitLab {text} is too old: {Oldest} or later is needed.");
        return text;
    }

    private async Task<TokenFacts?> TokenAsync(InstanceId instance, GitLabChannel channel, string key, string scope, Findings findings, DateOnly today, CancellationToken cancel)
    {
        var api = clients.For(instance, channel);
        try
        {
            var token = (await api.TokenAsync(Purposes.Connection, cancel)).Required(instance);
            var user = (await api.UserAsync(Purposes.Connection, cancel)).Required(instance);
            var facts = new TokenFacts(token.Scopes ?? [], user.IsAdmin ?? false, token.ExpiresAt);
            var usable = true;
            if (!facts.Scopes.Contains(scope) && !(scope == "read_api" && facts.Scopes.Contains("api")))
            {
                findings.Problems.Add($"{findings.Key}:{key} has the scopes {string.Join(", ", facts.Scopes)}, and needs {scope}.");
                usable = false;
            }
            if (!facts.IsAdmin)
            {
                findings.Problems.Add($"{findings.Key}:{key} belongs to '{user.Username}', who is no administrator: GitLab shows others neither all runners nor all jobs.");
                usable = false;
            }
            if (facts.ExpiresOn is { } end) WarnOfEnd(findings, key, end.DayNumber - today.DayNumber, end);
            if (usable) findings.Usable.Add(channel);
            return facts;
        }
        catch (GitLabUnavailableException fault) when (fault.Status is 401 or 403)
        {
            findings.Problems.Add(options.NotAccepted(instance, key));
        }
        catch (GitLabUnavailableException fault) when (!fault.IsPutOff)
        {
            findings.Problems.Add($"{findings.Key}:{key} could not be checked: {fault.Message}.");
        }
        return null;
    }

    private static void WarnOfEnd(Findings findings, string key, int days, DateOnly end)
    {
        if (WarnDays.Any(limit => days <= limit))
            findings.Warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{findings.Key}:{key} expires in {Math.Max(days, 0)} {(days == 1 ? "day" : "days")}, on {end:yyyy-MM-dd}: create a new token in time."));
    }

    private sealed record Findings(string Key, InstanceId Instance)
    {
        public List<string> Problems { get; } = [];

        public List<string> Warnings { get; } = [];

        public HashSet<GitLabChannel> Usable { get; } = [];

        public ConnectionHealth ToHealth(DateTimeOffset at, bool reachable, string? version, TokenFacts? read, TokenFacts? write) => new(
            Instance, at, reachable, version, Usable.Contains(GitLabChannel.Monitoring), Usable.Contains(GitLabChannel.Changing), read, write, Problems, Warnings);
    }
}
