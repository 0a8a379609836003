using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Conversion;

public sealed class RunnerRuleTests
{
    [Fact]
    public void Runner_KeepsWhatIsNotAboutDocker()
    {
        var result = Runner("limit = 20\nrequest_concurrency = 3\noutput_limit = 8192\ntls-ca-file = \"/etc/ca.crt\"\nclone_url = \"https://git.example.org\"\npre_build_script = \"echo hi\"\npost_clone_script = \"date\"\n[runners.feature_flags]\nFF_USE_FASTZIP = true\n[runners.monitoring]\n[[runners.monitoring.job_queuing_durations]]\nthreshold = \"1m\"\n[[runners.monitoring.job_queuing_durations]]\nthreshold = \"2m\"\n");

        var runner = result.Document.Runners[0];
        (runner.Whole("limit"), runner.Whole("request_concurrency"), runner.Whole("output_limit"), runner.Text("tls-ca-file"), runner.Text("clone_url"), runner.Text("pre_build_script")).ShouldBe((20, 3, 8192, "/etc/ca.crt", "https://git.example.org", "echo hi"));
        runner.Text("post_get_sources_script").ShouldBe("date");
        runner.Below("feature_flags")!.Flag("FF_USE_FASTZIP").ShouldBe(true);
        runner.Below("monitoring")!.Tables("job_queuing_durations").Select(one => one.Text("threshold")).ShouldBe(["1m", "2m"]);
        result.Key("runners.limit").Mapping.ShouldBe(KeyMapping.Direct);
        result.Key("runners.post_clone_script").Mapping.ShouldBe(KeyMapping.Approximate);
    }

    [Fact]
    public void Environment_LosesDockerAndSecrets()
    {
        var result = Runner("environment = [\"ENV=value\", \"DOCKER_HOST=tcp://docker:2375\", \"DOCKER_TLS_CERTDIR=/certs\", \"FF_NETWORK_PER_BUILD=1\", \"FF_DISABLE_UMASK_FOR_DOCKER_EXECUTOR=true\", \"DEPLOY_TOKEN=hidden-one\", \"URL=https://me:hidden-one@x\", \"DOCKER_AUTH_CONFIG={\\\"auths\\\":{}}\"]");

        result.Document.Runners[0].Texts("environment").ShouldBe(["ENV=value", "FF_DISABLE_UMASK_FOR_KUBERNETES_EXECUTOR=true"]);
        result.Value("image_pull_secrets").ShouldBe("[\"registry-credentials\"]");
        result.Key("runners.environment").Parts.Count.ShouldBe(8);
        (result.Document.Render() + string.Join(' ', result.Keys.SelectMany(key => key.Parts))).ShouldNotContain("hidden-one");
    }

    [Theory]
    [InlineData("FF_NETWORK_PER_BUILD = true", KeyMapping.Impossible, null)]
    [InlineData("FF_NETWORK_PER_BUILD = false", KeyMapping.Direct, null)]
    [InlineData("FF_DISABLE_UMASK_FOR_DOCKER_EXECUTOR = true", KeyMapping.Direct, "FF_DISABLE_UMASK_FOR_KUBERNETES_EXECUTOR")]
    [InlineData("FF_USE_INIT_WITH_DOCKER_EXECUTOR = true", KeyMapping.Direct, "FF_USE_DUMB_INIT_WITH_KUBERNETES_EXECUTOR")]
    [InlineData("FF_TIMESTAMPS = false", KeyMapping.Direct, "FF_TIMESTAMPS")]
    public void Flags_OfDocker_AreRenamedOrDropped(string flag, KeyMapping mapping, string? target)
    {
        var result = Runner($"[runners.feature_flags]\n{flag}");

        result.Key($"runners.feature_flags.{flag.Split(' ')[0]}").Mapping.ShouldBe(mapping);
        (result.Document.Runners[0].Table("feature_flags")?.Entries[0].Key).ShouldBe(target);
    }

    [Fact]
    public void Caches_KeepTheirPlace_AndNotTheirKeys()
    {
        var result = Runner("[runners.cache]\nType = \"s3\"\nShared = true\n[runners.cache.s3]\nServerAddress = \"minio:9000\"\nAccessKey = \"hidden-one\"\nSecretKey = \"hidden-one\"\nBucketName = \"cache\"");

        var s3 = result.Document.Runners[0].Below("cache", "s3")!;
        (s3.Text("BucketName"), s3.Text("AuthenticationType"), s3["SecretKey"]).ShouldBe(("cache", "access-key", null));
        result.Key("runners.cache.s3.SecretKey").Remedy.ShouldContain("secretName");
        result.Key("runners.cache.s3.ServerAddress").Mapping.ShouldBe(KeyMapping.Approximate);
        result.Document.Render().ShouldNotContain("hidden-one");
    }

    [Fact]
    public void UnknownKeys_AreKeptAsComments_WithoutSecrets()
    {
        var result = Runner("buids_dir = \"/tmp\"\nmy_token = \"hidden-one\"\n[runners.dokcer]\nimage = \"x\"");

        var text = result.Document.Render();
        text.ShouldContain("# Unknown to gitlab-runner, so it did nothing: buids_dir = \"/tmp\"");
        text.ShouldContain("dokcer = (a section with 1 keys)");
        text.ShouldNotContain("hidden-one");
        result.Keys.Where(key => key.Mapping == KeyMapping.Impossible).Select(key => key.Key).ShouldBe(["runners.buids_dir", "runners.my_token", "runners.dokcer"]);
    }

    [Fact]
    public void SeveralRunners_AreTold_Apart_AndOthersStay()
    {
        var result = Converted.Of("concurrent = 4\n[[runners]]\nname = \"a\"\nexecutor = \"docker\"\n[runners.docker]\nimage = \"x\"\n[[runners]]\nname = \"w\"\nexecutor = \"docker-windows\"\n[runners.docker]\nimage = \"y\"\n[[runners]]\nname = \"k\"\nexecutor = \"kubernetes\"\ntoken = \"hidden-one\"\n[runners.kubernetes]\nimage = \"z\"\nbearer_token = \"hidden-one\"\n[runners.docker]\nimage = \"unused\"\n");

        result.Document.Runners.Select(runner => runner.Text("name")).ShouldBe(["a", "k"]);
        result.Key("runners[1].docker.image").Remedy.ShouldContain("Windows");
        result.Key("runners[2].kubernetes.image").Mapping.ShouldBe(KeyMapping.Direct);
        result.Key("runners[2].docker.image").Mapping.ShouldBe(KeyMapping.Impossible);
        result.Document.Render().ShouldNotContain("hidden-one");
        result.Notes.Select(note => note.Code).ShouldContain("runner-stays");
    }

    [Fact]
    public void Fragments_AreConvertedToo()
    {
        Converted.Of("[runners.docker]\nimage = \"x\"\n").Key("runners.docker.image").Targets.ShouldBe(["kubernetes.image"]);
        Converted.Of("[runners.machine]\nIdleCount = 1\n").Key("runners.machine.IdleCount").Mapping.ShouldBe(KeyMapping.Approximate);
    }

    [Fact]
    public void Requests_AreProposed_FromLimitsOrPeaks()
    {
        var limits = Converted.Docker("memory = \"4g\"\ncpus = \"2\"\nservice_memory = \"1g\"");
        (limits.Value("memory_request"), limits.Value("cpu_request"), limits.Value("service_memory_request"), limits.Value("helper_memory_limit")).ShouldBe(("\"2Gi\"", "\"1000m\"", "\"512Mi\"", "\"512Mi\""));

        var peaks = Converted.Docker("memory = \"4g\"", new() { Peaks = new(1.25, 5_000_000_000) });
        (peaks.Value("memory_request"), peaks.Value("cpu_request")).ShouldBe(("\"4Gi\"", "\"1250m\""));
    }

    [Fact]
    public void HelperPins_GoWithTheRunner()
    {
        const string Pinned = "helper_image = \"registry.gitlab.com/gitlab-org/gitlab-runner/gitlab-runner-helper:x86_64-v19.2.0\"";

        Converted.Docker(Pinned, new() { TargetVersion = new(19, 2) }).Value("helper_image").ShouldNotBeNull();
        var other = Converted.Docker(Pinned, new() { TargetVersion = new(18, 9) });
        other.Value("helper_image").ShouldBeNull();
        other.DockerKey("helper_image").Remedy.ShouldContain("Pinned to 19.2");
    }

    [Fact]
    public void Services_ShareThePod()
    {
        var result = Converted.Docker("[[runners.docker.services]]\nname = \"postgres:16\"\nalias = \"my_db db\"\nenvironment = [\"POSTGRES_DB=x\", \"POSTGRES_PASSWORD=hidden-one\"]\n[[runners.docker.services]]\nname = \"postgis/postgis:16\"\ncommand = [\"-p\", \"5433\"]");

        var services = result.Kubernetes().Tables("services");
        services[0].Text("alias").ShouldBe("db my-db");
        services[0].Texts("environment").ShouldBe(["POSTGRES_DB=x"]);
        services[1].Texts("command").ShouldBe(["-p", "5433"]);
        result.Key("runners.docker.services[0].alias").Mapping.ShouldBe(KeyMapping.Approximate);
        result.Key("runners.docker.services[0].name").Remedy.ShouldContain("same port 5432");
        result.Document.Render().ShouldNotContain("hidden-one");
    }

    private static ConversionResult Runner(string keys) => Converted.Of($"[[runners]]\nexecutor = \"docker\"\n{keys}\n");
}
