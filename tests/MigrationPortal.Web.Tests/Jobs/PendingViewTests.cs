using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Jobs;
using MigrationPortal.Web.Shared;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Jobs;

public sealed class PendingViewTests
{
    [Theory]
    [InlineData(null, false, ",,false,")]
    [InlineData("", true, ",,true,")]
    [InlineData("arm linux", true, ",arm linux,true,")]
    public void Tags_NotKnown_AreToldFromNone_AlsoInCsv(string? tags, bool known, string csv)
    {
        var set = tags is null ? null : TagSet.Of(tags.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var production = new InstanceId("production");
        var row = new JobRow(
            new JobId(production, 1), new ProjectId(production, 7), "data/etl", JobStatus.Pending, "build", null, "main", false, "push", set, null, KitContext.Now.AddMinutes(-1), null, null, null,
            Executor.Unknown, FailureKind.None, null);

        var view = PendingView.Of(new PendingJob(row, new PendingDiagnosis(PendingReason.NotKnown, [], [], [], PendingDiagnosis.PatienceMatched)), KitContext.Now);

        (string.Join(' ', view.Tags), view.TagsKnown).ShouldBe((tags ?? "", known));
        Csv.Of([view]).ShouldContain($",main{csv}");
    }
}
