using MigrationPortal.Domain.Readiness;
using MigrationPortal.Web.Readiness;

namespace MigrationPortal.Web.Tests.Readiness;

public sealed class RemedyPartTests
{
    [Theory]
    [InlineData("Use localhost: all containers share one network.", "say Use localhost: all containers share one network.")]
    [InlineData("services:\n  - name: postgres:16\n    alias: my-db", "paste services:\n  - name: postgres:16\n    alias: my-db")]
    [InlineData("Let GitLab start it:\n  services:\n    - name: postgres:16\nor start it yourself.", "say Let GitLab start it:|paste services:\n  - name: postgres:16|say or start it yourself.")]
    [InlineData("variables:\n  DOCKER_HOST: tcp://docker:2375\nOr ask for a volume.", "paste variables:\n  DOCKER_HOST: tcp://docker:2375|say Or ask for a volume.")]
    [InlineData("tags: [gpu]    # ask your administrators", "paste tags: [gpu]    # ask your administrators")]
    [InlineData("mysqld ... </dev/null >server.log 2>&1 &\nand end it in after_script.", "paste mysqld ... </dev/null >server.log 2>&1 &|say and end it in after_script.")]
    [InlineData("nc -z -w 5 shop 443    # or the port that your job needs", "paste nc -z -w 5 shop 443    # or the port that your job needs")]
    [InlineData("chmod 600 keys/deploy.pem", "paste chmod 600 keys/deploy.pem")]
    [InlineData("chmod the files that need it, in before_script.", "say chmod the files that need it, in before_script.")]
    [InlineData("Artifacts: use them.", "say Artifacts: use them.")]
    [InlineData("", "say ")]
    public void Of_TellsSentencesFromLinesToPaste(string remedy, string parts) =>
        string.Join('|', RemedyPart.Of(remedy).Select(part => $"{(part.IsLines ? "paste" : "say")} {part.Text}")).ShouldBe(parts);

    [Fact]
    public void JobFindings_SameWordsAtSeveralLines_AreOne_AndTheWorstJobIsFirst()
    {
        Finding At(string? job, string rule, Severity severity, int line) => new(rule, severity, job, line, $"{rule} bites.", "Mend it.", null);

        var jobs = JobFindings.Of([At("b", "R17", Severity.Info, 9), At("a", "R34", Severity.Likely, 2), At("c", "R07", Severity.Blocks, 7), At("c", "R07", Severity.Blocks, 5), At("c", "R17", Severity.Info, 0), At(null, "extends", Severity.Likely, 1)]);

        jobs.Select(job => job.Job).ShouldBe([null, "c", "a", "b"]);
        jobs[1].Serious.ShouldHaveSingleItem().Place.ShouldBe("lines 5 and 7");
        jobs[1].Notes.ShouldHaveSingleItem().Place.ShouldBe("");
        jobs[3].Serious.ShouldBeEmpty();
    }
}
