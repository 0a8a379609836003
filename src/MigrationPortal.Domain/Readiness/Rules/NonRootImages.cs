namespace MigrationPortal.Domain.Readiness.Rules;

/// <summary>Public images whose own user is not root (their Dockerfiles' <c>USER</c>).</summary>
internal static class NonRootImages
{
    private static readonly string[] Begin =
        ["bitnami/", "cimg/", "circleci/", "jupyter/", "selenium/", "mambaorg/micromamba", "curlimages/", "apache/airflow", "renovate/renovate", "sonarsource/sonar-scanner-cli", "puppeteer/puppeteer", "zenika/alpine-chrome", "gitpod/", "jenkins/"];

    private static readonly string[] Words = ["rootless", "nonroot", "non-root", "unprivileged"];

    public static bool Has(ImageName image) =>
        Begin.Any(begin => image.Path.StartsWith(begin, StringComparison.Ordinal) || image.Path.Contains("/" + begin, StringComparison.Ordinal)) || Words.Any(image.Says);
}
