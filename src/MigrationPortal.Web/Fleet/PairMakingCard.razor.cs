using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Phases;

namespace MigrationPortal.Web.Fleet;

/// <summary>The commands that make two project runners (gitlab-api.md 1.5), with the tags that were decided on.</summary>
public sealed partial class PairMakingCard
{
    /// <summary>Of GitLab, without a slash at its end.</summary>
    [Parameter, EditorRequired]
    public required string GitLab { get; set; }

    [Parameter, EditorRequired]
    public required MigrationSettings Settings { get; set; }

    private IEnumerable<string> Led => Settings.Translations.Where(one => one.Value is not null).Select(one => one.Key).Concat(Settings.Decisions.Where(one => one.Value == TagDecision.Adopt).Select(one => one.Key));

    private string KubernetesTags => Joined([.. Settings.Translations.Values.OfType<string>(), Settings.OptInTag, .. Led]);

    private string DockerTags => Joined([.. Settings.FallbackTag is { } fallback ? [fallback] : (string[])[], .. Led]);

    private static string Joined(IEnumerable<string> tags) => string.Join(',', tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private string Lines(string executor, string tags) => $"""
        curl --request POST "{GitLab}/api/v4/user/runners" --header "PRIVATE-TOKEN: $TOKEN" \
          --data runner_type=project_type --data project_id=$PROJECT --data locked=false \
          --data run_untagged=true{(tags.Length > 0 ? $" --data tag_list={tags}" : "")} --data description=pair-{executor}
        gitlab-runner register --non-interactive --url "{GitLab}" --token "$RUNNER_TOKEN" --executor {executor}
        """;
}
