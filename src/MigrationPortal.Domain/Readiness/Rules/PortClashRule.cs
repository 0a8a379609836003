using System.Globalization;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class PortClashRule : ReadinessRule
{
    public override string Id => "R09";

    public override string Title => "two servers on one port";

    public override string Why => "All containers of a pod share one network: two servers on one port cannot both start.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "bind: address already in use";

    public override string Link => "https://docs.gitlab.com/ci/services/";

    public override RuleSigns Signs { get; } = new() { Services = true };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        var taken = new Dictionary<int, ServiceView>();
        var families = new Dictionary<string, ServiceView>(StringComparer.OrdinalIgnoreCase);
        foreach (var service in job.Services)
        {
            var ports = KnownPorts.Of(service);
            var clash = ports.FirstOrDefault(taken.ContainsKey);
            if (clash > 0) yield return Clash(job, service, taken[clash].Image.Written, $"both listen on port {clash}");
            else if (ports.Count == 0 && families.TryGetValue(service.Image.Family, out var other) && !service.Image.IsOpen) yield return Clash(job, service, other.Image.Written, "both listen on the same port");
            foreach (var port in ports) taken.TryAdd(port, service);
            families.TryAdd(service.Image.Family, service);
        }

        foreach (var command in job.Commands)
        {
            if (Served(command) is not { } port || !taken.TryGetValue(port, out var service)) continue;
            yield return Found(job, Usual, command.Line, $"The job starts a server on port {port}, which the service {service.Image.Written} has in the same pod.", $"Start it on another port than {port}, or take the service out.");
        }
    }

    private Finding Clash(JobView job, ServiceView service, string other, string why) =>
        Found(job, Usual, service.Line, $"The services {other} and {service.Image.Written} share the pod's network, and {why}: one of them will not start.",
            $"Give one of them another port, for instance:\n  - name: {service.Image.Written}\n    command: [\"--port\", \"13306\"]\nor let two jobs use one service each.");

    /// <summary>The port of a server that the job starts by itself; null for commands that are none.</summary>
    private static int? Served(JobCommand command) => command.Name switch
    {
        "redis-server" or "valkey-server" => Port(command) ?? 6379,
        "mysqld" or "mysqld_safe" or "mariadbd" => Port(command) ?? 3306,
        "postgres" or "pg_ctl" or "pg_ctlcluster" => Port(command) ?? 5432,
        "mongod" => Port(command) ?? 27017,
        "rabbitmq-server" => 5672,
        "memcached" => Port(command) ?? 11211,
        "nginx" or "httpd" or "apache2ctl" => 80,
        "service" when command.Arguments is [var name, "start" or "restart", ..] => Daemon(name),
        "systemctl" when command.Arguments is ["start" or "restart", var name, ..] => Daemon(name),
        "python" or "python3" when command.Command.Has("http.server") => Last(command) ?? 8000,
        "http-server" or "serve" or "uvicorn" or "gunicorn" or "flask" or "rails" or "puma" or "json-server" => Port(command),
        "npx" when command.Command.Has("http-server", "serve", "json-server") => Port(command),
        "php" when command.Command.Has("-S") => After(command, "-S"),
        _ => command.Command.InBackground ? Port(command) ?? Told(command) : null,
    };

    /// <summary>Of any program that stays in the background: <c>PORT=8080 ./app</c>, <c>--server.port=8080</c>, <c>0.0.0.0:8080</c>.</summary>
    private static int? Told(JobCommand command) =>
        command.Command.Assignments.Where(one => one.Name == "PORT").Select(one => Number(one.Value, "")).FirstOrDefault()
        ?? command.Arguments.Select(argument => Number(argument, "--server.port=") ?? Number(argument, "-Dserver.port=") ?? Number(argument, "0.0.0.0:") ?? Number(argument, ":")).FirstOrDefault(port => port is not null);

    /// <summary>The usual port of a system service by its name in <c>/etc/init.d</c>.</summary>
    private static int? Daemon(string name) => name switch
    {
        "mysql" or "mysqld" or "mariadb" => 3306,
        "postgresql" => 5432,
        "redis" or "redis-server" => 6379,
        "mongod" or "mongodb" => 27017,
        "elasticsearch" or "opensearch" => 9200,
        "rabbitmq-server" => 5672,
        "memcached" => 11211,
        "nginx" or "apache2" or "httpd" => 80,
        _ => null,
    };

    private static int? Port(JobCommand command) => After(command, "-p") ?? After(command, "--port") ?? command.Arguments.Select(argument => Number(argument, "--port=")).FirstOrDefault(port => port is not null);

    private static int? After(JobCommand command, string option)
    {
        for (var at = 0; at + 1 < command.Arguments.Count; at++)
            if (command.Arguments[at] == option) return Number(command.Arguments[at + 1][(command.Arguments[at + 1].LastIndexOf(':') + 1)..], "");
        return null;
    }

    private static int? Last(JobCommand command) => command.Arguments.Count > 0 ? Number(command.Arguments[^1], "") : null;

    private static int? Number(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(text.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
}
