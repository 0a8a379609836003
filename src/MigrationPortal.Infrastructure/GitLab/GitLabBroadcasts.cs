using System.Net;
using System.Text;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using Refit;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>Banners by <c>/broadcast_messages</c> (docs.gitlab.com, api/broadcast_messages; Free, administrators write). GitLab takes them down at <c>ends_at</c> by itself.</summary>
internal sealed class GitLabBroadcasts(GitLabClients clients, InstanceDirectory instances) : IBroadcasts
{
    // What CommonMark gives a meaning: GitLab renders broadcast messages as Markdown with a few HTML tags.
    private const string Marks = @"\`*_[]<>#~|&";

    public async Task<Outcome<long>> AnnounceAsync(InstanceId instance, string text, TimeWindow window, CancellationToken cancel)
    {
        if (ObserveMode(instance) is { } no) return no;
        var wanted = new BroadcastWriteDto(Escaped(text), Second(window.From), Second(window.To), "banner", true);
        var api = clients.For(instance, GitLabChannel.Changing);
        // GitLab knows no idempotency: whose answer was lost stands already.
        for (var page = Paging.Offset(); page is not null;)
        {
            var listed = await api.BroadcastsAsync(page, Purposes.Operation, cancel);
            if (listed.Required(instance).FirstOrDefault(one => one.Message == wanted.Message && one.StartsAt == wanted.StartsAt && one.EndsAt == wanted.EndsAt) is { } same) return same.Id;
            page = Paging.Next(listed);
        }
        var made = await api.CreateBroadcastAsync(wanted, Purposes.Operation, true, cancel);
        return Refused(instance, made) is { } refused ? refused : made.Required(instance).Id;
    }

    public async Task<Outcome<long>> TakeBackAsync(InstanceId instance, long number, CancellationToken cancel)
    {
        if (ObserveMode(instance) is { } no) return no;
        var gone = await clients.For(instance, GitLabChannel.Changing).DeleteBroadcastAsync(number, Purposes.Operation, cancel);
        return gone.StatusCode != HttpStatusCode.NotFound && Refused(instance, gone) is { } refused ? refused : number;
    }

    internal static string Escaped(string text)
    {
        var plain = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            if (Marks.Contains(letter, StringComparison.Ordinal)) plain.Append('\\');
            plain.Append(letter is '\r' or '\n' ? ' ' : letter);
        }
        return plain.ToString();
    }

    private static DateTimeOffset Second(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);

    private Refusal? ObserveMode(InstanceId instance) => instances.Find(instance)?.CanWrite == true
        ? null : Refusal.Of("observe-mode", $"'{instance}' is in observe mode: no WriteToken is configured for it.");

    private static Refusal? Refused(InstanceId instance, IApiResponse answer)
    {
        answer.Arrived(instance);
        return answer.IsSuccessStatusCode ? null : Refusal.Of("gitlab-refused", $"GitLab '{instance}' refuses the broadcast message: {answer.Message()}");
    }
}
