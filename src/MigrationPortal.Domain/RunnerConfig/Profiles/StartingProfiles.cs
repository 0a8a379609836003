using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.RunnerConfig.Profiles;

/// <summary>Configurations that are whole from the first job on, for a runner of 18.11 and newer.</summary>
public static class StartingProfiles
{
    private const string Globals =
        """
        concurrent = 20
        check_interval = 3
        log_level = "info"
        listen_address = ":9252"


        """;

    private const string Waits =
        """
            pull_policy = ["always", "if-not-present"]
            allowed_pull_policies = ["always", "if-not-present"]
            poll_timeout = 600
            resource_availability_check_max_attempts = 5
            automount_service_account_token = false

        """;

    private const string Hardened = Globals +
        """
        [[runners]]
          name = "k8s-hardened"
          executor = "kubernetes"

          [runners.kubernetes]
            image = "alpine:3.21"

        """ + Waits +
        """
            privileged = false
            allow_privilege_escalation = false
            # All of them, on every container; jobs as a fixed user need none.
            cap_drop = ["ALL"]
            cpu_request = "500m"
            cpu_limit = "2"
            memory_request = "1Gi"
            memory_limit = "4Gi"
            service_cpu_request = "100m"
            service_cpu_limit = "1"
            service_memory_request = "256Mi"
            service_memory_limit = "1Gi"
            helper_cpu_request = "100m"
            helper_cpu_limit = "500m"
            helper_memory_request = "256Mi"
            helper_memory_limit = "512Mi"

            # One fixed user for every container: images that need root do not run here.
            [runners.kubernetes.pod_security_context]
              run_as_non_root = true
              run_as_user = 1000
              run_as_group = 1000
              fs_group = 1000

              [runners.kubernetes.pod_security_context.seccomp_profile]
                type = "RuntimeDefault"

        """;

    private const string DockerBuild = Globals +
        """
        [[runners]]
          name = "k8s-docker-build"
          executor = "kubernetes"
          # The runner waits for the daemon's port: one that is still starting would fail the first docker command.
          # A job that sets variables of its own for the service names HEALTHCHECK_TCP_PORT there too.
          environment = ["DOCKER_HOST=tcp://docker:2376", "DOCKER_TLS_CERTDIR=/certs", "DOCKER_TLS_VERIFY=1", "DOCKER_CERT_PATH=/certs/client", "HEALTHCHECK_TCP_PORT=2376"]

          [runners.kubernetes]
            image = "docker:27"

        """ + Waits +
        """
            # Only the daemon's own image may be a service: services are privileged here.
            allowed_services = ["docker:*-dind", "docker:dind"]
            cpu_request = "500m"
            cpu_limit = "2"
            memory_request = "1Gi"
            memory_limit = "4Gi"
            service_cpu_request = "500m"
            service_cpu_limit = "4"
            service_memory_request = "1Gi"
            service_memory_limit = "8Gi"
            helper_cpu_request = "100m"
            helper_cpu_limit = "500m"
            helper_memory_request = "256Mi"
            helper_memory_limit = "512Mi"

            # The daemon is privileged, what the job runs is not.
            [runners.kubernetes.build_container_security_context]
              privileged = false

            [runners.kubernetes.service_container_security_context]
              privileged = true

            # Nodes for privileged pods, and for nothing else.
            [runners.kubernetes.node_selector]
              "ci.example.com/privileged" = "true"

            [runners.kubernetes.node_tolerations]
              "ci.example.com/privileged=true" = "NoSchedule"

            [runners.kubernetes.volumes]

              # The client's certificates, which daemon and job share.
              [[runners.kubernetes.volumes.empty_dir]]
                name = "docker-certs"
                mount_path = "/certs/client"
                medium = "Memory"
                size_limit = "16Mi"

              [[runners.kubernetes.volumes.empty_dir]]
                name = "docker-data"
                mount_path = "/var/lib/docker"

        """;

    private const string Legacy = Globals +
        """
        [[runners]]
          name = "k8s-legacy"
          executor = "kubernetes"

          [runners.kubernetes]
            image = "alpine:3.21"
            # As docker does unless told otherwise.
            pull_policy = ["always"]
            allowed_pull_policies = ["always", "if-not-present"]
            poll_timeout = 900
            resource_availability_check_max_attempts = 5
            automount_service_account_token = false
            privileged = false
            # Jobs that ping: docker grants it, Kubernetes does not.
            cap_add = ["NET_RAW"]
            # Root, as in docker: images decide who runs.
            allowed_users = ["0", "1000", "1001"]
            allowed_groups = ["0", "1000", "1001"]
            cpu_request = "500m"
            cpu_limit = "4"
            cpu_limit_overwrite_max_allowed = "8"
            memory_request = "1Gi"
            memory_limit = "8Gi"
            memory_limit_overwrite_max_allowed = "16Gi"
            service_cpu_request = "100m"
            service_cpu_limit = "2"
            service_memory_request = "256Mi"
            service_memory_limit = "2Gi"
            helper_cpu_request = "100m"
            helper_cpu_limit = "1"
            helper_memory_request = "256Mi"
            helper_memory_limit = "512Mi"

            [runners.kubernetes.volumes]

              # Browsers and PostgreSQL want more than the 64 MB that a container has.
              [[runners.kubernetes.volumes.empty_dir]]
                name = "dshm"
                mount_path = "/dev/shm"
                medium = "Memory"
                size_limit = "1Gi"

        """;

    private const string Example = Globals +
        """
        [[runners]]
          name = "k8s-example"
          executor = "kubernetes"

          [runners.kubernetes]
            image = "alpine:3.21"

        """ + Waits +
        """
            privileged = false
            allow_privilege_escalation = false
            # Jobs choose among these; a context with run_as_user would make both lists dead.
            allowed_users = ["1000", "1001", "2000"]
            allowed_groups = ["1000", "1001", "2000"]
            # The job.
            cpu_request = "500m"
            cpu_limit = "2"
            memory_request = "1Gi"
            memory_limit = "4Gi"
            cpu_limit_overwrite_max_allowed = "4"
            memory_limit_overwrite_max_allowed = "8Gi"
            # Each service.
            service_cpu_request = "250m"
            service_cpu_limit = "1"
            service_memory_request = "512Mi"
            service_memory_limit = "1Gi"
            # The helper, which fetches sources, caches and artifacts.
            helper_cpu_request = "100m"
            helper_cpu_limit = "500m"
            helper_memory_request = "128Mi"
            helper_memory_limit = "256Mi"

            # A refused user would run as the image says: this keeps it from being root.
            [runners.kubernetes.build_container_security_context]
              run_as_non_root = true

            [runners.kubernetes.pod_labels]
              app = "gitlab-runner-job"
              ci-job-id = "$CI_JOB_ID"

        """;

    public static IReadOnlyList<StartingProfile> All { get; } =
    [
        new("hardened", "Hardened", "No privileges, one fixed user, nothing of the cluster in the pod. Fits the restricted Pod Security level; images that need root do not run.", Hardened, one => one with { PodSecurity = PodSecurityLevel.Restricted }),
        new("docker-build", "Docker builds", "Privileged daemon, unprivileged jobs, on nodes of their own. Only the daemon's image may be a service.", DockerBuild, one => one with { PodSecurity = PodSecurityLevel.Privileged, Release = "gitlab-runner-docker", JobNamespace = "ci-docker" }),
        new("legacy", "Legacy-compatible", "As close to the docker executor as Kubernetes goes without privileges: root, ping, shared memory, long starts. A place to move first and harden later.", Legacy, one => one with { PodSecurity = PodSecurityLevel.Privileged, EgressPorts = [22, 80] }),
        new("example", "Example with job-chosen users", "The resource table and the identities that many begin with, in the form that really works: 500m to 2 CPU and 1 to 4 Gi for jobs, users by allowlist.", Example, one => one with { PodSecurity = PodSecurityLevel.Baseline, Replicas = 2 }),
    ];

    public static StartingProfile? Find(string? key) => All.FirstOrDefault(one => one.Key == key);
}
