using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Conversion;

/// <summary>Lists and maps that are copied hold secrets as texts do.</summary>
public sealed class UnseenSecretsTests
{
    private const string Secret = "glrt-abcdefgh12345678";

    [Theory]
    [InlineData("[[runners.docker.services]]\nname = \"redis\"\ncommand = [\"--requirepass\", \"glrt-abcdefgh12345678\"]")]
    [InlineData("[[runners.docker.services]]\nname = \"redis\"\nentrypoint = [\"sh\", \"-c\", \"run --token=glrt-abcdefgh12345678\"]")]
    [InlineData("[[runners.docker.services]]\nname = \"redis\"\nenvironment = [\"DB_PASSWORD=glrt-abcdefgh12345678\"]")]
    [InlineData("[[runners.kubernetes.services]]\nname = \"redis\"\ncommand = [\"glrt-abcdefgh12345678\"]")]
    [InlineData("[[runners.kubernetes.services]]\nname = \"redis\"\nenvironment = [\"A=b\", \"DB_PASSWORD=glrt-abcdefgh12345678\"]")]
    [InlineData("[runners.kubernetes.pod_annotations]\n\"api-token\" = \"glrt-abcdefgh12345678\"\nplain = \"x\"")]
    [InlineData("[runners.kubernetes.container_lifecycle.post_start.exec]\ncommand = [\"curl\", \"-u\", \"me:glrt-abcdefgh12345678\"]")]
    [InlineData("[[runners.kubernetes.pod_spec]]\npatch = \"containers: [{name: build, env: [{name: A, value: glrt-abcdefgh12345678}]}]\"")]
    public void NoSecretOfAList_IsWrittenAgain(string keys)
    {
        var result = Converted.Of($"[[runners]]\nexecutor = \"docker\"\n[runners.docker]\nimage = \"a\"\n{keys}\n");

        result.Document.Render().ShouldNotContain(Secret);
        result.Keys.SelectMany(key => key.Parts.Select(part => part.Value + part.Remedy).Append(key.Remedy)).ShouldAllBe(said => !said.Contains(Secret));
        result.Keys.ShouldContain(key => key.Mapping == KeyMapping.Approximate && (key.Remedy + string.Concat(key.Parts.Select(part => part.Remedy))).Contains("not written"));
    }

    [Fact]
    public void WhatIsNoSecret_OfTheSameList_Stays()
    {
        var result = Converted.Of("[[runners]]\nexecutor = \"docker\"\n[runners.docker]\nimage = \"a\"\n[runners.kubernetes.pod_annotations]\n\"api-token\" = \"hunter22\"\nplain = \"x\"\n[[runners.kubernetes.services]]\nname = \"r\"\nenvironment = [\"A=b\", \"FF_MASK_ALL_DEFAULT_TOKENS=true\"]\nimage_pull_secrets = []\n");

        result.Kubernetes().Table("pod_annotations")!.Entries.Select(entry => entry.Key).ShouldBe(["plain"]);
        result.Kubernetes().Tables("services")[0].Texts("environment").ShouldBe(["A=b", "FF_MASK_ALL_DEFAULT_TOKENS=true"]);
    }

    [Fact]
    public void AMapThatIsWrittenAsAList_IsNoCrash() =>
        Converted.Of("[[runners]]\nexecutor = \"docker\"\n[[runners.feature_flags]]\nFF_A = true\n[[runners.kubernetes.pod_labels]]\na = \"b\"\n").Keys.ShouldContain(key => key.Key.EndsWith("FF_A", StringComparison.Ordinal));
}
