using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Notices;

/// <summary>A new channel, or one that is changed. What is secret is written here and never read back.</summary>
public sealed partial class ChannelForm
{
    private static readonly (string Word, string Title)[] Choices =
        [.. new NoticeSeverity?[] { NoticeSeverity.Info, NoticeSeverity.Attention, NoticeSeverity.Critical, null }.Select(one => (NoticeWords.Of(one), NoticeWords.From(one)))];

    private readonly Dictionary<string, string> kinds = [];
    private string name = "";
    private string kind = NoticeWords.Of(ChannelKind.Mail);
    private string to = "";
    private string url = "";
    private string secret = "";
    private string otherwise = NoticeWords.Of(NoticeRules.Usual.Otherwise);
    private string path = "";
    private DigestEvery every = DigestEvery.Day;
    private int hour = 6;
    private bool isOn = true;
    private bool isBusy;
    private IReadOnlyList<string> problems = [];

    [Inject]
    private ChangeChannel Change { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    /// <summary>Null: a new one.</summary>
    [Parameter, EditorRequired]
    public required NoticeChannel? Of { get; set; }

    /// <summary>Stored; with the signing secret that the portal made, if it did.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<string?> OnSave { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<MouseEventArgs> OnLeave { get; set; }

    private ChannelKind Kind => NoticeWords.Kinds.First(one => one.Word == kind).Value;

    private bool IsMail => Kind is ChannelKind.Mail or ChannelKind.Digest;

    private DigestPlan? Plan => Kind == ChannelKind.Digest ? new DigestPlan(path.Trim().Trim('/'), every, hour) : null;

    // Once: what somebody types must not be lost when the page reads again.
    protected override void OnInitialized()
    {
        if (Of is not { } channel) return;
        (name, kind, isOn, otherwise) = (channel.Name, NoticeWords.Of(channel.Kind), channel.IsOn, NoticeWords.Of(channel.Rules.Otherwise));
        if (IsMail) to = channel.Place;
        if (channel.Rules.Digest is { } plan) (path, every, hour) = (plan.Path, plan.Every, plan.Hour);
        foreach (var (event_, least) in channel.Rules.Kinds) kinds[event_] = NoticeWords.Of(least);
    }

    private async Task SaveAsync()
    {
        var wish = new ChannelWish(
            name, Kind, isOn, IsMail ? to.Split([',', '\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : null,
            Written(url, !IsMail), Written(secret, Kind == ChannelKind.Webhook),
            new NoticeRules(Least(otherwise), kinds.Where(one => one.Value.Length > 0).ToDictionary(one => one.Key, one => Least(one.Value))) { Digest = Plan });
        problems = [.. wish.Problems(Of is null).Select(one => one.Sentence)];
        if (problems.Count > 0) return;
        isBusy = true;
        var who = (await SignedIn).User.Actor();
        var outcome = Of is null ? await Change.AddAsync(wish, who, CancellationToken.None) : await Change.SaveAsync(Of.Id, wish, who, CancellationToken.None);
        isBusy = false;
        if (outcome is Outcome<ChannelChanged>.Done { Result: var changed }) await OnSave.InvokeAsync(changed.MadeSecret);
        else problems = outcome.Match(_ => [], no => no.Reasons);
    }

    private static string? Written(string text, bool asked) => asked && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static NoticeSeverity? Least(string word) => word == NoticeWords.Never ? null : Enum.Parse<NoticeSeverity>(word, ignoreCase: true);
}
