using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>All revisions, and what differs between any two of them or between one and what is edited now.</summary>
public sealed partial class ConfigRevisionsPart
{
    private const int Step = 50;

    private List<RevisionHeader>? revisions;
    private bool hasMore;
    private ActorNames names = ActorNames.None;
    private RunnerConfigDiffView? diff;
    private int read;

    [Inject]
    private IConfigStore Store { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required long Id { get; set; }

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    [Parameter, EditorRequired]
    public required int Newest { get; set; }

    [Parameter, EditorRequired]
    public required ConfigDraft Draft { get; set; }

    // 0: what is edited now.
    private int To => Number("to") ?? (Draft.IsChanged ? 0 : Newest);

    private int From => Number("from") ?? Math.Max(1, To == 0 ? Newest : To - 1);

    protected override async Task OnParametersSetAsync()
    {
        if (read != Newest)
        {
            revisions = [];
            read = Newest;
            await MoreAsync();
        }

        await CompareAsync();
    }

    private async Task MoreAsync()
    {
        var more = await Store.HeadersAsync(Id, Step + 1, revisions!.Count == 0 ? null : revisions[^1].Number, CancellationToken.None);
        hasMore = more.Count > Step;
        revisions.AddRange(more.Take(Step));
        names = await People.OfAsync(revisions.Select(one => one.Author), CancellationToken.None);
    }

    private async Task CompareAsync()
    {
        var from = await FindAsync(From);
        diff = from is null ? null : To == 0 ? Edited(from) : await FindAsync(To) is { } to ? RunnerConfigDiff.Of(from, to) : null;
    }

    // What is no TOML has no keys to compare.
    private RunnerConfigDiffView? Edited(ConfigRevision from) =>
        Draft.Document is null ? null : RunnerConfigDiff.Of(string.Create(CultureInfo.InvariantCulture, $"revision {from.Number}"), from.Content, "what is edited now", Draft.Content);

    private Task<ConfigRevision?> FindAsync(int number) => Store.RevisionAsync(Id, number, CancellationToken.None);

    private Task Choose(int from, int to)
    {
        Url.Set([KeyValuePair.Create("from", (string?)from.ToString(CultureInfo.InvariantCulture)), KeyValuePair.Create("to", (string?)to.ToString(CultureInfo.InvariantCulture))]);
        return CompareAsync();
    }

    private int? Number(string key) => int.TryParse(Url[key], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
