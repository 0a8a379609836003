using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Conversion;

public sealed class VolumeTests
{
    [Theory]
    [InlineData("/cache", "", "/cache", false, false)]
    [InlineData("/host/dir:/data:ro", "/host/dir", "/data", true, false)]
    [InlineData("/host:/data:rw,z", "/host", "/data", false, false)]
    [InlineData("/host:/data:RO:rshared", "/host", "/data", true, false)]
    [InlineData("my.vol-1:/data/", "my.vol-1", "/data/", false, false)]
    [InlineData("/srv:/data:O", "/srv", "/data", true, false)]
    [InlineData("c:\\cache", "", "c:\\cache", false, true)]
    [InlineData("C:\\host dir:C:\\data:ro", "C:\\host dir", "C:\\data", true, true)]
    [InlineData("\\\\.\\pipe\\docker_engine:\\\\.\\pipe\\docker_engine", "\\\\.\\pipe\\docker_engine", "\\\\.\\pipe\\docker_engine", false, true)]
    public void Spec_IsReadAsTheRunnerReadsIt(string text, string source, string destination, bool readOnly, bool windows)
    {
        var spec = VolumeSpec.Read(text).ShouldNotBeNull();

        (spec.Source, spec.Destination, spec.IsReadOnly, spec.IsWindows).ShouldBe((source, destination, readOnly, windows));
    }

    [Theory]
    [InlineData("")]
    [InlineData("relative")]
    [InlineData("a:b:c:d")]
    [InlineData("/a:/b:maybe")]
    [InlineData("/a*:/b")]
    public void Spec_ThatTheRunnerRefuses_IsNone(string text) => VolumeSpec.Read(text).ShouldBeNull();

    [Fact]
    public void Spec_OfManySlashes_IsReadInTime() => VolumeSpec.Read(string.Concat(Enumerable.Repeat("/aaaaaaaaaaaaaaaaaaaaaaaa", 2_000)) + "*").ShouldBeNull();

    [Theory]
    [InlineData("/scratch", "empty_dir", "scratch", KeyMapping.Approximate)]
    [InlineData("/cache", "empty_dir", "cache", KeyMapping.Approximate)]
    [InlineData("/certs/client", "empty_dir", "docker-certs", KeyMapping.Approximate)]
    [InlineData("/dev/shm:/dev/shm", "empty_dir", "dshm", KeyMapping.Approximate)]
    [InlineData("/var/lib/docker", "empty_dir", "docker-graph", KeyMapping.Approximate)]
    [InlineData("My_Maven.Repo:/root/.m2", "pvc", "my-maven-repo", KeyMapping.Approximate)]
    [InlineData("/srv/data:/data:ro", "pvc", "host-srv-data", KeyMapping.Approximate)]
    [InlineData("/etc/ssl/certs:/etc/ssl/certs:ro", "config_map", "ca-certificates", KeyMapping.Approximate)]
    [InlineData("/srv/ca/corp.crt:/usr/local/share/ca-certificates/corp.crt:ro", "config_map", "ca-certificates", KeyMapping.Approximate)]
    [InlineData("/etc/maven/settings.xml:/root/.m2/settings.xml:ro", "config_map", "settings-xml", KeyMapping.Approximate)]
    [InlineData("/home/ci/.ssh:/root/.ssh:ro", "secret", "ssh", KeyMapping.Approximate)]
    [InlineData("/home/ci/.netrc:/root/.netrc", "secret", "netrc", KeyMapping.Approximate)]
    [InlineData("/root/.docker/config.json:/root/.docker/config.json:ro", "secret", "registry-credentials", KeyMapping.Approximate)]
    [InlineData("~/.docker/config.json:/root/.docker/config.json", "secret", "registry-credentials", KeyMapping.Approximate)]
    [InlineData("/var/run/docker.sock:/var/run/docker.sock", null, null, KeyMapping.Impossible)]
    [InlineData("/run/user/1012/podman/podman.sock:/var/run/docker.sock", null, null, KeyMapping.Impossible)]
    [InlineData("/dev/kvm:/dev/kvm", null, null, KeyMapping.Impossible)]
    [InlineData("/sys/fs/cgroup:/sys/fs/cgroup:ro", null, null, KeyMapping.Impossible)]
    [InlineData("/etc/hosts:/etc/hosts:ro", null, null, KeyMapping.Impossible)]
    [InlineData("/etc/localtime:/etc/localtime:ro", null, null, KeyMapping.Impossible)]
    [InlineData("c:\\\\cache", null, null, KeyMapping.Impossible)]
    [InlineData("/srv/builds:/builds", null, null, KeyMapping.Approximate)]
    [InlineData("/", null, null, KeyMapping.Impossible)]
    public void Volume_BecomesWhatItWasFor(string volume, string? kind, string? name, KeyMapping mapping)
    {
        var result = Converted.Docker($"volumes = [\"{volume}\"]");

        result.DockerKey("volumes").Mapping.ShouldBe(mapping);
        var volumes = result.Kubernetes().Table("volumes");
        (volumes?.Entries.SingleOrDefault().Key).ShouldBe(kind);
        if (kind is not null) result.Volumes(kind).ShouldHaveSingleItem().Text("name").ShouldBe(name);
        if (volume.EndsWith(":ro", StringComparison.Ordinal) && kind is not null) result.Volumes(kind)[0].Flag("read_only").ShouldBe(true);
    }

    [Fact]
    public void Logins_AlsoServePulls() => Converted.Docker("volumes = [\"/root/.docker:/root/.docker\"]").Value("image_pull_secrets").ShouldBe("[\"registry-credentials\"]");

    [Fact]
    public void FilesAreMountedAlone() =>
        Converted.Docker("volumes = [\"/srv/settings.xml:/root/.m2/settings.xml\"]").Volumes("config_map")[0].Text("sub_path").ShouldBe("settings.xml");

    [Fact]
    public void HostDirectories_StayOnTheNode_WhereThatIsWished()
    {
        var result = Converted.Docker("volumes = [\"/srv/data:/data:ro\"]", new() { Privileges = PrivilegeProfile.Legacy });

        var volume = result.Volumes("host_path").ShouldHaveSingleItem();
        (volume.Text("host_path"), volume.Text("mount_path"), volume.Flag("read_only")).ShouldBe(("/srv/data", "/data", true));
    }

    [Fact]
    public void AnObjectStore_LeavesNothingToMountAtTheCache()
    {
        var result = Converted.Of("[[runners]]\nexecutor = \"docker\"\n[runners.docker]\nvolumes = [\"/cache\"]\n[runners.cache]\nType = \"gcs\"\n[runners.cache.gcs]\nBucketName = \"b\"\n");

        result.Kubernetes()["volumes"].ShouldBeNull();
        result.DockerKey("volumes").Mapping.ShouldBe(KeyMapping.Approximate);
    }

    [Fact]
    public void Names_AreUnique_AndPathsToo()
    {
        var result = Converted.Docker("volumes = [\"/a/b\", \"/a-b\", \"/a.b/\", \"/logs\", \"/scripts\", \"/a/b:/a/b\"]");

        result.Volumes("empty_dir").Select(volume => volume.Text("name")).ShouldBe(["a-b", "a-b-2", "a-b-3", "logs-2", "scripts-2"]);
        result.DockerKey("volumes").Parts[^1].Remedy.ShouldContain("only the first is taken");
    }

    [Theory]
    [InlineData("tmpfs = { \"/run\" = \"rw,noexec,size=64m\" }", "/run", "\"64Mi\"", "noexec")]
    [InlineData("tmpfs = { \"/run\" = \"size=65536k\" }", "/run", "\"64Mi\"", null)]
    [InlineData("tmpfs = { \"/run\" = \"size=50%\" }", "/run", null, "size=50%")]
    [InlineData("services_tmpfs = { \"/var/lib/mysql\" = \"rw,noexec\" }", "/var/lib/mysql", null, "noexec")]
    [InlineData("shm_size = 268435456", "/dev/shm", "\"256Mi\"", null)]
    [InlineData("shm_size = 1000", "/dev/shm", "\"1000\"", null)]
    public void Memory_IsMountedWithItsSize(string keys, string path, string? size, string? lost)
    {
        var result = Converted.Docker(keys);

        var volume = result.Volumes("empty_dir").ShouldHaveSingleItem();
        (volume.Text("mount_path"), volume.Text("medium"), volume["size_limit"]?.ToString()).ShouldBe((path, "Memory", size));
        result.DockerKey(keys.Split(' ')[0]).Mapping.ShouldBe(KeyMapping.Approximate);
        if (lost is not null) result.DockerKey(keys.Split(' ')[0]).Remedy.ShouldContain(lost);
    }

    [Fact]
    public void SharedMemory_OfAVolumeThatIsThere_GetsTheSize()
    {
        var result = Converted.Docker("volumes = [\"/dev/shm\"]\nshm_size = 67108864");

        result.Volumes("empty_dir").ShouldHaveSingleItem().Text("size_limit").ShouldBe("64Mi");
    }
}
