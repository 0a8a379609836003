using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;

namespace MigrationPortal.Web.Phases;

/// <summary>One tag with its use, who has it, and what becomes of it.</summary>
/// <param name="Decision">Null as long as nobody decided: then it is kept.</param>
public sealed record TagLine(TagUse Use, int Legacy, int Kubernetes, int Unmanaged, TagDecision? Decision, string? Translation, bool HasTranslation)
{
    public static IReadOnlyList<TagLine> All(IReadOnlyList<TagUse> census, FleetSnapshot? fleet, MigrationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(census);
        ArgumentNullException.ThrowIfNull(settings);
        var runners = fleet?.Runners.Where(runner => !runner.Attributes.Paused).ToList() ?? [];
        var unused = runners.Where(runner => runner.IsManaged(RunnerRole.Legacy)).SelectMany(runner => runner.Attributes.Tags).Distinct()
            .Except(census.Select(use => use.Tag)).Select(tag => new TagUse(tag, 0, 0, 0, 0, []));
        return
        [
            .. census.Where(use => use.Tag.Length > 0).Concat(unused).Select(use => new TagLine(
                use,
                runners.Count(runner => runner.IsManaged(RunnerRole.Legacy) && runner.Attributes.Tags.Contains(use.Tag)),
                runners.Count(runner => runner.IsManaged(RunnerRole.Kubernetes) && runner.Attributes.Tags.Contains(use.Tag)),
                runners.Count(runner => !runner.Standing.Managed && runner.Attributes.Tags.Contains(use.Tag)),
                settings.Decisions.TryGetValue(use.Tag, out var decision) ? decision : null,
                settings.Translations.GetValueOrDefault(use.Tag),
                settings.Translations.ContainsKey(use.Tag))),
        ];
    }
}
