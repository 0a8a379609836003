namespace MigrationPortal.World;

/// <summary>The kinds of CI files this world's projects have.</summary>
/// <param name="Weight">How common it is.</param>
/// <param name="Pace">Activity against an ordinary project.</param>
internal sealed record CiShape(string Name, double Weight, string Yaml, double Pace = 1)
{
    /// <summary>Only schedules set it off.</summary>
    public bool ScheduleOnly { get; init; }

    /// <summary>Where the file lies, when not in the usual place.</summary>
    public string? ConfigPath { get; init; }

    public IReadOnlyDictionary<string, string> MoreFiles { get; init; } = new Dictionary<string, string>();
}

internal static class CiShapes
{
    public const string TemplateProject = "platform/ci-templates";

    private const string Steps = """
        lint:
          stage: test
          script:
            - make lint
        build:
          stage: build
          script:
            - make build
        unit-test:
          stage: test
          script:
            - make test
        integration-test:
          stage: test
          script:
            - ./ci/integration.sh
        deploy-review:
          stage: deploy
          when: manual
          script:
            - ./ci/deploy.sh review
        deploy:
          stage: deploy
          script:
            - ./ci/deploy.sh production
          rules:
            - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH

        """;

    public static IReadOnlyList<CiShape> All { get; } =
    [
        new("plain", 20, "stages: [build, test, deploy]\nimage: registry.example.org/ci/base:12\n" + Steps),
        new("merge-requests", 8, """
            include:
              - template: Workflows/MergeRequest-Pipelines.gitlab-ci.yml
            image: node:22
            build:
              stage: build
              script:
                - npm ci
                - npm run build
            unit-test:
              stage: test
              parallel: 2
              script:
                - npm test
            lint:
              stage: test
              allow_failure: true
              script:
                - npm run lint

            """),
        new("browser", 4, """
            image: node:22
            build:
              stage: build
              script: [npm ci, npm run build]
            unit-test:
              script: [npm test]
            e2e:
              stage: test
              script:
                - npx cypress run

            """),
        new("docker-tag", 13, "default:\n  tags: [docker]\n" + Steps),
        new("linux-docker", 9, "default:\n  tags: [linux, docker]\n  retry: 1\n" + Steps),
        new("linux", 8, ".linux:\n  tags:\n    - linux\n  image: debian:12\nbuild:\n  extends: .linux\n  stage: build\n  script:\n    - make\ntest:\n  extends: .linux\n  script:\n    - make check\npackage:\n  extends: .linux\n  stage: deploy\n  script:\n    - make package\n  rules:\n    - if: $CI_COMMIT_TAG\n    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH\n"),
        new("shared-template", 15, $"""
            include:
              - project: {TemplateProject}
                file: /templates/runner.yml
              - project: {TemplateProject}
                file: [/templates/build.yml]
            integration-test:
              stage: test
              script:
                - ./ci/integration.sh

            """),
        new("large", 4, """
            compile:
              stage: build
              tags: [large, linux]
              script:
                - make -j16
            test:
              tags: [linux]
              script:
                - make check
            lint:
              script: [make lint]

            """),
        new("gpu", 2, """
            lint:
              tags: [docker]
              script: [ruff check .]
            test:
              tags: [docker]
              script: [pytest]
            train:
              stage: deploy
              tags: [gpu]
              timeout: 8h
              script:
                - nvidia-smi
                - python train.py
              rules:
                - if: $CI_PIPELINE_SOURCE == "schedule"
                - when: manual
                  allow_failure: true

            """, 0.7),
        new("image-build-dind", 5, """
            test:
              script: [make test]
            image-build:
              stage: deploy
              tags: [docker]
              image: docker:27
              services: ["docker:27-dind"]
              variables:
                DOCKER_HOST: tcp://docker:2375
                DOCKER_TLS_CERTDIR: ""
              script:
                - docker build -t $CI_PROJECT_NAME .
                - docker push $CI_PROJECT_NAME

            """),
        new("image-build-socket", 2.5, """
            test:
              script: [make test]
            lint:
              script: [make lint]
            image-build:
              stage: deploy
              image: docker:27
              script:
                - docker build -t $CI_PROJECT_NAME .
              rules:
                - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH

            """),
        new("network-check", 2, """
            build:
              stage: build
              script: [make]
            network-test:
              stage: test
              image: alpine:3.20
              script:
                - ping -c1 db.example.org
                - make network-test

            """),
        new("java", 4, """
            image: maven:3-eclipse-temurin-21
            build:
              stage: build
              script: [mvn -B compile]
            unit-test:
              variables:
                MAVEN_OPTS: -Xmx6g
              script: [mvn -B verify]
            package:
              stage: deploy
              tags: [docker]
              script: [mvn -B deploy]
              rules:
                - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH

            """),
        new("service-alias", 1.5, """
            test:
              services:
                - name: postgres:16
                  alias: my_db
              variables:
                PGHOST: my_db
              script: [make test]
            lint:
              script: [make lint]

            """),
        new("host-path", 1.5, """
            default:
              tags: [docker]
            build:
              stage: build
              script:
                - cp /srv/shared/license.lic .
                - make
            test:
              script: [make test]

            """),
        new("protected-deploy", 4, Steps + """
            release-deploy:
              stage: deploy
              tags: [deploy, docker]
              script: [./ci/release.sh]
              rules:
                - if: $CI_COMMIT_REF_PROTECTED == "true"

            """),
        new("local-include", 4, "include: /ci/jobs.yml\nstages: [build, test, deploy]\n")
        {
            MoreFiles = new Dictionary<string, string> { ["ci/jobs.yml"] = "image: golang:1.24\n" + Steps },
        },
        new("file-elsewhere", 2, "") { ConfigPath = "ci/pipeline.yml", MoreFiles = new Dictionary<string, string> { ["ci/pipeline.yml"] = Steps } },
        new("central-file", 2, "") { ConfigPath = $"templates/app.yml@{TemplateProject}" },
        new("scheduled", 4, """
            nightly-report:
              script: [./report.sh]
              only: [schedules, web]
            soak-test:
              timeout: 6h
              tags: [docker]
              script: [./soak.sh]
              only: [schedules]

            """)
        { ScheduleOnly = true },
        new("windows", 1, """
            build:
              tags: [windows]
              script: [dir, msbuild]
            lint:
              script: [make lint]

            """, 0.5),
        new("left-behind", 0.4, "build:\n  tags: [old-builder]\n  script: [make]\n", 0.03),
    ];

    /// <summary>Enough kinds to tell a whole migration with few projects, and none that nobody serves.</summary>
    public static IReadOnlyList<CiShape> InSmallWorlds { get; } =
        [.. new[] { "plain", "docker-tag", "shared-template", "linux-docker", "image-build-dind", "network-check", "linux" }
            .Select(name => All.Single(s => s.Name == name))];

    public static IReadOnlyDictionary<string, string> TemplateFiles { get; } = new Dictionary<string, string>
    {
        ["templates/runner.yml"] = "default:\n  tags: [$RUNNER_TAG]\n",
        ["templates/build.yml"] = "stages: [build, test, deploy]\n" + Steps,
        ["templates/app.yml"] = "default:\n  tags: [$RUNNER_TAG]\n" + Steps,
        ["README.md"] = "# Shared CI templates\n\nInclude `templates/runner.yml` and set `RUNNER_TAG` to choose where jobs run.\n",
        [".gitlab-ci.yml"] = "lint:\n  script: [./check-templates.sh]\n",
    };
}
