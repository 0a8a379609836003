using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Domain.Tests.Readiness;

public class LogRedactionTests
{
    [Theory]
    [InlineData("fatal: Authentication failed for 'https://gitlab-ci-token:S3cr3tValue@git.example.org/g/p.git/'", "S3cr3tValue")]
    [InlineData("redis://:S3cr3tValue@cache:6379/0", "S3cr3tValue")]
    [InlineData("postgresql+psycopg://app:S3cr3tValue@db.example.org/app", "S3cr3tValue")]
    [InlineData("curl https://S3cr3tValue@api.example.org", "S3cr3tValue")]
    [InlineData("token glpat-S3cr3tValue_123456 refused", "S3cr3tValue")]
    [InlineData("registered with glrt-t1_S3cr3tValue", "S3cr3tValue")]
    [InlineData("CI_JOB_TOKEN is glcbt-64_S3cr3tValue", "S3cr3tValue")]
    [InlineData("deploy gldt-S3cr3tValue, feed glft-S3cr3tValue", "S3cr3tValue")]
    [InlineData("old GR1348941S3cr3tValue", "S3cr3tValue")]
    [InlineData("> Authorization: Bearer S3cr3tValue", "S3cr3tValue")]
    [InlineData("authorization: Basic Y2k6UzNjcjN0VmFsdWU=", "Y2k6UzNjcjN0VmFsdWU")]
    [InlineData("'Authorization': 'token S3cr3tValue'", "S3cr3tValue")]
    [InlineData("sent Bearer S3cr3tValue to it", "S3cr3tValue")]
    [InlineData("PRIVATE-TOKEN: S3cr3tValue", "S3cr3tValue")]
    [InlineData("X-Vault-Token: S3cr3tValue", "S3cr3tValue")]
    [InlineData("Set-Cookie: session=S3cr3tValue; Path=/", "S3cr3tValue")]
    [InlineData("export DB_PASSWORD=S3cr3tValue", "S3cr3tValue")]
    [InlineData("password: \"S3cr3tValue and more\"", "S3cr3tValue")]
    [InlineData("{\"api_key\":\"S3cr3tValue\",\"n\":1}", "S3cr3tValue")]
    [InlineData("jdbc:sqlserver://db;user=sa;password=S3cr3tValue;encrypt=true", "S3cr3tValue")]
    [InlineData("client_secret=S3cr3tValue&grant_type=x", "S3cr3tValue")]
    [InlineData("secret => 'S3cr3tValue'", "S3cr3tValue")]
    [InlineData("//registry.npmjs.org/:_authToken=S3cr3tValue", "S3cr3tValue")]
    [InlineData("docker login -u ci -p x --password S3cr3tValue registry", "S3cr3tValue")]
    [InlineData("mysql --password=S3cr3tValue", "S3cr3tValue")]
    [InlineData("curl -u ci:S3cr3tValue https://x", "S3cr3tValue")]
    [InlineData("AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE is not valid", "AKIAIOSFODNN7EXAMPLE")]
    [InlineData("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalrXUtnFEMI")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P", "eyJzdWIiOiIxMjM0")]
    [InlineData("ghp_S3cr3tValueS3cr3tValue0000", "S3cr3tValue")]
    [InlineData("npm_S3cr3tValueS3cr3tValue", "S3cr3tValue")]
    [InlineData("xoxb-1234-S3cr3tValue", "S3cr3tValue")]
    [InlineData("mp_S3cr3tValueS3cr3tValueS3cr3t", "S3cr3tValue")]
    [InlineData("signing key 0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c", "0f1e2d3c4b5a")]
    [InlineData("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj", "MIIEvQIBADANBgkq")]
    [InlineData("a -----BEGIN PRIVATE KEY-----S3cr3tValue-----END PRIVATE KEY----- b", "S3cr3tValue")]
    public void Secret_IsRemoved(string line, string secret)
    {
        var shown = new LogRedaction().Of(line);

        shown.ShouldNotContain(secret);
        shown.ShouldContain(LogRedaction.Mark);
    }

    [Theory]
    [InlineData("ERROR: Job failed: command terminated with exit code 137")]
    [InlineData("Checking out 5f3a1c2d9e8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f as detached HEAD (ref is main)...")]
    [InlineData("Digest: sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0")]
    [InlineData("mkdir: cannot create directory '/builds/g/p/out': Permission denied")]
    [InlineData("git@gitlab.example.org: Permission denied (publickey,password).")]
    [InlineData("https://gitlab.example.org/group/project@v2/file.js:12:3")]
    [InlineData("the token has expired")]
    [InlineData("docker run -p 8080:80 --user 1000 app")]
    public void Rest_Stays(string line) => new LogRedaction().Of(line).ShouldBe(line);

    [Fact]
    public void PrivateKey_IsRemovedOverItsLines_AlsoWhenTheExcerptBeginsInIt()
    {
        string[] key = ["-----BEGIN OPENSSH PRIVATE KEY-----", "b3BlbnNzaC1rZXktdjEAAAA", "AAAEbm9uZQ", "-----END OPENSSH PRIVATE KEY-----"];
        string[] log = [.. key, "loaded", "ping: socket: Operation not permitted", .. key, "last"];

        var verdict = FailureClassifier.Classify(string.Join('\n', log), null, 2);

        verdict.Excerpt.ShouldBe([LogRedaction.Mark, LogRedaction.Mark, "loaded", "ping: socket: Operation not permitted", LogRedaction.Mark, LogRedaction.Mark, LogRedaction.Mark]);
    }

    [Fact]
    public void Excerpt_HoldsTheDecisiveLineAndItsNeighbours()
    {
        var log = JobLogs.InScript("one\ntwo\nthree\nfour\nping: socket: Operation not permitted\nfive\nsix", 2);

        FailureClassifier.Classify(log).Excerpt.ShouldBe(["two", "three", "four", "ping: socket: Operation not permitted", "five", "six", "Running after_script"]);
        FailureClassifier.Classify("", "job_execution_timeout").Excerpt.ShouldBeEmpty();
        LogExcerpt.Around([new LogLine(new string('x', 4000), LogStage.Script, LogVoice.Output)], 0).Single().Length.ShouldBe(LogExcerpt.LongestLine + 3);
    }
}
