using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MigrationPortal.Domain.RunnerConfig.Conversion;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>Docker configurations in, Kubernetes ones out. Which file and which keys are seen lives in the URL, what was pasted nowhere.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class ConvertPage : IDisposable
{
    private Dictionary<string, string> sources = [];
    private IReadOnlyList<string> problems = [];
    private bool isBusy;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Inject]
    private Browser Browser { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private ConvertedFiles? Converted { get; set; }

    private ConvertedFile? Open => Converted is null ? null : Converted.Files.FirstOrDefault(file => file.Name == Url["file"]) ?? Converted.Files[0];

    private string Headline => Converted switch
    {
        null => "From docker to Kubernetes",
        { Files.Count: 1, Converted: 0 } => "The file was not converted",
        { Files.Count: 1 } => Converted.Count(KeyMapping.Impossible) == 0 ? "Every key has its place on Kubernetes" : $"{Words.Count(Converted.Count(KeyMapping.Impossible), "key")} cannot be said on Kubernetes",
        _ => $"{Words.Count(Converted.Converted)} of {Words.Count(Converted.Files.Count, "file")} converted",
    };

    protected override void OnInitialized() => Navigation.LocationChanged += OnMoved;

    private async Task ConvertAsync(ConvertWish wish)
    {
        if (isBusy) return;
        (isBusy, problems) = (true, wish.Problems);
        try
        {
            if (problems.Count > 0)
            {
                Converted = null;
                return;
            }

            // Off the circuit: hundreds of files take seconds.
            Converted = await Task.Run(() => ConvertMany.Of(wish.Files, wish.Options));
            sources = wish.Files.ToDictionary(file => file.Name, file => file.Toml);
        }
        finally
        {
            isBusy = false;
        }
    }

    private async Task SaveAllAsync() => await Browser.SaveAsync("kubernetes-runners.zip", "application/zip", ConversionArchive.Write(Converted!));

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => InvokeAsync(StateHasChanged);

    public void Dispose() => Navigation.LocationChanged -= OnMoved;
}
