using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class TestcontainersRule : ReadinessRule
{
    /// <summary>Goals and tasks of build plugins that talk to a docker daemon.</summary>
    private static readonly string[] Plugins = ["docker:build", "docker:start", "docker:push", "dockerfile:build", "spring-boot:build-image", "bootBuildImage", "dockerBuildImage", "jib:dockerBuild", "jibDockerBuild", "docker-compose:up", "composeUp"];

    private static readonly FrozenSet<string> Builders = FrozenSet.ToFrozenSet(["mvn", "mvnw", "gradle", "gradlew", "sbt", "lein"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Installers = FrozenSet.ToFrozenSet(["pip", "pip3", "npm", "yarn", "pnpm", "poetry", "go"], StringComparer.Ordinal);

    public override string Id => "R32";

    public override string Title => "Testcontainers and plugins that use docker";

    public override string Why => "Tests and build plugins that start containers need a docker daemon.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "Could not find a valid Docker environment";

    public override string Link => "https://java.testcontainers.org/supported_docker_environment/continuous_integration/gitlab_ci/";

    public override RuleSigns Signs { get; } = new() { Words = [.. Plugins, "TESTCONTAINERS_", "testcontainers", "docker-maven-plugin:", "dockerfile-maven-plugin:"] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (DockerUse.IsServed(job, profile)) yield break;
        foreach (var (name, value) in ShellSettings.All(job).Where(one => one.Name.StartsWith("TESTCONTAINERS_", StringComparison.Ordinal)).DistinctBy(one => one.Value.Line))
            yield return At(job, value.Line, $"{name} says that the tests start containers");
        foreach (var word in job.UsedWords.Where(word => word.Text.EndsWith(".testcontainers.properties", StringComparison.Ordinal)).Take(1))
            yield return At(job, word.Line, "The settings of Testcontainers say that the tests start containers");
        foreach (var command in job.Commands)
            if (command.Arguments.FirstOrDefault(argument => Starts(command, argument)) is { } plugin) yield return At(job, command.Line, $"{command.Name} {plugin} starts containers");
    }

    private static bool Starts(JobCommand command, string argument) =>
        (Builders.Contains(command.Name) && (Plugins.Any(plugin => argument.EndsWith(plugin, StringComparison.Ordinal)) || argument.Contains("docker-maven-plugin:", StringComparison.Ordinal) || argument.Contains("dockerfile-maven-plugin:", StringComparison.Ordinal)))
        || (Installers.Contains(command.Name) && argument.Contains("testcontainers", StringComparison.Ordinal));

    private Finding At(JobView job, int line, string what) =>
        Found(job, Usual, line, $"{what}, and the job reaches no docker daemon on Kubernetes.", "On a runner with privileged services:\n  services: [\"docker:27-dind\"]\n  variables:\n    DOCKER_HOST: tcp://docker:2375\n    DOCKER_TLS_CERTDIR: \"\"\n    TESTCONTAINERS_HOST_OVERRIDE: localhost\nElse keep the job on docker, or use Testcontainers Cloud or kubedock.");
}
