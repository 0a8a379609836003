using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Testing;
using MigrationPortal.World;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

/// <summary>A cohort that grew and shrinks again: whoever has moved meanwhile gets the old file back, to the byte, and has a way all the time.</summary>
public sealed class CohortShrinkStoryTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly WorldOptions Forty = WorldOptions.Small with { Projects = 40, Users = 40, JobsPerWorkday = 800, Now = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero) };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Members_ThatMoved_AreAsTheyWere(bool withHand)
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres, world: Forty, change: settings => { if (!withHand) settings.Remove("Portal:GitLab:Instances:0:WriteToken"); });
        var story = new CohortStory(portal);
        await MoveWorld.ReachOptInAsync(portal);
        await portal.RunAsync<JobSweep>();
        for (string? said = null, past = ""; said != past;) (past, said) = (said, (await portal.RunAsync<HistorySweep>()).Said);
        await portal.ScanAllAsync();
        var before = story.FilesNow();
        var asked = await story.SendAsync(60);
        var answers = await story.AnswerAsync(asked);
        var tried = await story.MoveAsync(answers.Values.Where(one => one.Coin == CoinSide.Now));
        foreach (var (project, one) in tried) if (one is { No: null, Enrollment: { Way: EnrollmentWay.MergeRequest, State: EnrollmentState.Moving } }) story.Merge(project);
        await portal.RunAsync<MoveSweep>();
        var cohort = (await portal.Get<ICohortStore>().ListAsync(CohortStory.Instance, default)).Single();

        var shrunk = CohortStory.Done(await portal.Get<ResizeCohort>().RunAsync(CohortStory.Instance, cohort.Id, 2, "too many", CohortStory.Admin, default));
        output.WriteLine($"{asked.Count} asked, {tried.Count(one => one.Value.No is null)} moved, {shrunk.Returning.Count} go back");
        shrunk.Returning.Count.ShouldBeGreaterThan(2);
        await portal.RunAsync<MoveSweep>();
        foreach (var project in shrunk.Returning)
        {
            if (!withHand)
            {
                (await story.StateAsync(project)).ShouldBe(EnrollmentState.Returning);
                await story.ReturnAsync(project);
            }

            var now = (await portal.Get<IEnrollmentStore>().NewestAsync(project, default))!;
            if (now.State == EnrollmentState.Returned) continue;
            MoveAddress.Of(now).ShouldNotBeNull($"{project} is {now.State}: {now.Reason}");
            story.Merge(project);
        }

        await portal.RunAsync<MoveSweep>();
        var after = story.FilesNow();
        foreach (var project in shrunk.Returning)
        {
            (await story.StateAsync(project)).ShouldBe(EnrollmentState.Returned);
            after[project].ShouldBe(before[project]);
        }
    }
}
