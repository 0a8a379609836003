using System.Net;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.World;

namespace MigrationPortal.Infrastructure.Tests.GitLab.Desk;

public sealed class JobLogsTests(DeskWorld world) : IClassFixture<DeskWorld>
{
    private static readonly GitLabCaller Portal = new GitLabCaller.Portal(RequestPurpose.Logs);

    private IJobLogs Logs => world.Get<IJobLogs>();

    [Fact]
    public async Task Log_IsReadAsItsPeopleAndAsThePortal_AndNotByStrangers()
    {
        var (job, text) = world.World(one => Ran(one).Select(ran => (ran.Id, one.Truth.Trace(ran))).First());
        foreach (var caller in (GitLabCaller[])[world.Maintainer, world.Developer, Portal])
            DeskWorld.Done(await Logs.ReadAsync(caller, Of(job), world.Project, default)).ShouldBe(new JobLog(LogState.Read, text));

        text.ShouldContain("Job succeeded");
        world.Budget.Taken.ShouldContain((RequestLane.Operations, "moves"));
        world.Budget.Taken.ShouldContain((RequestLane.Monitoring, "logs"));
        DeskWorld.Done(await Logs.ReadAsync(world.Stranger, Of(job), world.Project, default)).State.ShouldBe(LogState.Missing);
    }

    [Fact]
    public async Task Log_ErasedGoneOrForbidden_IsToldApart()
    {
        var job = world.World(one => Ran(one).Last().Id);
        world.World(one => one.Apply(new EraseJob(job)).Ok).ShouldBeTrue();
        DeskWorld.Done(await Logs.ReadAsync(world.Maintainer, Of(job), world.Project, default)).State.ShouldBe(LogState.Empty);
        DeskWorld.Done(await Logs.ReadAsync(world.Maintainer, Of(99_999_999), world.Project, default)).State.ShouldBe(LogState.Missing);

        await InsteadAsync(() => FaultyWire.Answer(403, """{"message":"403 Forbidden"}"""), async () =>
            DeskWorld.Refused(await Logs.ReadAsync(world.Maintainer, Of(job), world.Project, default)).Code.ShouldBe(DeskCode.Forbidden));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(JobLog.Longest)]
    [InlineData(JobLog.Longest + 1)]
    [InlineData(3 * JobLog.Longest + 17)]
    public async Task Log_OfAnyLength_KeepsItsEnd(int bytes)
    {
        var text = string.Create(bytes, 0, (letters, _) =>
        {
            for (var at = 0; at < letters.Length; at++) letters[at] = (char)('a' + at % 23);
        });
        await InsteadAsync(() => FaultyWire.Answer(200, text, "text/plain"), async () =>
            DeskWorld.Done(await Logs.ReadAsync(Portal, Of(1), world.Project, default)).Tail.ShouldBe(text[Math.Max(0, bytes - JobLog.Longest)..]));
    }

    [Fact]
    public async Task Log_WithoutAnEnd_IsGivenUp() => await InsteadAsync(
        () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Endless()) { Headers = { ContentType = new("text/plain") } } },
        async () => DeskWorld.Done(await Logs.ReadAsync(Portal, Of(1), world.Project, default)).ShouldBe(JobLog.Without(LogState.TooLong)));

    [Fact]
    public async Task Log_LimitsAndForeignAnswers_AreNoLogs()
    {
        await InsteadAsync(() => FaultyWire.Answer(429, "Retry later", "text/plain", ("Retry-After", "40")), async () =>
        {
            var no = DeskWorld.Refused(await Logs.ReadAsync(world.Maintainer, Of(1), world.Project, default));
            (no.Code, no.RetryAfter).ShouldBe((DeskCode.RateLimited, TimeSpan.FromSeconds(40)));
        });
        await InsteadAsync(() => FaultyWire.Answer(200, "<html>Sign in</html>", "text/html"), async () =>
            await Should.ThrowAsync<GitLabUnavailableException>(() => Logs.ReadAsync(world.Maintainer, Of(1), world.Project, default)));

        world.Budget.Answer = lane => lane == RequestLane.Monitoring ? TimeSpan.FromMinutes(2) : TimeSpan.Zero;
        var spent = DeskWorld.Refused(await Logs.ReadAsync(Portal, Of(1), world.Project, default));
        world.Budget.Answer = _ => TimeSpan.Zero;
        (spent.Code, spent.RetryAfter).ShouldBe((DeskCode.RateLimited, TimeSpan.FromMinutes(2)));
        spent.Reasons.Single().ShouldContain("Try again in 120 seconds.");
    }

    private async Task InsteadAsync(Func<HttpResponseMessage> answer, Func<Task> then)
    {
        world.Wire.Instead = path => path.EndsWith("/trace", StringComparison.Ordinal) ? answer() : null;
        try
        {
            await then();
        }
        finally
        {
            world.Wire.Instead = null;
        }
    }

    private IEnumerable<Job> Ran(GitLabWorld of) => of.Jobs.OfProject(of.Directory.FindProject((int)world.Project.Number)!, null, null, 0, 500).Where(job => job.Status == JobStatus.Success);

    private static JobId Of(long job) => new(DeskWorld.Production, job);

    /// <summary>A log that goes on for ever, as of a job that prints in a loop.</summary>
    private sealed class Endless : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Fill(buffer, (byte)'x', offset, count);
            return count;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
