using System.Globalization;
using System.Net;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using Refit;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>The portal's job hook in a project, found by its address or by the number that it was made with (gitlab-api.md 5.2).</summary>
internal sealed class GitLabHooks(GitLabClients clients, GitLabOptions options) : IJobHookSettings
{
    private const string Name = "MigrationPortal";

    public HookSetup Of(InstanceId instance)
    {
        var at = options.Instances.FindIndex(one => one.Id == instance);
        var (one, key) = (options.Instances[at], $"{GitLabOptions.Section}:Instances:{at}");
        var missing = new List<string>();
        if (options.PublicUrl is null) missing.Add("Portal:PublicUrl is not set: the portal's own address as GitLab reaches it, such as https://portal.example.com.");
        if (one.WebhookToken is null && one.WebhookSigningToken is null) missing.Add($"{key}:WebhookToken (or from GitLab 19.0 on :WebhookSigningToken) is not set: the secret that proves events, such as 40 random characters.");
        if (!one.CanWrite) missing.Add($"{key}:WriteToken is not set: an administrator's token with scope api, which may make hooks.");
        return new HookSetup(options.PublicUrl is { } portal ? portal.ToString().TrimEnd('/') + "/hooks/gitlab" : null, missing);
    }

    /// <summary>Looks, and where the wish says so sets right. The same visit twice ends in the same hook.</summary>
    /// <exception cref="Domain.Instances.GitLabUnavailableException">GitLab did not answer, or the token is not accepted: the project was not visited.</exception>
    public async Task<ProjectHook> VisitAsync(ProjectHook known, HookWishKind wish, DateTimeOffset now, CancellationToken cancel)
    {
        var address = Of(known.Project.Instance).Address!;
        var (project, api) = (known.Project.Number, clients.For(known.Project.Instance, wish == HookWishKind.Check ? GitLabChannel.Monitoring : GitLabChannel.Hooking));
        var ours = new List<HookDto>();
        for (var page = Paging.Offset(); page is not null;)
        {
            var answer = await api.HooksAsync(project, page, Purposes.Hooks, cancel);
            if (Refused(answer, known, now) is { } no) return no;
            ours.AddRange(answer.Required(known.Project.Instance).Where(hook => IsAt(hook, address) || hook.Id == known.Hook));
            page = Paging.Next(answer);
        }

        ours.Sort((one, other) => IsAt(other, address).CompareTo(IsAt(one, address)));
        if (wish == HookWishKind.Check) return Seen(known, ours.FirstOrDefault(), address, now);
        // A lost answer to a POST leaves a second one; removing takes them all.
        foreach (var hook in ours.Skip(wish == HookWishKind.Remove ? 0 : 1))
        {
            var gone = await api.DeleteHookAsync(project, hook.Id, Purposes.Hooks, cancel);
            gone.Arrived(known.Project.Instance);
            if (gone.StatusCode != HttpStatusCode.NotFound && Refused(gone, known with { Hook = hook.Id, Url = hook.Url }, now) is { } no) return no;
        }

        if (wish == HookWishKind.Remove) return known with { Hook = null, Url = null, State = HookState.Removed, Said = null, At = now };
        var one = options.Instances.First(instance => instance.Id == known.Project.Instance);
        var wanted = new HookWriteDto(address, Name, true, false, one.WebhookSigningToken is null ? one.WebhookToken : null, one.WebhookSigningToken);
        // Written also when it looks right: GitLab never shows the secret, and it may be an old one.
        var left = ours.Count == 0
            ? await api.CreateHookAsync(project, wanted, Purposes.Hooks, true, cancel)
            : await api.UpdateHookAsync(project, ours[0].Id, wanted, Purposes.Hooks, cancel);
        if (Refused(left, known, now) is { } not) return not;
        var seen = Seen(known, left.Required(known.Project.Instance), address, now);
        return seen is { State: HookState.Disabled, Hook: { } off } ? await SwitchOnAsync(api, seen, off, address, now, cancel) : seen;
    }

    // A hook that GitLab switched off comes back, also one for good, when a test event is answered with 2xx.
    private static async Task<ProjectHook> SwitchOnAsync(IGitLabApi api, ProjectHook off, long hook, string address, DateTimeOffset now, CancellationToken cancel)
    {
        var test = await api.TestHookAsync(off.Project.Number, hook, Purposes.Hooks, cancel);
        test.Arrived(off.Project.Instance);
        if (!test.IsSuccessStatusCode) return off with { Said = $"{off.Said} The portal's own test of it failed: {test.Message()}" };
        var after = await api.HookAsync(off.Project.Number, hook, Purposes.Hooks, cancel);
        return Refused(after, off, now) ?? Seen(off, after.Required(off.Project.Instance), address, now);
    }

    private static bool IsAt(HookDto hook, string address) => string.Equals(hook.Url?.TrimEnd('/'), address, StringComparison.OrdinalIgnoreCase);

    private static ProjectHook Seen(ProjectHook known, HookDto? hook, string address, DateTimeOffset now)
    {
        var (state, said) = hook switch
        {
            null => (HookState.Missing, null),
            _ when !IsAt(hook, address) => (HookState.Elsewhere, $"It points to {hook.Url}."),
            { JobEvents: not true } => (HookState.Missing, "The hook is there, its job events are off."),
            { AlertStatus: { } alert and not "executable" } => (HookState.Disabled,
                $"GitLab has switched it off ({alert.Replace('_', ' ')}{(hook.DisabledUntil is { } until ? string.Create(CultureInfo.InvariantCulture, $" until {until.UtcDateTime:d MMM HH:mm} UTC") : "")}): installing again tests it, which switches it on once the portal answers."),
            _ => (HookState.Installed, (string?)null),
        };
        return known with { Hook = hook?.Id, Url = hook?.Url, State = state, Said = said, At = now };
    }

    // What only this project answers; anything else concerns all, and the sweep comes again.
    private static ProjectHook? Refused(IApiResponse answer, ProjectHook known, DateTimeOffset now)
    {
        answer.Arrived(known.Project.Instance);
        return answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity
            ? known with { State = HookState.Refused, Said = answer.Message(), At = now }
            : null;
    }
}
