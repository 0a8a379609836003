using System.Globalization;
using System.Text;

namespace MigrationPortal.Bench.Scans;

/// <summary>CI files as projects write them, the same at each start: small ones, templates with <c>extends</c>, matrices, long scripts.</summary>
internal static class ScanCorpus
{
    private static readonly string[] Images = ["node:22", "python:3.12-slim", "docker:27", "maven:3-eclipse-temurin-21", "registry.example.org/team/build:4", "golang:1.23", "$CI_REGISTRY_IMAGE/ci:latest"];
    private static readonly string[] Services = ["postgres:16", "redis:7", "docker:27-dind", "mysql:8", "selenium/standalone-chrome:4"];

    private static readonly string[] Lines =
    [
        "npm ci --prefer-offline", "npm run build -- --env production", "pip install -r requirements.txt", "pytest -q --junitxml=report.xml tests/", "docker build -t \"$CI_REGISTRY_IMAGE:$CI_COMMIT_SHORT_SHA\" .",
        "docker push \"$CI_REGISTRY_IMAGE:$CI_COMMIT_SHORT_SHA\"", "if [ -n \"$CI_COMMIT_TAG\" ]; then echo \"release $CI_COMMIT_TAG\"; fi", "export VERSION=$(git describe --tags --always)", "make -j$(nproc) all",
        "curl -fsSL https://artifacts.example.org/tools/lint.tgz | tar xz -C tools", "mvn -B -s settings.xml verify", "go test ./... -race -coverprofile=cover.out", "for f in dist/*.tgz; do sha256sum \"$f\" >> SHA256SUMS; done",
        "kubectl -n \"$KUBE_NAMESPACE\" rollout status deployment/app --timeout=180s", "apt-get update && apt-get install -y --no-install-recommends git jq", "echo \"done: $CI_JOB_NAME # of $CI_PIPELINE_ID\"", "test -f coverage.xml || exit 1",
    ];

    /// <summary>From 1 KB to 600 KB; most are small, as most CI files are.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Enumerable.Range(0, 60).Select(at => File(at, at % 20 == 19 ? 600_000 : at % 5 == 4 ? 60_000 : 1_000 + at * 150))];

    /// <summary>20,000 lines of text in one file.</summary>
    public static string ManyLines { get; } = Until(7, (text, lines) => lines >= 20_000);

    /// <summary>5,000 jobs in one file.</summary>
    public static string ManyJobs { get; } = string.Concat(Enumerable.Range(0, 5_000).Select(at => $"job-{at}:\n  extends: .base\n  variables: {{PART: \"{at}\"}}\n  script:\n    - {Lines[at % Lines.Length]}\n    - make part-{at}\n").Prepend(Head));

    private const string Head = """
        # Build, test and ship.
        stages: [build, test, deploy]
        variables:
          GIT_DEPTH: "20"
          DOCKER_TLS_CERTDIR: ""
        default:
          tags: [docker]
          interruptible: true
          retry: {max: 1, when: [runner_system_failure]}
        .base: &base
          image: node:22
          before_script:
            - node --version
            - npm config set cache .npm
          cache:
            key: {files: [package-lock.json]}
            paths: [.npm/]
          rules:
            - if: $CI_PIPELINE_SOURCE == "merge_request_event"
            - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
              variables: {TARGET: staging}

        """;

    private static string File(int seed, int size) => Until(seed, (text, _) => text >= size);

    private static string Until(int seed, Func<int, int, bool> enough)
    {
        var random = new Random(20261129 + seed);
        var text = new StringBuilder(Head);
        var lines = Head.Count(sign => sign == '\n');
        for (var job = 0; !enough(text.Length, lines); job++)
        {
            var from = text.Length;
            Job(text, random, job);
            for (var at = from; at < text.Length; at++) if (text[at] == '\n') lines++;
        }

        return text.ToString();
    }

    private static void Job(StringBuilder text, Random random, int number)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n# what job {number} is for\ntest-{number}:\n  stage: test\n");
        text.Append(random.Next(3) switch { 0 => "  extends: .base\n", 1 => "  <<: *base\n", _ => $"  image:\n    name: {One(random, Images)}\n    entrypoint: [\"\"]\n" });
        if (random.Next(4) == 0) text.Append(CultureInfo.InvariantCulture, $"  services:\n    - name: {One(random, Services)}\n      alias: service-{number % 7}\n");
        if (random.Next(3) == 0) text.Append(CultureInfo.InvariantCulture, $"  variables:\n    PART: \"{number}\"\n    MAVEN_OPTS: \"-Xmx1g -Dmaven.repo.local=.m2\"\n");
        if (random.Next(8) == 0) text.Append("  parallel:\n    matrix:\n      - VERSION: [\"18\", \"20\", \"22\"]\n        OS: [bookworm, alpine]\n");
        text.Append("  script:\n");
        for (var line = random.Next(2, 8); line > 0; line--) text.Append("    - '").Append(One(random, Lines).Replace("'", "''", StringComparison.Ordinal)).Append("'\n");
        if (random.Next(3) == 0)
        {
            text.Append("    - |\n      set -euo pipefail\n");
            for (var line = random.Next(3, 12); line > 0; line--) text.Append("      ").Append(One(random, Lines)).Append('\n');
        }

        text.Append("  artifacts:\n    when: always\n    paths: [report.xml, dist/]\n    expire_in: 1 week\n");
    }

    private static string One(Random random, string[] of) => of[random.Next(of.Length)];
}
