using System.Globalization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Insights;

/// <summary>What a stored key of a dimension is called.</summary>
internal sealed class DimensionValues(Database database, JobWords words)
{
    public Task KnowAsync(Dimension by, List<long> keys, CancellationToken cancel) => by switch
    {
        Dimension.Project or Dimension.Runner or Dimension.Cluster => Task.CompletedTask,
        Dimension.Tag => words.KnowAsync(database, [], keys.ConvertAll(key => (int)key), cancel),
        _ => words.KnowAsync(database, keys.ConvertAll(key => (int)key), [], cancel),
    };

    /// <summary>A job with two tags counts for both; one whose tags are not known counts for none.</summary>
    public IEnumerable<string> Of(Dimension by, long key) => by switch
    {
        Dimension.Project or Dimension.Runner => [key.ToString(CultureInfo.InvariantCulture)],
        Dimension.Reason or Dimension.RunnerVersion => [words.Word((int)key) ?? JobWords.NotKnown],
        Dimension.Cluster => [JobWords.NotKnown],
        Dimension.Tag => words.Tags((int)key) is { } tags ? tags.IsEmpty ? [""] : tags : [],
        _ => [ExecutorNames.Word(new Executor(words.Word((int)key) ?? JobWords.NotKnown).Family)],
    };
}
