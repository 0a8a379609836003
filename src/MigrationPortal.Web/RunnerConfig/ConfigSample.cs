namespace MigrationPortal.Web.RunnerConfig;

/// <summary>A configuration to begin with: it loads without a word, and much of it does nothing.</summary>
internal static class ConfigSample
{
    public const string Toml = """
        concurrent = 20

        [[runners]]
          name = "kubernetes"
          url = "https://gitlab.example.com"
          token = "$RUNNER_TOKEN"
          executor = "kubernetes"
          tags = ["linux"]
          [runners.kubernetes]
            namespace = "ci-jobs"
            image = "alpine:3.22"
            image_pull_policy = "always"
            cpu_limit = "2"
            cpu_request = "4"
            memory_limit = "512m"
            helper_memory_limit = "128Mi"
            allowed_users = ["1000", "node"]
            poll_timeout = "600"
            [runners.kubernetes.podsecuritycontext]
              run_as_non_root = true
            [runners.kubernetes.build_container_security_context]
              run_as_user = 2000
              [runners.kubernetes.build_container_security_context.capabilities]
                add = ["NET_RAW"]
            [[runners.kubernetes.volumes.secret]]
              name = "ci-secrets"
              secret_name = "docker-login"
              mount_path = "/secrets"
            [[runners.kubernetes.pod_spec]]
              name = "fast network"
              patch = "hostNetwork: true"
        """;
}
