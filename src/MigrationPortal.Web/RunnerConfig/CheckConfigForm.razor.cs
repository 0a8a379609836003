using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Identity;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>Checks a pasted configuration. Version and users live in the URL, what is pasted nowhere: it stays with the reader, and is looked at again when they change.</summary>
public sealed partial class CheckConfigForm
{
    internal const string Field = "runner-config";

    /// <summary>Characters: what is read of one file.</summary>
    internal const int Longest = 1_000_000;

    private const string Answer = "config-answer";
    private const string VersionKey = "version";
    private const string JobKey = "user";
    private const string ServiceKey = "service";
    private const int LongestUser = 200;
    private const int MostRunners = 5;
    private const string Hint = "[[runners]]\n  executor = \"kubernetes\"\n  [runners.kubernetes]";

    private string? preset;
    private string? text;
    private ConfigDocument? document;
    private IReadOnlyList<ConfigFinding>? findings;
    private string? problem;
    private bool isBusy;
    private bool hasNews;

    [Inject]
    private Browser Browser { get; set; } = null!;

    [Inject]
    private UrlState Url { get; set; } = null!;

    /// <summary>Releases in which keys came, the newest first: others read the same keys as the one before them.</summary>
    private static IReadOnlyList<string> Versions { get; } =
        [.. ConfigKeys.All.Select(key => key.Since).OfType<Version>().Where(since => since.Major >= 16).Select(since => (since.Major, since.Minor)).Distinct().OrderDescending().Select(since => $"{since.Major}.{since.Minor}")];

    private Version? Target => Url[VersionKey] is { } chosen && Versions.Contains(chosen) ? Version.Parse(chosen) : null;

    private string Headline => findings!.Count(found => found.Severity == CheckSeverity.Error) switch
    {
        _ when document is null => "This is no TOML",
        0 when findings!.Any(found => found.Severity == CheckSeverity.Warning) => "It does what it says, with doubts",
        0 => "It does what it says",
        var errors => $"{Words.Count(errors, "thing")} in it {(errors == 1 ? "does" : "do")} not work",
    };

    private string Said => document is null ? "gitlab-runner refuses the whole file. Mend the line below, and check again."
        : string.Join(", ", findings!.GroupBy(found => found.Severity).OrderBy(group => group.Key).Select(group => ConfigFindingLook.Count(group.Key, group.Count()))) is { Length: > 0 } counts
            ? $"{counts}, as gitlab-runner {(Target ?? ConfigKeys.Newest).ToString(2)} reads it."
            : $"As gitlab-runner {(Target ?? ConfigKeys.Newest).ToString(2)} reads it.";

    private IEnumerable<(string? Note, PodIdentity Identity)> Identities
    {
        get
        {
            if (document is null) return [];
            var runners = KubernetesSection.Of(document);
            var asked = AskedIdentity.Of(Url[JobKey], Url[ServiceKey]);
            return runners.Take(MostRunners).Select(runner => (runners.Count > 1 ? runner.Runner.Name ?? runner.Runner.Path : null, ResolveIdentity.Of(runner, asked)));
        }
    }

    private async Task CheckAsync()
    {
        if (isBusy) return;
        (isBusy, problem) = (true, null);
        try
        {
            text = await Browser.TextOfAsync(Field, Longest + 1);
            problem = string.IsNullOrWhiteSpace(text) ? "Paste the text of a config.toml first, or begin with the sample."
                : text.Length > Longest ? $"The text is longer than {Words.Count(Longest)} characters. Paste a smaller file."
                : null;
            if (problem is not null) (text, document, findings) = (null, null, null);
            else await LookAsync(true);
        }
        finally
        {
            isBusy = false;
        }
    }

    private async Task ShowSampleAsync()
    {
        (preset, text, problem) = (ConfigSample.Toml, ConfigSample.Toml, null);
        await LookAsync(true);
    }

    private async Task Set(string key, ChangeEventArgs typed)
    {
        Url.Set(key, typed.Value?.ToString()?.Trim());
        if (text is not null) await LookAsync(false);
    }

    private async Task LookAsync(bool isNew)
    {
        var (toml, target) = (text!, Target);
        // Off the circuit: a file at the limit takes a while.
        (document, findings) = await Task.Run(() => (ConfigDocument.Read(toml).Document, ValidateConfig.Of(toml, target)));
        hasNews = isNew;
    }

    // On a phone the answer stands below the keyboard.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!hasNews) return;
        hasNews = false;
        await Browser.FocusAsync(Answer);
    }
}
