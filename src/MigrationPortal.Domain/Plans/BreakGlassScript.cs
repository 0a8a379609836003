using System.Globalization;
using System.Text;
using System.Text.Json;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>
/// The way back without the portal: bash and curl, token from <c>GITLAB_TOKEN</c>. From any point of the operation it
/// first widens every runner to all that it was and was to be, then restores what it was.
/// </summary>
public static class BreakGlassScript
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string For(Operation operation, Uri gitLab)
    {
        var found = operation.Originals();
        return Write(operation.Title, string.Create(CultureInfo.InvariantCulture, $"operation {operation.Id}"), gitLab,
            operation.Steps.Where(step => !step.IsRollBack).Select(step => step.Step), found);
    }

    /// <summary>Before apply: restores what the plan was computed from.</summary>
    public static string For(Plan plan, Uri gitLab) =>
        Write(plan.Title, string.Create(CultureInfo.InvariantCulture, $"plan {plan.Id}"), gitLab, plan.Steps, new Dictionary<RunnerId, RunnerAttributes>());

    private static string Write(string title, string subject, Uri gitLab, IEnumerable<PlanStep> steps, IReadOnlyDictionary<RunnerId, RunnerAttributes> found)
    {
        var runners = steps.Where(step => step.To is not null).GroupBy(step => step.Runner).OrderBy(group => group.Key.Number).Select(group => (
            Id: group.Key.Number,
            Name: group.First().RunnerName,
            Original: found.GetValueOrDefault(group.Key) ?? group.First().From,
            All: group.Aggregate(group.First().From, (all, step) => all.Union(step.From).Union(step.To!)))).ToList();
        var deleted = steps.Where(step => step.To is null).Select(step => step.RunnerName).ToList();

        var script = new StringBuilder(Head);
        script.Append(CultureInfo.InvariantCulture, $"# Restores the runners as they were before {subject}: {OneLine(title)}\n");
        foreach (var name in deleted) script.Append(CultureInfo.InvariantCulture, $"# Cannot be restored once deleted: {OneLine(name)}\n");
        script.Append(CultureInfo.InvariantCulture, $"GITLAB_URL=\"${{GITLAB_URL:-{Doubled(gitLab.ToString().TrimEnd('/'))}}}\"\n").Append(Body);
        script.Append("\n# First widen: nothing is taken away yet.\n");
        foreach (var one in runners.Where(one => one.All != one.Original)) script.Append(Put(one.Id, one.Name, one.All));
        script.Append("\n# Then restore.\n");
        foreach (var one in runners) script.Append(Put(one.Id, one.Name, one.Original));
        return script.Append("\necho 'Done: all runners are as they were.'\n").ToString();
    }

    private static string Put(long id, string name, RunnerAttributes to) => string.Create(CultureInfo.InvariantCulture,
        $"put {id} {Quoted(OneLine(name))} {Quoted(JsonSerializer.Serialize(new { tag_list = to.Tags, run_untagged = to.RunUntagged, paused = to.Paused }, Plain))}\n");

    // Inside single quotes only the single quote itself means something to the shell.
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Doubled(string text) => new([.. text.Where(letter => letter is not ('"' or '\\' or '$' or '`' or '}'))]);

    private static string OneLine(string text) => new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);

    private const string Head = """
        #!/usr/bin/env bash
        # MigrationPortal break-glass script. Needs bash, curl and an administrator's token with the api scope:
        #   GITLAB_TOKEN=glpat-... bash restore.sh            restores
        #   bash restore.sh --dry-run                         only shows what it would do

        """;

    private const string Body = """
        set -euo pipefail

        dry_run=0
        if [ "${1:-}" = "--dry-run" ]; then dry_run=1; fi
        if [ "$dry_run" = 0 ] && [ -z "${GITLAB_TOKEN:-}" ]; then
          echo 'GITLAB_TOKEN is not set: give an api token of an administrator.' >&2
          exit 2
        fi

        put() {
          echo "runner $1 ($2): $3"
          if [ "$dry_run" = 1 ]; then return; fi
          # The token goes in by a file descriptor, so that it does not show in the process list.
          curl --silent --show-error --fail-with-body --retry 5 --retry-connrefused --max-time 60 \
            --request PUT --header @<(printf 'PRIVATE-TOKEN: %s\n' "$GITLAB_TOKEN") --header 'Content-Type: application/json' \
            --data-binary "$3" --output /dev/null "$GITLAB_URL/api/v4/runners/$1"
        }

        """;
}
