namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>How the manager's container starts: it registers with the token from its file, then runs as the container's first process, so that a stop reaches it.</summary>
internal static class ManagerScript
{
    // SIGQUIT lets jobs finish. The image asks for it, and a wrapper that waits has to pass it on.
    public const string Start =
        """
        #!/bin/sh
        set -eu
        config="$HOME/.gitlab-runner/config.toml"
        cp /config/config.toml "$config"
        chmod 600 "$config"
        # The token is read from a file, so that it stands in no argument and in no environment but that of registration.
        CI_SERVER_TOKEN="$(cat /token/runner-token)" gitlab-runner register --non-interactive --executor kubernetes \
          --config "$config" --template-config /config/config.template.toml
        gitlab-runner run --config "$config" --working-directory "$HOME" &
        manager=$!
        trap 'kill -QUIT "$manager"' QUIT TERM INT
        # wait ends at each signal; jobs may run on for long.
        while kill -0 "$manager" 2>/dev/null; do wait "$manager" || true; done
        if [ "${UNREGISTER:-}" = true ]; then gitlab-runner unregister --config "$config" --all-runners; fi

        """;
}
